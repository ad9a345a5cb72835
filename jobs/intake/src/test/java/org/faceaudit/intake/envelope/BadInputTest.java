package org.faceaudit.intake.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.intake.envelope.Members.ROW;
import static org.faceaudit.intake.envelope.Members.TOPIC;
import static org.faceaudit.intake.envelope.Members.level;
import static org.faceaudit.intake.envelope.Members.member;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.intake.Envelopes;
import org.faceaudit.intake.rows.RowChange.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a topic may hold beside sound records, one by one: refused with its reason, read as unknown, or not applicable. */
class BadInputTest {

    /** Records that a connector writes and that carry no row. */
    static final List<String> OF_NO_ROW = List.of(
            "{\"status\":\"BEGIN\",\"id\":\"571:53195829\",\"event_count\":null,\"data_collections\":null,\"ts_ms\":1}",
            "{\"status\":\"END\",\"id\":\"571:53195832\",\"event_count\":2,\"data_collections\":[{\"data_collection\":"
                    + "\"public.member\",\"event_count\":2}],\"ts_ms\":1793498584567}",
            "{\"ts_ms\":1790000000000}",
            "{\"source\":{\"name\":\"" + TOPIC
                    + "\"},\"ts_ms\":1,\"databaseName\":\"gym\",\"ddl\":\"ALTER TABLE member DROP"
                    + " photo\",\"tableChanges\":[{\"type\":\"ALTER\",\"id\":\"gym.member\",\"table\":{\"columns\":[]}}]}");

    private final EnvelopeDecoder decoder = new EnvelopeDecoder(Members.MAPPING);

    private Decoded decode(byte[] value) {
        return decoder.decode(TOPIC, 0, 42, Members.APPENDED, null, value);
    }

    private String outcome(byte[] value) {
        Decoded decoded = decode(value);
        return decoded.rejected()
                ? decoded.reject().reason()
                : decoded.change().kind().name();
    }

    private String outcome(String text) {
        return outcome(text.getBytes(StandardCharsets.UTF_8));
    }

    private FieldValue levelOf(String json) {
        Decoded decoded = decode(level(json));
        assertThat(decoded.reject()).isNull();
        return decoded.change().fields().get("level");
    }

    private static String whole() {
        return new String(member("c", null, ROW).bytes(), StandardCharsets.UTF_8);
    }

    /** An insert of a connector that told milliseconds only. */
    static String withMillisOnly() {
        return whole().replaceFirst("\"ts_us\":\\d+,\"ts_ns\":\\d+,", "");
    }

    @Test
    void aSpoofedOperatorIsRefused() {
        assertThat(outcome(whole().replace(TOPIC, "cdc.other.gym"))).isEqualTo("foreign-operator");
        assertThat(outcome(whole().replace(TOPIC, "cdc.registry"))).isEqualTo("foreign-operator");
        assertThat(outcome(whole().replace(TOPIC, TOPIC + " "))).isEqualTo("foreign-operator");
        assertThat(outcome(whole().replace("\"" + TOPIC + "\"", "null"))).isEqualTo("foreign-operator");
        assertThat(outcome(whole().replace("\"name\":\"" + TOPIC, "\"nombre\":\"" + TOPIC)))
                .isEqualTo("foreign-operator");
    }

    @Test
    void aRenamedOrDroppedColumnIsUnknownNeverAbsent() {
        for (String row : List.of("{'branch':'a','id':7,'tier':1}", "{'branch':'a','id':7}")) {
            assertThat(decode(member("c", null, row).bytes()).change().fields())
                    .containsEntry("level", FieldValue.UNKNOWN)
                    .containsEntry("photo", FieldValue.UNKNOWN)
                    .containsEntry("member_no", FieldValue.UNKNOWN);
        }
    }

    @Test
    void aRowWithoutItsKeysColumnIsRefused() {
        assertThat(outcome(
                        member("c", null, "{'branch':'a','number':7,'level':1}").bytes()))
                .isEqualTo("missing-key");
        assertThat(outcome(member("d", "{'branch':'a','number':7}", null).bytes()))
                .isEqualTo("missing-key");
    }

    @Test
    void aRetypedColumnIsReadOrUnknown() {
        assertThat(levelOf("'1.50'")).isEqualTo(FieldValue.present("1.50"));
        assertThat(levelOf("true")).isEqualTo(FieldValue.present("true"));
        assertThat(levelOf("{'x':1.5,'y':2.5,'wkb':'AQ==','srid':null}")).isEqualTo(FieldValue.UNKNOWN);
        // A key that becomes text names the same row.
        assertThat(decode(member("c", null, "{'branch':'a','id':'7'}").bytes())
                        .change()
                        .rowKey())
                .isEqualTo("a/7");
        assertThat(outcome(
                        member("c", null, "{'branch':'a','id':7,'member_no':7}").bytes()))
                .isEqualTo("untokenised-identifier");
        assertThat(outcome(
                        member("c", null, "{'branch':'a','id':7,'photo':true}").bytes()))
                .isEqualTo("undescribed-image");
    }

    @Test
    void aValueThatNoMappingKnowsIsPassedOnAsItStands() {
        // Whoever gives words their meaning counts it unreadable.
        assertThat(levelOf("'PLATINUM-2027'")).isEqualTo(FieldValue.present("PLATINUM-2027"));
    }

    @ParameterizedTest
    @CsvSource({
        "'0001-01-01Z', 0001-01-01",
        "'9999-12-31Z', 9999-12-31",
        "infinity, infinity",
        "-infinity, -infinity",
        "'0001-12-31Z BC', '0001-12-31Z BC'",
        "'+294276-12-31Z', '+294276-12-31Z'"
    })
    void aDayThatCannotBeMeantIsKeptAsText(String written, String kept) {
        Decoded decoded = decode(member("c", null, "{'branch':'a','id':7,'joined':'" + written + "'}")
                .bytes());

        assertThat(decoded.change().fields()).containsEntry("joined", FieldValue.present(kept));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "-62135596800000", "253402300799999", "1795824000001", "9223372036854775807"})
    void aCommitTimeThatCannotBeIsRefused(String millis) {
        String text = withMillisOnly();
        assertThat(outcome(text)).isEqualTo("UPSERT");
        assertThat(outcome(text.replaceFirst("\"ts_ms\":\\d+", "\"ts_ms\":" + millis)))
                .isEqualTo("implausible-commit-time");
    }

    @Test
    void aTimeOfTheConnectorThatCannotBeDisturbsNothing() {
        for (String millis : List.of("0", "-1", "9223372036854775807")) {
            String text = whole().replace("\"ts_ms\":1790000000000", "\"ts_ms\":" + millis);
            assertThat(outcome(text)).isEqualTo("UPSERT");
            assertThat(outcome("{\"ts_ms\":" + millis + "}")).isEqualTo("NOT_APPLICABLE");
        }
    }

    @Test
    void decimalsInTheModesOfAConnector() {
        // string, as our connectors write it, and double
        assertThat(levelOf("'12345.60'")).isEqualTo(FieldValue.present("12345.60"));
        assertThat(levelOf("12345.60")).isEqualTo(FieldValue.present("12345.6"));
        assertThat(levelOf("1.23456E4")).isEqualTo(FieldValue.present("12345.6"));
        // precise: without its schema unscaled bytes are a text like any other, a varying scale is an object
        assertThat(levelOf("'EtaH'")).isEqualTo(FieldValue.present("EtaH"));
        assertThat(levelOf("{'scale':2,'value':'EtaH'}")).isEqualTo(FieldValue.UNKNOWN);
        assertThat(levelOf("'NaN'")).isEqualTo(FieldValue.present("NaN"));
        assertThat(outcome(level("NaN"))).isEqualTo("not-json");
    }

    @Test
    void avroWithARegistrysFrameIsRefused() {
        byte[] avro = ByteBuffer.allocate(40)
                .put((byte) 0)
                .putInt(17)
                .put("\u0002\u000eiron-gym\u0002c\u0008{\"a\"".getBytes(StandardCharsets.UTF_8))
                .array();
        assertThat(outcome(avro)).isEqualTo("not-json");
        assertThat(outcome(Arrays.copyOf(avro, 5))).isEqualTo("not-json");
    }

    @Test
    void aValueWithItsSchemaBesideItIsRefused() {
        assertThat(outcome("{\"schema\":{\"type\":\"struct\",\"fields\":[]},\"payload\":" + whole() + "}"))
                .isEqualTo("not-an-envelope");
    }

    @Test
    void duplicateKeysAreRefusedWhereverTheyStand() {
        assertThat(outcome(whole().replace("\"op\":\"c\"", "\"op\":\"c\",\"op\":\"d\"")))
                .isEqualTo("duplicate-key");
        assertThat(outcome(whole().replace("\"id\":7", "\"id\":7,\"id\":8"))).isEqualTo("duplicate-key");
        assertThat(outcome(whole().replace("\"id\":7", "\"id\":7,\"\\u0069d\":8")))
                .isEqualTo("duplicate-key");
        assertThat(outcome(whole().replace("not captured\"", "not captured\",\"name\":1")))
                .isEqualTo("duplicate-key");
    }

    @Test
    void halfASurrogatePairIsRefusedWhereSomethingIsReadOfIt() {
        assertThat(outcome(whole().replace("a/b%", "\\ud83d"))).isEqualTo("invalid-text");
        assertThat(outcome(whole().replace("a/b%", "\\ude00\\ud83d"))).isEqualTo("invalid-text");
        assertThat(outcome(whole().replace("a/b%", "\\ud83d\\ude00"))).isEqualTo("UPSERT");
        assertThat(outcome(whole().replace("not captured", "\\ud83d"))).isEqualTo("UPSERT");
        byte[] half = whole().replace("a/b%", "###").getBytes(StandardCharsets.UTF_8);
        int at = new String(half, StandardCharsets.UTF_8).indexOf("###");
        half[at] = (byte) 0xed;
        half[at + 1] = (byte) 0xa0;
        half[at + 2] = (byte) 0x80;
        assertThat(decode(half).rejected()).isTrue();
    }

    @Test
    void aDepthOfTenThousandIsRefused() {
        assertThat(outcome("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000))).isEqualTo("beyond-limits");
        assertThat(outcome(level("[".repeat(10_000) + "]".repeat(10_000)))).isEqualTo("beyond-limits");
        assertThat(outcome(whole().replace("not captured\"", "\",\"x\":" + "[".repeat(10_000) + "]".repeat(10_000))))
                .isEqualTo("beyond-limits");
    }

    @Test
    void schemaChangesAndTransactionsAreNotApplicable() {
        OF_NO_ROW.forEach(record -> assertThat(outcome(record)).isEqualTo("NOT_APPLICABLE"));
    }

    @Test
    void aNameTooLongForAnyDatabaseIsRefused() {
        assertThat(outcome(Envelopes.record(TOPIC, "c", "public." + "x".repeat(2_000), null, "{'id':1}")
                        .at("2026-11-01T00:00:00Z")
                        .lsn(5)
                        .bytes()))
                .isEqualTo("beyond-limits");
        assertThat(decode(member("c", null, ROW).bytes()).change().kind()).isEqualTo(Kind.UPSERT);
    }
}
