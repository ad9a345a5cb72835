package org.faceaudit.local.demo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What is planted in the samples' private columns, so that a search can prove that none of it left a source: not in a topic,
 * a state, a table, a log or a reject.
 */
public final class PlantedMarkers {
    /** Part of every sample image. */
    public static final String IMAGE = "faceaudit-planted-image-marker";
    /** The last character of every sample name: an ideograph that occurs nowhere else in this project. */
    public static final String NAME = "\u9F98";
    /** The credential of the sample CompreFace collection. */
    public static final String API_KEY = "5c1e7a52-91d4-4b8e-a6c3-0d2f8e94b7a1";

    private PlantedMarkers() {}

    /** Texts to search for, in UTF-8: the markers, and names, phones and identity card numbers of some sample persons. */
    public static List<String> texts() {
        List<String> texts = new ArrayList<>(List.of(IMAGE, NAME, API_KEY));
        for (SampleSource source : SampleSource.all()) {
            for (int number = 0; number < 5; number++) {
                SamplePerson person = SamplePerson.of(source.region(), number);
                texts.addAll(List.of(person.idCard(), person.name(), person.phone()));
            }
        }
        return List.copyOf(texts);
    }

    /** A small JPEG by its first and last bytes, with the marker and some noise between. */
    static byte[] jpeg(RandomGenerator random) {
        byte[] head = HexFormat.of().parseHex("ffd8ffe000104a46494600010100000100010000fffe");
        byte[] marker = IMAGE.getBytes(StandardCharsets.US_ASCII);
        byte[] image = new byte[head.length + 2 + marker.length + 512 + 2];
        random.nextBytes(image);
        System.arraycopy(head, 0, image, 0, head.length);
        // The marker stands in a JPEG comment, whose length counts its own two bytes.
        image[head.length] = 0;
        image[head.length + 1] = (byte) (marker.length + 2);
        System.arraycopy(marker, 0, image, head.length + 2, marker.length);
        image[image.length - 2] = (byte) 0xff;
        image[image.length - 1] = (byte) 0xd9;
        return image;
    }
}
