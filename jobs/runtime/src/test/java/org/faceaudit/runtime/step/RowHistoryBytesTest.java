package org.faceaudit.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.intake.rows.RowHistory;
import org.faceaudit.intake.rows.RowVersion;
import org.junit.jupiter.api.Test;

class RowHistoryBytesTest {

    private static final String TABLE = "public.face";
    private static final String DIGEST = "0123456789abcdef0123456789abcdef";
    private static final Instant AT = Instant.parse("2026-03-01T01:02:03.123456Z");

    private final RowHistoryBytes bytes = new RowHistoryBytes();

    @Test
    void everyHistoryComesBack() {
        for (int seed = 0; seed < 1_000; seed++) {
            RowHistory history = history(new Random(seed));

            StoredRow stored = bytes.write(TABLE, history);
            assertThat(bytes.read(TABLE, stored)).isEqualTo(history);
            assertThat(bytes.lastSnapshotId(stored)).isEqualTo(history.lastSnapshotId());
        }
    }

    /** What a deletion that tells its key only is understood by. */
    @Test
    void aRowOfASnapshotTakesAHundredAndSixtyBytes() {
        RowHistory history = new RowHistory(
                4_000_000_000L,
                List.of(new RowVersion(
                        -1,
                        4_000_000_000L,
                        TimeBounds.between(Instant.EPOCH, AT),
                        true,
                        Map.of(
                                "id", FieldValue.present("1000000001"),
                                "id_card", FieldValue.present("t1:id-card:k1:idcard:" + DIGEST),
                                "created_at", FieldValue.present("2026-03-01T01:02:03.123456Z")),
                        new Position(
                                "cdc.iron-gym.faces", 0, 5_000_000, "0/EE6B2800", null, TABLE, DIGEST, AT, true))));

        assertThat(bytes.write(TABLE, history).bytes()).hasSizeLessThanOrEqualTo(160);
    }

    private static RowHistory history(Random random) {
        long lastSnapshot = random.nextInt(3) == 0 ? 0 : random.nextLong();
        List<RowVersion> versions = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            Instant latest = AT.plusNanos(random.nextInt(2) == 0 ? 0 : random.nextInt());
            Instant earliest = random.nextInt(2) == 0 ? latest : Instant.EPOCH;
            versions.add(new RowVersion(
                    random.nextLong(),
                    random.nextBoolean() ? lastSnapshot : random.nextInt(3) - 1,
                    new TimeBounds(earliest, latest, random.nextBoolean()),
                    random.nextBoolean(),
                    fields(random),
                    new Position(
                            "cdc.iron-gym.faces",
                            random.nextInt(2),
                            random.nextInt(1_000_000),
                            random.nextBoolean() ? null : "0/EE6B2800",
                            random.nextBoolean() ? null : "733",
                            random.nextInt(3) == 0 ? null : TABLE,
                            random.nextInt(3) == 0 ? null : DIGEST,
                            random.nextBoolean() ? latest : AT,
                            random.nextBoolean())));
        }
        return new RowHistory(lastSnapshot, versions);
    }

    private static Map<String, FieldValue> fields(Random random) {
        Map<String, FieldValue> fields = new HashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            fields.put(
                    "column" + i,
                    switch (random.nextInt(5)) {
                        case 0 -> FieldValue.ABSENT;
                        case 1 -> FieldValue.UNKNOWN;
                        case 2 -> FieldValue.UNCHANGED;
                        case 3 -> FieldValue.present("");
                        default -> FieldValue.present("t1:phone:k1:trim:" + DIGEST);
                    });
        }
        return fields;
    }
}
