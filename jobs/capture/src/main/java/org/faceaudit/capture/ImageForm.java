package org.faceaudit.capture;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** How a column holds what it holds about a face. */
enum ImageForm {
    /** The file itself, as bytes or as PostgreSQL's {@code \x…} text. */
    BYTES {
        @Override
        Optional<ImageDescriptor> describe(Object value) {
            if (value instanceof byte[] bytes) {
                return Optional.of(ImageDescriptor.ofContent(bytes));
            }
            return value instanceof String text ? Optional.of(EncodedImage.describe(text)) : Optional.empty();
        }
    },
    /** The file as base64 text or as a data URL. */
    BASE64 {
        @Override
        Optional<ImageDescriptor> describe(Object value) {
            if (value instanceof byte[] bytes) {
                return Optional.of(EncodedImage.describe(EncodedImage.asAscii(bytes)));
            }
            return value instanceof String text ? Optional.of(EncodedImage.describe(text)) : Optional.empty();
        }
    },
    /** A path, an object's key or number in some store outside the table. */
    PATH {
        @Override
        Optional<ImageDescriptor> describe(Object value) {
            return reference(value, "path");
        }
    },
    /** An address; a data URL is the image itself. */
    URL {
        @Override
        Optional<ImageDescriptor> describe(Object value) {
            if (value instanceof String text && EncodedImage.isDataUrl(text)) {
                return Optional.of(EncodedImage.describe(text));
            }
            return reference(value, "url");
        }
    },
    /** A face template: bytes, a vector of numbers, or either as text. */
    TEMPLATE {
        @Override
        Optional<ImageDescriptor> describe(Object value) {
            if (value instanceof byte[] bytes) {
                return Optional.of(ImageDescriptor.of("template", bytes.length));
            }
            if (value instanceof List<?> list) {
                return Optional.of(ImageDescriptor.of("template", (long) list.size() * NUMBER_BYTES));
            }
            if (value.getClass().isArray()) {
                return Optional.of(ImageDescriptor.of("template", (long) Array.getLength(value) * NUMBER_BYTES));
            }
            if (value instanceof java.sql.Array) {
                // The PostgreSQL driver's text of an array; reading its elements would take a connection.
                return Optional.of(ImageDescriptor.of("template", elements(value.toString()) * NUMBER_BYTES));
            }
            if (value instanceof String text) {
                boolean empty = text.chars().allMatch(c -> Character.isWhitespace(c) || "[]{}".indexOf(c) >= 0);
                return Optional.of(ImageDescriptor.of("template", empty ? 0 : text.length()));
            }
            return Optional.empty();
        }
    };

    private static final int NUMBER_BYTES = Double.BYTES;

    /**
     * Reads a form's name, lower case.
     *
     * @throws IllegalArgumentException naming the forms there are
     */
    static ImageForm parse(String name) {
        return Arrays.stream(values())
                .filter(form -> form.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is no form of an image; there are "
                        + Arrays.stream(values()).map(ImageForm::toString).collect(Collectors.joining(", ")) + "."));
    }

    /** The descriptor of a plain, available value, or empty if a value of its Java type is not to be expected in this form. */
    abstract Optional<ImageDescriptor> describe(Object value);

    private static Optional<ImageDescriptor> reference(Object value, String media) {
        if (value instanceof String text) {
            return Optional.of(ImageDescriptor.reference(media, !text.isBlank()));
        }
        if (value instanceof Number number) {
            // 0 is PostgreSQL's invalid oid and the number that Debezium invents where the log has none.
            return Optional.of(ImageDescriptor.reference(media, number.doubleValue() != 0));
        }
        return value instanceof UUID ? Optional.of(ImageDescriptor.reference(media, true)) : Optional.empty();
    }

    private static long elements(String array) {
        boolean empty = array.chars().allMatch(c -> c == '{' || c == '}');
        return empty ? 0 : array.chars().filter(c -> c == ',').count() + 1;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
