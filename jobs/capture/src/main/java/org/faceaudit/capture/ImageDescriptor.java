package org.faceaudit.capture;

/**
 * What leaves the connector in the place of an image: {@code d1:<presence>:<media>:<size class>}.
 *
 * <ul>
 *   <li>presence: {@code present}; {@code empty} (the row says that there is none: no bytes, blank text); {@code unreadable}
 *       (there is text, but it is no image in the column's form: whether an image is kept is unknown)
 *   <li>media: a media type by the content's first bytes, {@code application/octet-stream} if these are not known; {@code
 *       path}, {@code url} or {@code template}; {@code -} if there is none to tell
 *   <li>size class: the upper bound, inclusive, of the size in bytes, a power of four times 1,024; {@code more} above 16 MiB;
 *       {@code -} for references and where there is no content. A base64 text counts with its decoded size, a vector with
 *       eight bytes a number.
 * </ul>
 *
 * @param presence see above
 * @param media see above
 * @param sizeClass see above
 */
record ImageDescriptor(String presence, String media, String sizeClass) {
    private static final String NONE = "-";

    /** The descriptor of an image file. */
    static ImageDescriptor ofContent(byte[] content) {
        return content.length == 0 ? of(NONE, 0) : of(MediaType.of(content), content.length);
    }

    /** The descriptor of content of a known medium and size in bytes; a size of 0 is empty. */
    static ImageDescriptor of(String media, long size) {
        if (size > 0) {
            return new ImageDescriptor("present", media, sizeClass(size));
        }
        // An empty file has no type; an empty template is still a template that is not there.
        return new ImageDescriptor("empty", media.equals("template") ? media : NONE, NONE);
    }

    /** The descriptor of a path or an address. */
    static ImageDescriptor reference(String media, boolean present) {
        return new ImageDescriptor(present ? "present" : "empty", media, NONE);
    }

    /** The descriptor of text of so many characters that is no image. */
    static ImageDescriptor unreadable(long length) {
        return new ImageDescriptor("unreadable", NONE, sizeClass(length));
    }

    private static String sizeClass(long size) {
        long bound = 1024;
        for (String name : new String[] {"1k", "4k", "16k", "64k", "256k", "1m", "4m", "16m"}) {
            if (size <= bound) {
                return name;
            }
            bound *= 4;
        }
        return "more";
    }

    @Override
    public String toString() {
        return "d1:" + presence + ":" + media + ":" + sizeClass;
    }
}
