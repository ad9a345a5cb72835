package org.faceaudit.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.debezium.config.CommonConnectorConfig.EventConvertingFailureHandlingMode;
import io.debezium.config.Configuration;
import io.debezium.connector.postgresql.UnchangedToastedReplicationMessageColumn;
import io.debezium.converters.custom.CustomConverterServiceProvider;
import io.debezium.data.SpecialValueDecimal;
import io.debezium.jdbc.JdbcValueConverters;
import io.debezium.relational.Column;
import io.debezium.relational.ColumnEditor;
import io.debezium.relational.CustomConverterRegistry;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.TableSchema;
import io.debezium.relational.TableSchemaBuilder;
import io.debezium.schema.FieldNameSelector;
import io.debezium.schema.SchemaNameAdjuster;
import io.debezium.schema.SchemaTopicNamingStrategy;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.postgresql.jdbc.PgArray;
import org.postgresql.util.PGobject;

/** What Debezium itself, not our idea of it, does with the converters. */
class DebeziumContractTest {
    private static final Map<String, String> CONNECTOR = Map.of(
            "converters", "token,image",
            "token.type", "org.faceaudit.capture.PersonTokenConverter",
            "token.key.secret", "00112233445566778899aabbccddeeff",
            "token.key.id", "k1",
            "token.columns", "public.member.card:id-card:idcard;public.member.phone:phone:digits",
            "image.type", "org.faceaudit.capture.ImageDescriptorConverter",
            "image.columns", "public.member.photo:bytes;public.member.face:template");

    private static TableSchema member() {
        CustomConverterRegistry registry =
                new CustomConverterServiceProvider().createService(Configuration.from(CONNECTOR), null);
        Properties naming = new Properties();
        naming.setProperty("topic.prefix", "cdc");
        TableSchemaBuilder builder = new TableSchemaBuilder(
                new JdbcValueConverters(),
                (column, expression) -> Optional.of(expression),
                SchemaNameAdjuster.NO_OP,
                registry,
                SchemaBuilder.struct().name("source").build(),
                SchemaBuilder.struct().name("transaction").build(),
                FieldNameSelector.defaultSelector(SchemaNameAdjuster.NO_OP),
                false,
                EventConvertingFailureHandlingMode.FAIL);
        return builder.create(new SchemaTopicNamingStrategy(naming), memberTable(), null, null, null);
    }

    private static Table memberTable() {
        return Table.editor()
                .tableId(new TableId("", "public", "member"))
                .addColumns(
                        column("card", Types.VARCHAR, "varchar").optional(false).create(),
                        column("phone", Types.VARCHAR, "varchar")
                                .defaultValueExpression("13800138000")
                                .create(),
                        column("photo", Types.BINARY, "bytea")
                                .defaultValueExpression("")
                                .create(),
                        column("face", Types.ARRAY, "_float8").create(),
                        column("note", Types.VARCHAR, "varchar").create())
                .setPrimaryKeyNames("card")
                .create();
    }

    private static ColumnEditor column(String name, int jdbcType, String type) {
        return Column.editor().name(name).jdbcType(jdbcType).type(type, type).optional(true);
    }

    @Test
    void keysAndValuesCarryTheSameTokens() {
        TableSchema schema = member();
        Object[] row = {"110105491231002", "138 0013 8000", new byte[] {-1, -40, -1, 0}, null, "plain"};
        Struct key = schema.keyFromColumnData(row);
        Struct value = schema.valueFromColumnData(row);
        assertThat(key.getString("card")).startsWith("t1:id-card:k1:idcard:").isEqualTo(value.getString("card"));
        assertThat(value.getString("phone")).matches("t1:phone:k1:digits:[0-9a-f]{32}");
        assertThat(value.getString("photo")).isEqualTo("d1:present:image/jpeg:1k");
        assertThat(value.getString("face")).isNull();
        assertThat(value.getString("note")).isEqualTo("plain");
    }

    @Test
    void aColumnsDefaultNeverTakesThePlaceOfNull() {
        TableSchema schema = member();
        for (String name : List.of("card", "phone", "photo", "face")) {
            Schema field = schema.valueSchema().field(name).schema();
            assertThat(field.isOptional()).as(name).isTrue();
            assertThat(field.defaultValue()).as(name).isNull();
        }
        Struct value = schema.valueFromColumnData(new Object[] {"1", null, null, null, null});
        assertThat(value.get("phone")).isNull();
        assertThat(value.get("photo")).isNull();
    }

    @Test
    void everySentinelOfAnUnchangedValueIsThePlaceholder() throws Exception {
        TableSchema schema = member();
        int sentinels = 0;
        for (var field : UnchangedToastedReplicationMessageColumn.class.getFields()) {
            if (!Modifier.isStatic(field.getModifiers()) || field.getType() != Object.class) {
                continue;
            }
            sentinels++;
            Object sentinel = field.get(null);
            Struct value = schema.valueFromColumnData(new Object[] {sentinel, sentinel, sentinel, sentinel, "x"});
            for (String name : List.of("card", "phone", "photo", "face")) {
                assertThat(value.getString(name)).as(field.getName()).isEqualTo("__debezium_unavailable_value");
            }
        }
        assertThat(sentinels).isEqualTo(7);
    }

    @Test
    void thePlaceholdersOtherFormsAreRecognisedAndNothingElse() {
        byte[] bytes = Unavailable.PLACEHOLDER.getBytes(StandardCharsets.UTF_8);
        String uuid = UUID.nameUUIDFromBytes(bytes).toString();
        List<Integer> ints = new ArrayList<>();
        List<Long> longs = new ArrayList<>();
        for (byte b : bytes) {
            ints.add((int) b);
            longs.add((long) b);
        }
        assertThat(List.of(
                        Unavailable.PLACEHOLDER,
                        bytes,
                        ByteBuffer.wrap(bytes),
                        List.of(Unavailable.PLACEHOLDER),
                        List.of(bytes),
                        List.of(uuid),
                        UUID.fromString(uuid),
                        ints,
                        longs,
                        Map.of(Unavailable.PLACEHOLDER, Unavailable.PLACEHOLDER)))
                .allMatch(Unavailable::is);
        assertThat(Arrays.asList(
                        "", "x", new byte[0], List.of(), List.of("x"), Map.of("a", "b"), 0, null, Instant.EPOCH))
                .noneMatch(Unavailable::is);
    }

    @Test
    void aValueOfAnUnexpectedTypeStopsTheTaskWithoutShowingIt() {
        TableSchema schema = member();
        Object[] row = {"1", Instant.parse("1949-12-31T00:00:00Z"), null, null, null};
        assertThatThrownBy(() -> schema.valueFromColumnData(row))
                .hasStackTraceContaining(
                        "Column public.member.phone delivered a java.time.Instant: no identifier is of that type.")
                .satisfies(failure -> {
                    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                        assertThat(cause.getMessage()).doesNotContain("1949");
                    }
                });
    }

    @Test
    void debeziumMasksTheKeyInItsLog() {
        assertThat(Configuration.from(CONNECTOR).withMaskedPasswords().getString("token.key.secret"))
                .isEqualTo("********");
    }

    @Test
    void snapshotAndStreamGiveOneTextForDebeziumsAndTheDriversOwnTypes() throws SQLException {
        PersonTokenConverter tokens = new PersonTokenConverter();
        tokens.configure(FakeColumn.properties(
                "key.secret", "00112233445566778899aabbccddeeff", "key.id", "k1", "columns", "a.b.c:local-id:none"));
        var token = FakeColumn.text("a.b", "c").converterOf(tokens).orElseThrow();
        PGobject citext = new PGobject();
        citext.setType("citext");
        citext.setValue("42");
        assertThat(List.of(new SpecialValueDecimal(new BigDecimal("42.0")), citext, 42L))
                .extracting(token::convert)
                .containsOnly(token.convert("42"));
        assertThat(token.convert(SpecialValueDecimal.NOT_A_NUMBER)).isEqualTo(token.convert("NaN"));

        ImageDescriptorConverter images = new ImageDescriptorConverter();
        images.configure(FakeColumn.properties("columns", "a.b.c:template"));
        var template = FakeColumn.bytes("a.b", "c").converterOf(images).orElseThrow();
        assertThat(template.convert(new PgArray(null, 1022, "{" + "0.125,".repeat(128) + "1}")))
                .isEqualTo("d1:present:template:4k");
        assertThat(template.convert(new PgArray(null, 1022, "{}"))).isEqualTo("d1:empty:template:-");
        PGobject vector = new PGobject();
        vector.setType("vector");
        vector.setValue("[1,2,3]");
        assertThat(template.convert(vector)).isEqualTo(template.convert("[1,2,3]"));
    }
}
