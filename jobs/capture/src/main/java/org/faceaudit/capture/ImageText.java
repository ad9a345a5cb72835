package org.faceaudit.capture;

/** What the connector says of an image or a template that stands somewhere as text, for whoever shows it on samples. */
public final class ImageText {

    private ImageText() {}

    /**
     * The descriptor that would leave the connector.
     *
     * @param form {@code bytes}, {@code base64}, {@code path}, {@code url} or {@code template}
     * @param text as a database prints the value; bytes as {@code \x…}
     * @throws IllegalArgumentException if there is no such form
     */
    public static String describe(String form, String text) {
        return ImageForm.parse(form)
                .describe(text)
                .orElseThrow(() -> new IllegalStateException("every form describes text"))
                .toString();
    }
}
