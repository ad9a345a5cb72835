package org.faceaudit.local.demo;

import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The rows of a sample CompreFace: one collection of the operator, and the one that ships with every install, with its
 * well-known key.
 *
 * @param region of the operator
 * @param subjects how many subjects the operator's collection holds, one embedding each
 */
record ComprefaceTables(String region, int subjects) {
    /** The fixed key of the collection that ships with the product. */
    static final String DEMO_API_KEY = "00000000-0000-0000-0000-000000000002";

    private static final int DEMO_SUBJECTS = 9;
    private static final int IMAGES = 5;
    private static final int EMBEDDING_NUMBERS = 4;
    private static final String CALCULATOR = "Facenet2018";

    List<CopyTable> tables() {
        return List.of(
                new CopyTable(
                        "public.app (id, name, guid, api_key)",
                        rows -> rows.accept(
                                CopyTable.line(1, "gates", id(9, 1), "7d0f3c1b-2a6e-4f58-9b07-c4e1d8a25f36"))),
                new CopyTable("public.model (id, name, guid, app_id, api_key, type, created_date)", rows -> {
                    rows.accept(
                            CopyTable.line(1, "Demo", id(9, 2), 1, DEMO_API_KEY, "RECOGNITION", "2026-02-27 15:20:00"));
                    // The operator's own collection is called like the shipped one: a name is no reason not to count.
                    rows.accept(CopyTable.line(
                            2, "Demo", id(9, 3), 1, PlantedMarkers.API_KEY, "RECOGNITION", "2026-03-02 10:00:00"));
                }),
                new CopyTable("public.subject (id, api_key, subject_name)", this::writeSubjects),
                new CopyTable("public.img (id, content)", rows -> {
                    SplittableRandom random = new SplittableRandom(3);
                    for (int image = 0; image < IMAGES; image++) {
                        rows.accept(CopyTable.line(
                                id(3, image), "\\x" + HexFormat.of().formatHex(PlantedMarkers.jpeg(random))));
                    }
                }),
                new CopyTable(
                        "public.embedding (id, subject_id, embedding, calculator, img_id)", this::writeEmbeddings),
                new CopyTable(
                        "public.model_statistic (id, request_count, model_id, created_date)",
                        rows -> rows.accept(CopyTable.line(1, 812, 2, "2026-03-03 00:00:00"))));
    }

    private void writeSubjects(Consumer<String> rows) {
        for (int subject = 0; subject < subjects; subject++) {
            SamplePerson person = SamplePerson.of(region, subject);
            rows.accept(CopyTable.line(
                    id(1, subject), PlantedMarkers.API_KEY, person.name() + " " + person.phone() + "-" + subject));
        }
        for (int subject = 0; subject < DEMO_SUBJECTS; subject++) {
            rows.accept(CopyTable.line(id(4, subject), DEMO_API_KEY, "Demo Person " + subject));
        }
    }

    private void writeEmbeddings(Consumer<String> rows) {
        SplittableRandom random = new SplittableRandom(2);
        for (int subject = 0; subject < subjects; subject++) {
            rows.accept(CopyTable.line(
                    id(2, subject),
                    id(1, subject),
                    embedding(random),
                    CALCULATOR,
                    subject < IMAGES ? id(3, subject) : null));
        }
        for (int subject = 0; subject < DEMO_SUBJECTS; subject++) {
            rows.accept(CopyTable.line(id(5, subject), id(4, subject), embedding(random), CALCULATOR, null));
        }
    }

    private static String embedding(SplittableRandom random) {
        StringBuilder numbers = new StringBuilder("{");
        for (int i = 0; i < EMBEDDING_NUMBERS; i++) {
            numbers.append(i == 0 ? "" : ",").append((float) random.nextDouble(-1, 1));
        }
        return numbers.append('}').toString();
    }

    /** A version 4 UUID by its form, the same for the same number of a kind. */
    private static UUID id(int kind, int number) {
        SplittableRandom random = new SplittableRandom(kind * 1_000_000_007L + number);
        return new UUID(random.nextLong() & ~0xf000L | 0x4000L, random.nextLong() & ~(3L << 62) | (2L << 62));
    }
}
