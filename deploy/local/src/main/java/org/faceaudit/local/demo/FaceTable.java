package org.faceaudit.local.demo;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * The rows of a sample {@code public.face}: persons who came one by one over a year.
 *
 * @param region of the operator; decides which persons these are
 * @param persons how many different persons there are
 * @param secondFaces how many of them have a second row, with the identity card typed in another way
 */
record FaceTable(String region, int persons, int secondFaces) {
    /** When the first face was stored, local time. */
    static final LocalDateTime FIRST = LocalDateTime.of(2025, 7, 1, 8, 0);
    /** When the row with the number 100,000 was stored, local time. */
    static final LocalDateTime HUNDRED_THOUSANDTH = LocalDateTime.of(2026, 7, 8, 10, 0);

    private static final int THRESHOLD_ROW = 100_000;
    /** 320 s × 100,000 fits between the two times, so every earlier row is strictly earlier. */
    private static final long SECONDS_BETWEEN = 320;

    private static final int SOFT_DELETED_EVERY = 660;
    private static final int PHOTO_EVERY = 5_000;
    private static final int FEATURE_BYTES = 64;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    CopyTable table() {
        return new CopyTable(
                "public.face (id, id_card, name, phone, feature, photo_url, create_time, is_deleted)", this::write);
    }

    private void write(Consumer<String> rows) {
        SplittableRandom random = new SplittableRandom(Long.parseLong(region));
        byte[] feature = new byte[FEATURE_BYTES];
        for (int row = 1; row <= persons + secondFaces; row++) {
            boolean second = row > persons;
            SamplePerson person = SamplePerson.of(region, (second ? row - persons : row) - 1);
            random.nextBytes(feature);
            rows.accept(CopyTable.line(
                    row,
                    second ? person.idCard().toLowerCase(Locale.ROOT) : person.idCard(),
                    person.name(),
                    person.phone(),
                    "\\x" + HexFormat.of().formatHex(feature),
                    row % PHOTO_EVERY == 0 ? "https://photos.invalid/" + person.idCard() + ".jpg" : null,
                    TIME.format(storedAt(row)),
                    row % SOFT_DELETED_EVERY == 0 ? 1 : 0));
        }
    }

    static LocalDateTime storedAt(int row) {
        return row < THRESHOLD_ROW
                ? FIRST.plusSeconds((row - 1) * SECONDS_BETWEEN)
                : HUNDRED_THOUSANDTH.plusHours(3L * (row - THRESHOLD_ROW));
    }
}
