package org.faceaudit.capture;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Describes an image written as text: base64 (standard or URL-safe, wrapped or not), a data URL, hexadecimal after {@code \x}. */
final class EncodedImage {
    /** Characters enough for {@link MediaType#PREFIX} bytes in base64, in whole groups of four. */
    private static final int PREFIX_CHARACTERS = 44;

    private static final int HEADER_LIMIT = 256;

    /** A data URL's own word is passed on only from this list, lest it carry something else. */
    private static final Set<String> DECLARABLE = Set.of(
            "image/jpeg",
            "image/png",
            "image/gif",
            "image/webp",
            "image/bmp",
            "image/heic",
            "image/heif",
            "image/avif",
            "image/tiff",
            "image/svg+xml",
            "video/mp4");

    private EncodedImage() {}

    static String asAscii(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static boolean isDataUrl(String text) {
        return text.stripLeading().regionMatches(true, 0, "data:", 0, 5);
    }

    static ImageDescriptor describe(String text) {
        if (text.isBlank()) {
            return ImageDescriptor.of("-", 0);
        }
        if (isDataUrl(text)) {
            return describeDataUrl(text.strip());
        }
        if (text.startsWith("\\x")) {
            return describeHexadecimal(text);
        }
        return describeBase64(text, 0).orElseGet(() -> ImageDescriptor.unreadable(text.length()));
    }

    private static ImageDescriptor describeDataUrl(String url) {
        int comma = url.indexOf(',');
        if (comma < 0 || comma > HEADER_LIMIT) {
            return ImageDescriptor.unreadable(url.length());
        }
        String header = url.substring("data:".length(), comma).toLowerCase(Locale.ROOT);
        String declared = declarable(header.replaceFirst(";.*", "").strip());
        if (comma + 1 == url.length()) {
            return ImageDescriptor.of("-", 0);
        }
        if (!header.endsWith(";base64")) {
            return ImageDescriptor.of(declared, url.length() - comma - 1L);
        }
        ImageDescriptor content =
                describeBase64(url, comma + 1).orElseGet(() -> ImageDescriptor.unreadable(url.length()));
        return content.media().equals(MediaType.UNKNOWN)
                ? new ImageDescriptor(content.presence(), declared, content.sizeClass())
                : content;
    }

    private static String declarable(String media) {
        String name = media.equals("image/jpg") ? "image/jpeg" : media;
        return DECLARABLE.contains(name) ? name : MediaType.UNKNOWN;
    }

    private static ImageDescriptor describeHexadecimal(String text) {
        int digits = text.length() - 2;
        int prefix = Math.min(digits / 2, MediaType.PREFIX) * 2;
        try {
            byte[] start = HexFormat.of().parseHex(text, 2, 2 + prefix);
            return ImageDescriptor.of(MediaType.of(start), digits / 2);
        } catch (IllegalArgumentException noHexadecimal) {
            return ImageDescriptor.unreadable(text.length());
        }
    }

    /** Decodes the first bytes only; the size follows from the number of characters. Empty if it is no base64. */
    private static Optional<ImageDescriptor> describeBase64(String text, int from) {
        StringBuilder prefix = new StringBuilder(PREFIX_CHARACTERS);
        long characters = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) || c == '=') {
                continue;
            }
            characters++;
            if (prefix.length() < PREFIX_CHARACTERS) {
                prefix.append(c == '-' ? '+' : c == '_' ? '/' : c);
            }
        }
        if (characters < 4) {
            // Fewer characters make no group of base64, and no image.
            return characters == 0 ? Optional.of(ImageDescriptor.of("-", 0)) : Optional.empty();
        }
        try {
            byte[] start = Base64.getDecoder().decode(prefix.toString());
            return Optional.of(ImageDescriptor.of(MediaType.of(start), characters * 3 / 4));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }
}
