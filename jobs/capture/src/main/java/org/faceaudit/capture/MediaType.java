package org.faceaudit.capture;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Tells a media type by a content's first bytes; no more than {@link #PREFIX} of them are looked at. */
final class MediaType {
    /** How many bytes are enough. */
    static final int PREFIX = 32;

    static final String UNKNOWN = "application/octet-stream";

    private static final Set<String> HEIC_BRANDS =
            Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs");

    private MediaType() {}

    /** The media type, or {@link #UNKNOWN}. */
    static String of(byte[] content) {
        String start = new String(content, 0, Math.min(content.length, PREFIX), StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u00FF\u00D8\u00FF")) {
            return "image/jpeg";
        }
        if (start.startsWith("\u0089PNG\r\n\u001A\n")) {
            return "image/png";
        }
        if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) {
            return "image/gif";
        }
        if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
            return "image/webp";
        }
        if (start.startsWith("BM") && content.length >= 26 && isBitmapHeader(start)) {
            return "image/bmp";
        }
        if (start.startsWith("II*\0") || start.startsWith("MM\0*")) {
            return "image/tiff";
        }
        return start.startsWith("ftyp", 4) && start.length() >= 12 ? ofBrand(start.substring(8, 12)) : UNKNOWN;
    }

    // "BM" alone begins too many words: the four reserved bytes of the file header are zero.
    private static boolean isBitmapHeader(String start) {
        return start.startsWith("\0\0\0\0", 6);
    }

    private static String ofBrand(String brand) {
        if (HEIC_BRANDS.contains(brand)) {
            return "image/heic";
        }
        return switch (brand) {
            case "mif1", "msf1" -> "image/heif";
            case "avif", "avis" -> "image/avif";
            case "qt  " -> "video/quicktime";
            default -> "video/mp4";
        };
    }
}
