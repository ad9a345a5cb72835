package org.faceaudit.intake.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.HeartbeatPromise;
import org.faceaudit.intake.Envelopes;
import org.faceaudit.intake.mapping.ColumnForm;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.rows.RowChange;
import org.junit.jupiter.api.Test;

/** Records that look like earlier ones are read by their form, and say what they say to whoever reads them name by name. */
class FamiliarRecordsTest {

    private static final String TOPIC = "cdc.op.faces";
    private static final long APPENDED = 1_795_000_000_000L;
    private static final String TOKEN = "t1:id-card:k1:idcard:0123456789abcdef0123456789abcdef";
    private static final List<String> COLUMNS = List.of("id", "token", "day", "image", "note");

    private static final Mapping MAPPING = new Mapping(
            "op",
            "faces",
            ZoneId.of("Asia/Shanghai"),
            "k1",
            "public.beat",
            HeartbeatPromise.UNSPOKEN,
            List.of(
                    table("public.face"),
                    table("public.other"),
                    new MappedTable(
                            "public.stay",
                            List.of("branch", "id"),
                            List.of(),
                            List.of(),
                            Map.of("branch", ColumnForm.PLAIN, "id", ColumnForm.PLAIN))),
            "v");

    private final Map<String, RowColumns> columns = new HashMap<>();
    private final FamiliarRecords familiar;
    private final EnvelopeDecoder decoder = new EnvelopeDecoder(MAPPING);
    private int offset;

    FamiliarRecordsTest() {
        MAPPING.tablesByName().forEach((name, table) -> columns.put(name, new RowColumns(table)));
        familiar = new FamiliarRecords(MAPPING, columns);
    }

    private static MappedTable table(String name) {
        return new MappedTable(
                name,
                List.of("id"),
                List.of(),
                List.of(),
                Map.of(
                        "id", ColumnForm.PLAIN,
                        "token", ColumnForm.token("id-card", "idcard"),
                        "day", ColumnForm.DATE,
                        "image", ColumnForm.descriptor("template"),
                        "note", ColumnForm.PLAIN));
    }

    /** A row of which all values but some are the usual ones. */
    private static String row(String... columnsAndValues) {
        Map<String, String> values = new HashMap<>(Map.of(
                "id",
                "7",
                "token",
                "'" + TOKEN + "'",
                "day",
                "20700",
                "image",
                "'d1:present:image/jpeg:le-4k'",
                "note",
                "'a'"));
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            values.put(columnsAndValues[i], columnsAndValues[i + 1]);
        }
        List<String> members = new ArrayList<>();
        COLUMNS.forEach(column -> members.add("'" + column + "':" + values.get(column)));
        return "{" + String.join(",", members) + ",'unmapped':'anything'}";
    }

    private static Envelopes.Record record(String op, String table, String before, String after) {
        return Envelopes.record(TOPIC, op, table, before, after)
                .at("2026-11-01T02:03:04.567Z")
                .lsn(4_000_000_000L)
                .tx(700);
    }

    private static Envelopes.Record insert(String... columnsAndValues) {
        return record("c", "public.face", null, row(columnsAndValues));
    }

    /** What the forms learnt so far make of a record; {@code null} if it is for others. */
    private Decoded byForm(byte[] record) {
        ChangeInPlace inPlace = familiar.read(TOPIC, 0, ++offset, APPENDED, null, record);
        Decoded plain = decoder.decodeAnything(TOPIC, 0, offset, APPENDED, null, record);
        if (inPlace == null) {
            return null;
        }
        assertThat(ToldInPlace.told(inPlace)).isEqualTo(plain.change());
        Decoded read = Decoded.of(inPlace.change(), inPlace.lacking());
        assertThat(read).isEqualTo(plain);
        assertThat(plain).isEqualTo(read);
        return read;
    }

    private void learn(Envelopes.Record... records) {
        for (Envelopes.Record record : records) {
            EnvelopeDecoder.Place place = new EnvelopeDecoder.Place(TOPIC, 0, ++offset, APPENDED);
            familiar.learn(
                    place, record.bytes(), decoder.decodeAnything(TOPIC, 0, offset, APPENDED, null, record.bytes()));
        }
    }

    /** With a value exactly as it is spelled. */
    private static byte[] spelled(String column, String json) {
        String text = new String(insert(column, "'###'").bytes(), StandardCharsets.UTF_8);
        return text.replace("\"###\"", json.replace('\'', '"')).getBytes(StandardCharsets.UTF_8);
    }

    private FieldValue value(String column, String json) {
        Decoded decoded = byForm(spelled(column, json));
        assertThat(decoded).as("%s %s", column, json).isNotNull();
        return decoded.change().fields().get(column);
    }

    @Test
    void aRecordIsReadByTheFormOfAnEarlierOne() {
        assertThat(byForm(insert().bytes())).as("nothing is learnt yet").isNull();
        learn(insert());
        Decoded decoded = byForm(insert("id", "8", "note", "'longer'")
                .lsn(5_000_000_001L)
                .tx(800)
                .bytes());
        assertThat(decoded.change().rowKey()).isEqualTo("8");
        assertThat(decoded.change().fields()).containsEntry("note", FieldValue.present("longer"));
    }

    @Test
    void everyScalarIsWhatItIsToTheGeneralParser() {
        learn(insert());
        assertThat(value("note", "null")).isEqualTo(FieldValue.ABSENT);
        assertThat(value("note", "true")).isEqualTo(FieldValue.present("true"));
        assertThat(value("note", "false")).isEqualTo(FieldValue.present("false"));
        assertThat(value("note", "-0")).isEqualTo(FieldValue.present("0"));
        assertThat(value("note", "12.50")).isEqualTo(FieldValue.present("12.5"));
        assertThat(value("note", "-0.0")).isEqualTo(FieldValue.present("0"));
        assertThat(value("note", "12345678901234567890123")).isEqualTo(FieldValue.present("12345678901234567890123"));
        assertThat(value("note", "'人脸'")).isEqualTo(FieldValue.present("人脸"));
        assertThat(value("note", "'__debezium_unavailable_value'")).isEqualTo(FieldValue.UNCHANGED);
        assertThat(value("day", "20701")).isEqualTo(FieldValue.present("2026-09-05"));
        assertThat(value("day", "-1")).isEqualTo(FieldValue.present("1969-12-31"));
        assertThat(value("day", "99999999999")).isEqualTo(FieldValue.present("99999999999"));
        assertThat(value("day", "2147483648")).isEqualTo(FieldValue.present("2147483648"));
        assertThat(value("day", "1.50")).isEqualTo(FieldValue.present("1.5"));
        assertThat(value("day", "'2026-02-01Z'")).isEqualTo(FieldValue.present("2026-02-01"));
        assertThat(value("day", "'soon'")).isEqualTo(FieldValue.present("soon"));
        assertThat(value("token", "'t1:id-card:k1:idcard:empty'")).isEqualTo(FieldValue.ABSENT);
        assertThat(value("token", "'t1:id-card:k2:idcard:0123456789abcdef0123456789abcdee'")
                        .text())
                .endsWith("cdee");
        assertThat(value("image", "'d1:empty:image/png:0'")).isEqualTo(FieldValue.present("d1:empty:image/png:0"));
    }

    @Test
    void whatADayMayCarryBehindItIsLeftOut() {
        learn(insert());
        for (String zone : List.of("", "Z", "+08:00", "-0330", "+0800")) {
            assertThat(value("day", "'2026-02-01" + zone + "'")).isEqualTo(FieldValue.present("2026-02-01"));
        }
        for (String other : List.of(
                "2026-02-01ZZ",
                "2026-02-01+08",
                "2026-02-01+08.00",
                "2026-02-01+08:0",
                "2026-02-01 0800",
                "2026-02-1",
                "2026/02/01",
                "12026-02-01",
                "2026-02-01T00:00:00Z")) {
            assertThat(value("day", "'" + other + "'")).isEqualTo(FieldValue.present(other));
        }
    }

    @Test
    void keysAreSpelledAsTheyAreElsewhere() {
        learn(insert());
        for (String id : List.of("''", "'a/b'", "'100%'", "'%2F'", "'%row:0'", "'人脸/7'", "-0", "1.50", "true")) {
            assertThat(byForm(spelled("id", id))).as(id).isNotNull();
        }
        String wide = "%/".repeat(1_000);
        assertThat(byForm(spelled("id", "'" + wide + "'")).change().rowKey()).isEqualTo("%25%2F".repeat(1_000));
    }

    @Test
    void aKeyOfSeveralColumnsIsReadByFormToo() {
        learn(record("c", "public.stay", null, "{'branch':'a','id':7}"));
        for (String row : List.of("{'branch':'','id':7}", "{'branch':'a/b','id':8}", "{'branch':'人%','id':-8}")) {
            assertThat(byForm(record("c", "public.stay", null, row).bytes())).isNotNull();
        }
        assertThat(byForm(record("c", "public.stay", null, "{'branch':null,'id':8}")
                        .bytes()))
                .as("no key")
                .isNull();
    }

    @Test
    void theNextRecordOfAFormIsAnotherReading() {
        learn(insert());
        ChangeInPlace first = familiar.read(TOPIC, 0, 1, APPENDED, null, insert().bytes());
        long reading = first.reading();
        RowChange kept = first.change();
        ChangeInPlace second =
                familiar.read(TOPIC, 0, 2, APPENDED, null, insert("id", "8").bytes());
        assertThat(second.reading()).isNotEqualTo(reading);
        assertThat(second.change().rowKey()).isEqualTo("8");
        assertThat(kept.rowKey()).isEqualTo("7");
        assertThat(kept.fields()).containsEntry("id", FieldValue.present("7"));
        assertThat(kept.position().offset()).isEqualTo(1);
    }

    @Test
    void whateverIsDoubtfulIsForTheGeneralParser() {
        learn(insert());
        assertThat(byForm(spelled("note", "'a\\nb'"))).as("an escape").isNull();
        assertThat(byForm(insert("note", "[1,2]").bytes())).as("an array").isNull();
        assertThat(byForm(spelled("note", "1e5"))).as("an exponent").isNull();
        assertThat(byForm(insert("id", "null").bytes())).as("no key").isNull();
        assertThat(byForm(insert("id", "'__debezium_unavailable_value'").bytes()))
                .as("no key")
                .isNull();
        assertThat(byForm(insert("token", "'110101199003070000'").bytes()))
                .as("no token")
                .isNull();
        assertThat(byForm(insert("token", "'" + TOKEN.replace('f', 'F') + "'").bytes()))
                .as("no token")
                .isNull();
        assertThat(byForm(insert("image", "'/9j/4AAQSkZJRgABAQAA'").bytes()))
                .as("an image")
                .isNull();
        assertThat(byForm(insert("note", "'/9j/4AAQSkZJRgABAQAA'").bytes()))
                .as("an image")
                .isNull();
        assertThat(byForm(insert("note", "'" + "0.25,".repeat(40) + "'").bytes()))
                .as("a vector")
                .isNull();
        assertThat(byForm(insert("note", "'" + "Zm9v".repeat(100) + "'").bytes()))
                .as("base64")
                .isNull();
        assertThat(byForm(insert("note", "'" + "word, ".repeat(4_000) + "'").bytes()))
                .as("long")
                .isNull();
        assertThat(byForm(insert().lsn(0).bytes())).as("no place in the log").isNull();
        assertThat(byForm(insert().at("2199-01-01T00:00:00Z").bytes()))
                .as("ahead of Kafka")
                .isNull();
        assertThat(byForm(insert().snapshot("last").bytes()))
                .as("another kind of change")
                .isNull();
        byte[] whole = insert().bytes();
        for (int length = 0; length < whole.length; length++) {
            assertThat(byForm(Arrays.copyOf(whole, length))).isNull();
        }
    }

    @Test
    void aSpoiltByteIsNeverReadOtherwiseThanByTheGeneralParser() {
        learn(insert(), record("u", "public.face", row("note", "'b'"), row()).order(3));
        for (byte[] sound : List.of(
                insert().bytes(),
                record("u", "public.face", row(), row()).order(4).bytes())) {
            for (int place = 0; place < sound.length; place++) {
                for (int spoilt :
                        new int[] {'"', '\\', '0', '-', '.', 'e', 'n', ',', '}', ' ', 0, 0x1f, 0x80, 0xc3, 0xff}) {
                    byte[] record = sound.clone();
                    record[place] = (byte) spoilt;
                    byForm(record);
                }
            }
        }
    }

    @Test
    void aRowBeforeTheChangePassesTheGateToo() {
        learn(record("u", "public.face", row(), row()));
        assertThat(byForm(record("u", "public.face", row("note", "'b'"), row()).bytes()))
                .isNotNull();
        assertThat(byForm(record("u", "public.face", row("note", "'/9j/4AAQSkZJRgABAQAA'"), row())
                        .bytes()))
                .isNull();
    }

    @Test
    void deletesSnapshotsAndTransactionsHaveTheirOwnForms() {
        Envelopes.Record[] kinds = {
            record("d", "public.face", row(), null),
            record("r", "public.face", null, row()).snapshot("true"),
            record("r", "public.face", null, row()).snapshot("last"),
            record("r", "public.face", null, row()).snapshot("incremental"),
            insert().order(2),
            record("c", "public.face", null, "{'id':7}")
        };
        learn(kinds);
        for (Envelopes.Record kind : kinds) {
            assertThat(byForm(kind.bytes())).isNotNull();
        }
    }

    @Test
    void tablesOfTheSameColumnsAreToldApart() {
        learn(insert(), record("c", "public.other", null, row()));
        for (String table : List.of("public.face", "public.other", "public.other", "public.face", "public.face")) {
            assertThat(byForm(record("c", table, null, row()).bytes()).change().table())
                    .isEqualTo(table);
        }
        assertThat(byForm(record("c", "public.third", null, row()).bytes())).isNull();
        assertThat(byForm(new String(insert().bytes(), StandardCharsets.UTF_8)
                        .replace(TOPIC, "cdc.op.other")
                        .getBytes(StandardCharsets.UTF_8)))
                .isNull();
    }

    @Test
    void recordsThatNeverHaveAFormAreNotWalkedForEver() {
        for (int each = 0; each < 10_000; each++) {
            learn(insert("note", "[]"));
        }
        learn(insert());
        assertThat(byForm(insert().bytes())).isNull();
    }
}
