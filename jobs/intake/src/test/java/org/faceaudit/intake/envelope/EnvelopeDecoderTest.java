package org.faceaudit.intake.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.intake.envelope.Members.APPENDED;
import static org.faceaudit.intake.envelope.Members.ROW;
import static org.faceaudit.intake.envelope.Members.TOKEN;
import static org.faceaudit.intake.envelope.Members.TOPIC;
import static org.faceaudit.intake.envelope.Members.member;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.intake.Envelopes;
import org.faceaudit.intake.rows.RowChange;
import org.faceaudit.intake.rows.RowChange.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvelopeDecoderTest {

    private final EnvelopeDecoder decoder = new EnvelopeDecoder(Members.MAPPING);

    private Decoded decode(byte[] value) {
        return decoder.decode(TOPIC, 0, 42, APPENDED, null, value);
    }

    private RowChange change(Envelopes.Record record) {
        Decoded decoded = decode(record.bytes());
        assertThat(decoded.reject()).isNull();
        return decoded.change();
    }

    private String reason(byte[] value) {
        Decoded decoded = decode(value);
        assertThat(decoded.change()).isNull();
        assertThat(decoded.reject().offset()).isEqualTo(42);
        assertThat(decoded.reject().topic()).isEqualTo(TOPIC);
        assertThat(decoded.reject().sha256()).matches("[0-9a-f]{64}");
        return decoded.reject().reason();
    }

    private String reason(String text) {
        return reason(text.getBytes(StandardCharsets.UTF_8));
    }

    private String reasonAfter(Consumer<Envelopes.Record> spoil) {
        Envelopes.Record record = member("c", null, ROW);
        spoil.accept(record);
        return reason(record.bytes());
    }

    @Test
    void tellsWhichMappedColumnsAWholeRowLacks() {
        String without = ROW.replace(",'level':1.50", "").replace("'joined':'2024-02-29Z',", "");

        for (String op : List.of("c", "r", "u")) {
            assertThat(decode(member(op, null, ROW).bytes()).lacking()).as(op).isEmpty();
            assertThat(decode(member(op, null, without).bytes()).lacking())
                    .as(op)
                    .containsExactly("joined", "level");
        }
        assertThat(decode(member("d", "{'branch':'a','id':7}", null).bytes()).lacking())
                .as("a delete tells the key alone")
                .isNull();
        assertThat(decode(member("t", null, null).bytes()).lacking()).isNull();
        assertThat(decode(Envelopes.record(TOPIC, "c", "public.other", null, "{'id':1}")
                                .at("2026-11-01T02:03:04.567Z")
                                .lsn(9)
                                .bytes())
                        .lacking())
                .as("of another table nothing is mapped")
                .isNull();
    }

    @Test
    void whatTheLogLeftOutOrHoldsAsNullIsThere() {
        String row = ROW.replace("'d1:present:image/jpeg:64k'", "'__debezium_unavailable_value'")
                .replace("1.50", "null");

        Decoded decoded = decode(member("u", null, row).bytes());
        assertThat(decoded.change().fields())
                .containsEntry("photo", FieldValue.UNCHANGED)
                .containsEntry("level", FieldValue.ABSENT);
        assertThat(decoded.lacking()).isEmpty();
    }

    @Test
    void readsMappedColumnsAndNothingElse() {
        RowChange change = change(member("c", null, ROW));

        assertThat(change.kind()).isEqualTo(Kind.UPSERT);
        assertThat(change.operator()).isEqualTo("iron-gym");
        assertThat(change.table()).isEqualTo("public.member");
        assertThat(change.rowKey()).isEqualTo("a%2Fb%25/7");
        assertThat(change.fields())
                .isEqualTo(Map.of(
                        "branch", FieldValue.present("a/b%"),
                        "id", FieldValue.present("7"),
                        "member_no", FieldValue.present(TOKEN),
                        "photo", FieldValue.present("d1:present:image/jpeg:64k"),
                        "joined", FieldValue.present("2024-02-29"),
                        "level", FieldValue.present("1.5")));
        assertThat(change.position().logPosition()).isEqualTo("1/6B374D48");
        assertThat(change.position().transaction()).isEqualTo("733");
        assertThat(change.position().committedAt()).isEqualTo(Instant.parse("2026-11-01T02:03:04.567Z"));
        assertThat(change.position().keyHash()).matches("[0-9a-f]{32}");
        assertThat(change.position().snapshot()).isFalse();
    }

    @Test
    void keepsTheFourStatesApart() {
        RowChange change = change(member(
                "u",
                null,
                "{'branch':'a','id':7,'member_no':null,'photo':'__debezium_unavailable_value','joined':'infinity',"
                        + "'extra':['__debezium_unavailable_value']}"));

        assertThat(change.fields())
                .containsEntry("member_no", FieldValue.ABSENT)
                .containsEntry("photo", FieldValue.UNCHANGED)
                .containsEntry("level", FieldValue.UNKNOWN)
                .containsEntry("joined", FieldValue.present("infinity"));
    }

    @Test
    void anIdentifierOfWhichNothingIsLeftNamesNobody() {
        RowChange change =
                change(member("c", null, "{'branch':'a','id':7,'member_no':'t1:member-no:k1:trim,upper:empty'}"));

        assertThat(change.fields()).containsEntry("member_no", FieldValue.ABSENT);
    }

    @Test
    void spellsValuesCanonically() {
        assertThat(level("true")).isEqualTo(FieldValue.present("true"));
        assertThat(level("-0.0")).isEqualTo(FieldValue.present("0"));
        assertThat(level("1e3")).isEqualTo(FieldValue.present("1000"));
        for (String beyond :
                List.of("1e999999999", "1e2147483649", "1e-2147483649", "1e12345678901", "0e98765432109")) {
            assertThat(level(beyond)).as(beyond).isEqualTo(FieldValue.UNKNOWN);
        }
        assertThat(level("['FACE', 'CARD' ]")).isEqualTo(FieldValue.present("[\"FACE\",\"CARD\"]"));
        assertThat(level("{'scale':1}")).isEqualTo(FieldValue.UNKNOWN);
        assertThat(level("'" + "字".repeat(20_000) + "'")).isEqualTo(FieldValue.UNKNOWN);
    }

    private FieldValue level(String json) {
        return decode(Members.level(json)).change().fields().get("level");
    }

    @Test
    void aDeleteCarriesItsKeyOnly() {
        RowChange change = change(member(
                "d",
                "{'branch':'a','id':7,'member_no':'','joined':'1970-01-01Z','level':0,'photo':'d1:empty:-:-'}",
                null));

        assertThat(change.kind()).isEqualTo(Kind.DELETE);
        assertThat(change.rowKey()).isEqualTo("a/7");
        assertThat(change.fields()).isEmpty();
    }

    @Test
    void eventsOnOneLogPositionAreDifferentChanges() {
        RowChange one = change(member("c", null, "{'branch':'a','id':1}"));
        RowChange other = change(member("c", null, "{'branch':'a','id':2}"));
        RowChange again = decoder.decode(
                        TOPIC,
                        0,
                        99,
                        APPENDED,
                        null,
                        member("c", null, "{'branch':'a','id':1}").bytes())
                .change();

        assertThat(one.identity()).isNotEqualTo(other.identity());
        assertThat(again.identity()).isEqualTo(one.identity());
        assertThat(change(member("c", null, "{'branch':'a','id':1}").order(2)).identity())
                .isNotEqualTo(one.identity());
    }

    @ParameterizedTest
    @CsvSource({
        "r, true, SNAPSHOT_ROW",
        "r, first, SNAPSHOT_ROW",
        "r, first_in_data_collection, SNAPSHOT_ROW",
        "r, last_in_data_collection, SNAPSHOT_ROW",
        "r, last, LAST_SNAPSHOT_ROW",
        "r, incremental, INCREMENTAL_ROW",
        "c, false, UPSERT",
        "u, false, UPDATE"
    })
    void tellsSnapshotsFromTheLog(String op, String state, Kind kind) {
        RowChange change = change(member(op, null, ROW).snapshot(state));

        assertThat(change.kind()).isEqualTo(kind);
        boolean snapshot = kind == Kind.SNAPSHOT_ROW || kind == Kind.LAST_SNAPSHOT_ROW;
        assertThat(change.snapshotId()).isEqualTo(snapshot ? 0x1_6B37_4D48L : 0);
    }

    @Test
    void recordsThatCarryNoRowAreNotApplicable() {
        assertThat(change(Envelopes.record(TOPIC, "c", "public.other", null, "{'x':1}")
                                .at("2026-11-01T00:00:00Z")
                                .lsn(5))
                        .kind())
                .isEqualTo(Kind.NOT_APPLICABLE);
        assertThat(change(member("m", null, null)).kind()).isEqualTo(Kind.NOT_APPLICABLE);
        for (String text : List.of(
                "{\"status\":\"BEGIN\",\"id\":\"571:53195829\",\"event_count\":null,\"data_collections\":null,\"ts_ms\":1}",
                "{\"ts_ms\":1790000000000}",
                "{\"source\":{\"name\":\"cdc.iron-gym.gym\"},\"ts_ms\":1,\"databaseName\":\"gym\",\"ddl\":null,"
                        + "\"tableChanges\":[]}")) {
            assertThat(decode(text.getBytes(StandardCharsets.UTF_8)).change().kind())
                    .isEqualTo(Kind.NOT_APPLICABLE);
        }
    }

    @Test
    void truncatesAndHeartbeatsAreKnown() {
        assertThat(change(member("t", null, null)).kind()).isEqualTo(Kind.TRUNCATE);
        assertThat(change(Envelopes.record(TOPIC, "u", "public.heartbeat", null, "{'id':1}")
                                .at("2026-11-01T00:00:00Z")
                                .lsn(5))
                        .kind())
                .isEqualTo(Kind.HEARTBEAT);
    }

    @Test
    void poisonIsRefusedWithAReason() {
        assertThat(reason((byte[]) null)).isEqualTo("null-value");
        assertThat(reason(new byte[0])).isEqualTo("not-an-envelope");
        assertThat(reason("hello")).isEqualTo("not-json");
        assertThat(reason("\"hello\"")).isEqualTo("not-an-envelope");
        assertThat(reason("[]")).isEqualTo("not-an-envelope");
        assertThat(reason("{}")).isEqualTo("not-an-envelope");
        assertThat(reason(new byte[1 << 20])).isEqualTo("not-json");
        assertThat(reason("{\"a\":".repeat(10_000))).isEqualTo("beyond-limits");
        assertThat(reason("{\"op\":\"c\",\"op\":\"d\"}")).isEqualTo("duplicate-key");
        byte[] whole = member("c", null, ROW).bytes();
        assertThat(reason(Arrays.copyOf(whole, whole.length - 9))).isEqualTo("truncated-json");
        assertThat(reason(new String(whole, StandardCharsets.UTF_8) + "x")).isEqualTo("trailing-garbage");
        assertThat(reason(new String(whole, StandardCharsets.UTF_8) + "{}")).isEqualTo("trailing-garbage");
        assertThat(reason(new String(whole, StandardCharsets.UTF_8).replace("a/b%", "\\ud800")))
                .isEqualTo("invalid-text");
        assertThat(reason(new String(whole, StandardCharsets.UTF_8).replace("a/b%", "\\u0000")))
                .isEqualTo("invalid-text");
        assertThat(reason(new String(whole, StandardCharsets.UTF_8).replace("1.5", "[\"\\u0000\"]")))
                .isEqualTo("invalid-text");
    }

    @Test
    void whatIsNoEnvelopeOfThisSourceIsRefused() {
        assertThat(reasonAfter(record -> record.root().put("op", "x"))).isEqualTo("unknown-op");
        assertThat(reasonAfter(record -> record.root().put("op", 1))).isEqualTo("wrong-type");
        assertThat(reasonAfter(record -> record.root().remove("op"))).isEqualTo("missing-op");
        assertThat(reasonAfter(record -> record.root().remove("source"))).isEqualTo("missing-source");
        assertThat(reasonAfter(record -> record.root().put("source", "x"))).isEqualTo("wrong-type");
        assertThat(reasonAfter(record -> record.root().put("after", 1))).isEqualTo("wrong-type");
        assertThat(reasonAfter(record -> record.root().put("transaction", 1))).isEqualTo("wrong-type");
        assertThat(reasonAfter(record -> record.root().putNull("after"))).isEqualTo("missing-row");
        assertThat(reasonAfter(record -> record.source().put("name", "cdc.other.gym")))
                .isEqualTo("foreign-operator");
        assertThat(reasonAfter(record -> record.source().remove("name"))).isEqualTo("foreign-operator");
        assertThat(reasonAfter(record -> record.source().remove("table"))).isEqualTo("missing-table");
        assertThat(reasonAfter(record -> record.source().remove("lsn"))).isEqualTo("missing-log-position");
        assertThat(reasonAfter(record -> record.lsn(0))).isEqualTo("missing-log-position");
        assertThat(reasonAfter(record -> record.source().put("lsn", "1"))).isEqualTo("wrong-type");
        assertThat(reasonAfter(record -> record.source().put("snapshot", "maybe")))
                .isEqualTo("unknown-snapshot-state");
        assertThat(reason(member("d", null, null).bytes())).isEqualTo("missing-row");
        assertThat(reason(member("c", null, "{'id':1}").bytes())).isEqualTo("missing-key");
        assertThat(reason(member("c", null, "{'branch':null,'id':1}").bytes())).isEqualTo("missing-key");
        assertThat(decoder.decode(
                                "cdc.other.gym",
                                0,
                                1,
                                APPENDED,
                                null,
                                member("c", null, ROW).bytes())
                        .reject()
                        .reason())
                .isEqualTo("foreign-operator");
    }

    @Test
    void aDeletionWhoseKeyWasNotLoggedIsOfNoRow() {
        String invented = "{'branch':'a','id':0}";
        assertThat(deletion(invented, "{\"branch\":\"a\"}")).isEqualTo("key-not-logged");
        assertThat(deletion(invented, "{\"schema\":{\"type\":\"struct\"},\"payload\":{\"branch\":\"a\"}}"))
                .isEqualTo("key-not-logged");
        assertThat(deletion("{'branch':'','id':7}", "{\"id\":7}")).isEqualTo("key-not-logged");
        assertThat(deletion(invented, "{\"branch\":\"a\",\"id\":0}"))
                .as("0 may be a key")
                .isEqualTo("DELETE a/0");
        assertThat(deletion(invented, "{\"schema\":{},\"payload\":{\"branch\":\"a\",\"id\":0}}"))
                .isEqualTo("DELETE a/0");
        assertThat(deletion("{'branch':'a','id':7}", "{\"branch\":\"a\"}"))
                .as("nobody invents a 7")
                .isEqualTo("DELETE a/7");
        assertThat(deletion(invented, null)).as("of which nothing can be said").isEqualTo("DELETE a/0");
    }

    private String deletion(String before, String key) {
        byte[] keyBytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        byte[] value = member("d", before, null).bytes();
        Decoded first = decoder.decode(TOPIC, 0, 42, APPENDED, keyBytes, value);
        // The second is read as one that looks like the first.
        Decoded again = decoder.decode(TOPIC, 0, 42, APPENDED, keyBytes, value);
        Decoded byAnyParser = decoder.decodeAnything(TOPIC, 0, 42, APPENDED, keyBytes, value);
        assertThat(List.of(words(again), words(byAnyParser))).containsOnly(words(first));
        return words(first);
    }

    private static String words(Decoded decoded) {
        return decoded.rejected()
                ? decoded.reject().reason()
                : decoded.change().kind() + " " + decoded.change().rowKey();
    }

    @Test
    void commitTimesThatCannotBeAreRefused() {
        assertThat(reasonAfter(record -> times(record, 0L))).isEqualTo("implausible-commit-time");
        assertThat(reasonAfter(record -> times(record, -5L))).isEqualTo("implausible-commit-time");
        assertThat(reasonAfter(record -> record.source().put("ts_ns", Long.MAX_VALUE)))
                .isEqualTo("implausible-commit-time");
        assertThat(reasonAfter(record -> record.at("2026-11-23T00:00:00.001Z"))).isEqualTo("implausible-commit-time");
        assertThat(change(member("c", null, ROW).at("2026-11-23T00:00:00Z")).kind())
                .isEqualTo(Kind.UPSERT);
        assertThat(reasonAfter(record -> {
                    record.source().remove(List.of("ts_ms", "ts_us", "ts_ns"));
                }))
                .isEqualTo("missing-commit-time");
        assertThat(reasonAfter(
                        record -> record.source().put("ts_ns", new java.math.BigInteger("99999999999999999999999"))))
                .isEqualTo("wrong-type");
    }

    private static void times(Envelopes.Record record, long time) {
        record.source().put("ts_ms", time).put("ts_us", time).put("ts_ns", time);
    }

    @Test
    void nothingOfAnUntokenisedIdentifierIsKept() {
        for (String value : List.of(
                "'13800138000'",
                "13800138000",
                "''",
                "'t1:member-no:k1:trim,upper:0123'",
                "'T" + TOKEN.substring(1) + "'",
                "['" + TOKEN + "']")) {
            Decoded decoded = decode(member("c", null, "{'branch':'a','id':1,'member_no':" + value + "}")
                    .bytes());

            assertThat(decoded.reject().reason()).isEqualTo("untokenised-identifier");
            assertThat(decoded.toString()).doesNotContain("138");
        }
        assertThat(reason(member("c", null, "{'branch':'a','id':1,'photo':'/9j/4AAQSkZJRg=='}")
                        .bytes()))
                .isEqualTo("undescribed-image");
    }
}
