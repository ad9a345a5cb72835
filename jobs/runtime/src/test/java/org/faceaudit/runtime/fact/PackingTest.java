package org.faceaudit.runtime.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.faceaudit.core.counting.PersonHolding;
import org.faceaudit.core.counting.PersonLink;
import org.faceaudit.core.counting.Presence;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.Position;
import org.faceaudit.intake.rows.Reject;
import org.faceaudit.intake.rows.RowChange;
import org.junit.jupiter.api.Test;

class PackingTest {

    private static final Instant AT = Instant.parse("2026-03-01T01:02:03.123456Z");
    private static final String DIGEST = "0123456789abcdef0123456789abcdef";

    private static final RowChange ROW = new RowChange(
            "iron-gym",
            "gym",
            RowChange.Kind.UPSERT,
            "public.face",
            "1000000001",
            Map.of(
                    "id", FieldValue.present("1000000001"),
                    "id_card", FieldValue.present("t1:id-card:k1:idcard:" + DIGEST),
                    "taken_at", FieldValue.present("2026-03-01T01:02:03.123456Z"),
                    "note", FieldValue.present("张 😀"),
                    "photo", FieldValue.UNCHANGED,
                    "level", FieldValue.UNKNOWN,
                    "left", FieldValue.ABSENT),
            -7,
            0,
            new Position("cdc.iron-gym.gym", 0, 1_234_567, "1/6B374D48", "733", "public.face", DIGEST, AT, false),
            1_790_000_000_000L);

    /** A control of a snapshot: no table, no row, and a commit time between two microseconds. */
    private static final RowChange CONTROL = new RowChange(
            "iron-gym",
            "gym",
            RowChange.Kind.SNAPSHOT_BEGAN,
            null,
            null,
            Map.of(),
            Long.MIN_VALUE,
            1L << 62,
            new Position("elsewhere", 3, 0, null, null, "public.other", null, AT.plusNanos(1), true),
            -1);

    @Test
    void changesSurvive() throws IOException {
        for (RowChange change : List.of(ROW, CONTROL)) {
            RoutedChange routed = new RoutedChange("iron-gym/gym", 8, change);
            assertThat(roundTrip(ChangeTypes.ROUTED, routed)).isEqualTo(routed);
            for (List<String> lacking : Arrays.asList(null, List.<String>of(), List.of("照片", "phone"))) {
                Incoming incoming = new Incoming("iron-gym/gym", change, null, lacking);
                assertThat(roundTrip(ChangeTypes.INCOMING, incoming)).isEqualTo(incoming);
            }
        }
    }

    @Test
    void rejectsSurvive() throws IOException {
        Incoming incoming =
                new Incoming("a/b", null, new Reject("cdc.a.b", 0, 9, "not-json", DIGEST + DIGEST, 1_790_000_000_000L));

        assertThat(roundTrip(ChangeTypes.INCOMING, incoming)).isEqualTo(incoming);
    }

    @Test
    void holdingsSurvive() throws IOException {
        Presence stored = new Presence(AT, AT, null, null);
        Presence bounded = new Presence(Instant.EPOCH, AT, AT.plusSeconds(5), AT.plusSeconds(9));
        Presence ended = new Presence(AT, AT, AT.plusNanos(7), AT.plusNanos(7));
        for (List<Presence> presences : List.of(List.of(stored), List.of(bounded, ended), List.<Presence>of())) {
            PersonHolding holding = new PersonHolding(
                    "iron-gym",
                    "id-card|k1|idcard|",
                    DIGEST,
                    "gym/public.face/1",
                    presences,
                    presences.stream()
                            .map(presence -> new PersonLink("phone|k1|trim|", DIGEST, presence))
                            .toList());

            assertThat(roundTrip(ChangeTypes.HOLDING, holding)).isEqualTo(holding);
        }
    }

    @Test
    void textsThatLookLikeNumbersComeBackAsTheyWere() throws IOException {
        for (String text : List.of(
                "",
                "0",
                "00",
                "007",
                "-1",
                "999999999999999999",
                "9999999999999999999",
                "1/2",
                "1/02",
                "0/0",
                "FFFFFFFF/FFFFFFFF",
                "a/1",
                "100000000/1",
                DIGEST,
                DIGEST.toUpperCase(java.util.Locale.ROOT),
                "x" + DIGEST,
                "2026-02-29T00:00:00.000000Z",
                "2024-02-29T00:00:00.000000Z",
                "2024-02-29T24:00:00.000000Z",
                "1969-12-31T23:59:59.999999Z",
                "2199-12-31T23:59:59.999999Z",
                "2026-03-01T01:02:03.12345Z")) {
            RowChange change = new RowChange(
                    "o",
                    "s",
                    RowChange.Kind.UPSERT,
                    "t",
                    text,
                    Map.of("c", FieldValue.present(text)),
                    0,
                    0,
                    new Position("t", 0, 0, text, text, "t", text, AT, false),
                    0);
            RoutedChange routed = new RoutedChange("o/s", 0, change);

            assertThat(roundTrip(ChangeTypes.ROUTED, routed)).as(text).isEqualTo(routed);
        }
    }

    @Test
    void aChangeOfARowIsSmallOnTheEdge() throws IOException {
        RowChange plain = new RowChange(
                ROW.operator(),
                ROW.system(),
                ROW.kind(),
                ROW.table(),
                ROW.rowKey(),
                Map.of(
                        "id", FieldValue.present("1000000001"),
                        "id_card", FieldValue.present("t1:id-card:k1:idcard:" + DIGEST),
                        "taken_at", FieldValue.present("2026-03-01T01:02:03.123456Z")),
                ROW.identity(),
                0,
                ROW.position(),
                ROW.appendedAtMillis());
        PersonHolding holding = new PersonHolding(
                "iron-gym",
                "id-card|k1|idcard|",
                DIGEST,
                "gym/public.face/1000000001",
                List.of(new Presence(AT, AT, null, null)));

        assertThat(bytes(ChangeTypes.ROUTED, new RoutedChange("iron-gym/gym", 8, plain)))
                .hasSizeLessThanOrEqualTo(220);
        assertThat(bytes(ChangeTypes.HOLDING, holding)).hasSizeLessThanOrEqualTo(95);
    }

    @Test
    void aCheckpointRemembersThePacking() throws IOException {
        TypeSerializer<InstantPage> serializer = serializer(ChangeTypes.INSTANTS);
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());

        TypeSerializerSnapshot<InstantPage> restored = TypeSerializerSnapshot.readVersionedSnapshot(
                new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());

        assertThat(restored.restoreSerializer()).isEqualTo(serializer);
        assertThat(serializer
                        .snapshotConfiguration()
                        .resolveSchemaCompatibility(restored)
                        .isCompatibleAsIs())
                .isTrue();
    }

    private static <T> T roundTrip(TypeInformation<T> type, T value) throws IOException {
        return serializer(type).deserialize(new DataInputDeserializer(bytes(type, value)));
    }

    private static <T> byte[] bytes(TypeInformation<T> type, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer(type).serialize(value, out);
        return out.getCopyOfBuffer();
    }

    private static <T> TypeSerializer<T> serializer(TypeInformation<T> type) {
        return type.createSerializer(new SerializerConfigImpl());
    }
}
