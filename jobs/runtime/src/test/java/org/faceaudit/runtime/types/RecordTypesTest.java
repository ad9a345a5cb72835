package org.faceaudit.runtime.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.Consent;
import org.faceaudit.core.event.ConsentVersion;
import org.faceaudit.core.event.DayValue;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.FaceRecordVersion;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.core.event.TimeValue;
import org.faceaudit.core.images.CountedDay;
import org.faceaudit.core.images.CountedPosition;
import org.faceaudit.core.images.ImageDelta;
import org.faceaudit.core.images.ImageSlot;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.rows.RowHistory;
import org.faceaudit.intake.rows.RowVersion;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.ImageFact;
import org.junit.jupiter.api.Test;

class RecordTypesTest {

    private static final Position POSITION =
            new Position("cdc.op.sys", 0, 12, "0/16B3748", null, "public.face", "00ff", Instant.EPOCH, true);

    @Test
    void recordsSurviveWithTheirNullsAndNestedRecords() throws IOException {
        FaceRecord face = new FaceRecord(
                "op",
                "sys",
                "public.face/1",
                null,
                List.of(new FaceRecordVersion(
                        TimeBounds.committed(Instant.EPOCH),
                        true,
                        null,
                        true,
                        false,
                        TimeBounds.between(Instant.EPOCH, Instant.ofEpochSecond(1, 5)),
                        null,
                        LegalDay.of(2025, 6, 1),
                        POSITION)));

        assertThat(roundTrip(FaceRecord.class, face)).isEqualTo(face);
    }

    @Test
    void countsOfImagesSurviveWithTheChangesTheyRestOn() throws IOException {
        ImageSlot slot = new ImageSlot(
                "op", "sys", "period-ended", Instant.EPOCH, Verdict.VIOLATION, LegalDay.of(2025, 6, 1), "hold-1", true);
        Fact fact = Fact.of(new ImageDelta(
                slot,
                2,
                1,
                1,
                -1,
                -3,
                List.of(new CountedDay(LegalDay.of(2025, 5, 1), -2)),
                -7,
                null,
                List.of(new CountedPosition(POSITION, 2))));

        assertThat(roundTrip(Fact.class, fact)).isEqualTo(fact);
    }

    @Test
    void consentsSurviveWithAllFourValues() throws IOException {
        Consent consent = new Consent(
                "op",
                "sys",
                "public.consent/1",
                "m1",
                List.of(
                        new ConsentVersion(
                                TimeBounds.declared(Instant.EPOCH),
                                true,
                                new PersonToken("phone", "k1", "digits", "", "00"),
                                FieldState.UNKNOWN,
                                FieldValue.present("true"),
                                FieldValue.ABSENT,
                                FieldValue.UNKNOWN,
                                FieldValue.present("false"),
                                TimeValue.present(Instant.ofEpochSecond(1, 5)),
                                DayValue.UNKNOWN,
                                DayValue.present(LegalDay.of(2015, 5, 5)),
                                POSITION),
                        ConsentVersion.gone(TimeBounds.committed(Instant.EPOCH), POSITION)));
        ImageFact fact = new ImageFact("op/sys", "person/1", "consent/public.consent/1", null, null, consent);

        assertThat(roundTrip(ImageFact.class, fact)).isEqualTo(fact);
    }

    @Test
    void mapsKeepTheFourValuesOfAField() throws IOException {
        RowHistory history = new RowHistory(
                3,
                List.of(new RowVersion(
                        -1,
                        3,
                        TimeBounds.declared(Instant.EPOCH),
                        true,
                        Map.of(
                                "a", FieldValue.present("x"),
                                "b", FieldValue.ABSENT,
                                "c", FieldValue.UNCHANGED,
                                "d", FieldValue.UNKNOWN),
                        POSITION)));

        assertThat(roundTrip(RowHistory.class, history)).isEqualTo(history);
    }

    @Test
    void aTypeThatFlinkCannotTakeApartIsRefused() {
        assertThatThrownBy(() -> serializer(Generic.class)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> RecordTypes.of(Hidden.class)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCheckpointRemembersTheSerializer() throws IOException {
        TypeSerializer<Position> serializer = serializer(Position.class);
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());

        TypeSerializerSnapshot<Position> restored = TypeSerializerSnapshot.readVersionedSnapshot(
                new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());

        assertThat(restored.restoreSerializer()).isEqualTo(serializer);
        assertThat(serializer
                        .snapshotConfiguration()
                        .resolveSchemaCompatibility(restored)
                        .isCompatibleAsIs())
                .isTrue();
    }

    private static <T extends Record> T roundTrip(Class<T> type, T value) throws IOException {
        TypeSerializer<T> serializer = serializer(type);
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    }

    private static <T extends Record> TypeSerializer<T> serializer(Class<T> type) {
        SerializerConfigImpl config = new SerializerConfigImpl();
        config.setGenericTypes(false);
        return RecordTypes.of(type).createSerializer(config);
    }

    /** A public record with a field that only Kryo could write. */
    public record Generic(LocalDate day, List<List<String>> nested, java.util.UUID id) {}

    private record Hidden(String text) {}
}
