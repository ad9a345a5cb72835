package org.faceaudit.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.debezium.spi.converter.CustomConverter.Converter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonTokenConverterTest {
    private static final String KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddee01";
    private static final String COLUMNS = """
            public.member.id_card:id-card:idcard;
            public.member.phone:phone:trim,digits; public.member.id:local-id:none;
            public.face_*.person:member-no:upper
            """;

    private static PersonTokenConverter converter(String columns) {
        PersonTokenConverter converter = new PersonTokenConverter();
        converter.configure(FakeColumn.properties("key.secret", KEY, "key.id", "k1", "columns", columns));
        return converter;
    }

    private static Converter column(String name) {
        return FakeColumn.text("public.member", name)
                .converterOf(converter(COLUMNS))
                .orElseThrow();
    }

    private static String expected(String message) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(HexFormat.of().parseHex(KEY), "HmacSHA256"));
        return HexFormat.of()
                .formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)))
                .substring(0, 32);
    }

    @Test
    void aTokenIsAKeyedHashOfKindNormalisationAndValue() throws Exception {
        assertThat(column("id_card").convert(" 110105491231002"))
                .isEqualTo("t1:id-card:k1:idcard:" + expected("t1\nid-card\nidcard\n11010519491231002X"));
        assertThat(column("phone").convert("138 0013 8000"))
                .isEqualTo("t1:phone:k1:trim,digits:" + expected("t1\nphone\ntrim,digits\n13800138000"));
    }

    @Test
    void aTokenStaysTheSameFromReleaseToRelease() {
        // Computed with openssl: printf 't1\nphone\ntrim,digits\n13800138000' | openssl dgst -sha256 -mac HMAC -macopt
        // hexkey:…
        assertThat(column("phone").convert("13800138000"))
                .isEqualTo("t1:phone:k1:trim,digits:cc4498f8b38e518d3a21324bb5891795");
    }

    @Test
    void aChangedKeyGivesTokensThatCompareWithNoneOfTheOldOnes() {
        PersonTokenConverter changed = new PersonTokenConverter();
        changed.configure(
                FakeColumn.properties("key.secret", KEY.replace("0011", "1100"), "key.id", "k2", "columns", COLUMNS));
        Object before = column("phone").convert("13800138000");
        Object after = FakeColumn.text("public.member", "phone")
                .converterOf(changed)
                .orElseThrow()
                .convert("13800138000");

        assertThat(after.toString()).startsWith("t1:phone:k2:trim,digits:");
        assertThat(after.toString().replaceAll(".*:", ""))
                .isNotEqualTo(before.toString().replaceAll(".*:", ""));
    }

    @Test
    void twoKindsNeverMeet() {
        String columns =
                "public.member.a:phone:digits;public.member.b:member-no:digits;public.member.c:phone:trim,digits";
        PersonTokenConverter converter = converter(columns);
        assertThat(List.of("a", "b", "c"))
                .extracting(name -> FakeColumn.text("public.member", name)
                        .converterOf(converter)
                        .orElseThrow()
                        .convert("13800138000")
                        .toString()
                        .replaceAll(".*:", ""))
                .doesNotHaveDuplicates();
    }

    @Test
    void nullStaysNullAndNothingLeftIsEmpty() {
        assertThat(column("phone").convert(null)).isNull();
        assertThat(column("phone").convert("")).isEqualTo("t1:phone:k1:trim,digits:empty");
        assertThat(column("phone").convert("无")).isEqualTo("t1:phone:k1:trim,digits:empty");
        // As a char(18) column says that nobody filled it in.
        assertThat(new PersonToken("id-card", Normalisation.parse("none"), TokenKey.parse("k1", KEY))
                        .of(" ".repeat(18)))
                .isEqualTo("t1:id-card:k1:none:empty");
    }

    @Test
    void oneValueHasOneTokenWhateverItsJavaType() {
        Converter id = column("id");
        assertThat(List.of(
                        42L,
                        42,
                        (short) 42,
                        (byte) 42,
                        "42",
                        42.0,
                        42f,
                        BigInteger.valueOf(42),
                        new BigDecimal("42.00")))
                .extracting(id::convert)
                .containsOnly(id.convert("42"));
        assertThat(id.convert(new BigDecimal("1.10E+2"))).isEqualTo(id.convert("110"));

        UUID uuid = UUID.fromString("0b5a3f2e-8f77-4a1c-9d7e-1234567890ab");
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
        Converter binary = FakeColumn.bytes("public.member", "id")
                .converterOf(converter(COLUMNS))
                .orElseThrow();
        assertThat(binary.convert(bytes))
                .isEqualTo(binary.convert(ByteBuffer.wrap(bytes)))
                .isEqualTo(id.convert(uuid))
                .isEqualTo(id.convert(uuid.toString()));
        assertThat(binary.convert(new byte[] {0x0A, (byte) 0xFF})).isEqualTo(id.convert("0aff"));
    }

    @Test
    void textFromTheBinlogIsReadInItsCharacterSet() {
        PersonTokenConverter converter = converter("gym.member.name:free-text:trim");
        FakeColumn gbk = new FakeColumn("gym.member", "name", Types.VARCHAR, "VARCHAR", "gbk");
        FakeColumn utf8 = new FakeColumn("gym.member", "name", Types.VARCHAR, "VARCHAR", "utf8mb4");
        Object expected = gbk.converterOf(converter).orElseThrow().convert("张三");
        assertThat(gbk.converterOf(converter).orElseThrow().convert("张三".getBytes(Charset.forName("GBK"))))
                .isEqualTo(expected);
        assertThat(utf8.converterOf(converter).orElseThrow().convert("张三".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(expected);

        FakeColumn odd = new FakeColumn("gym.member", "name", Types.VARCHAR, "VARCHAR", "geostd8");
        assertThatThrownBy(() -> odd.converterOf(converter))
                .hasMessage("Column gym.member.name has the character set geostd8, which Java does not know.");
    }

    @Test
    void unsignedNumbersFromTheBinlogAreWhatTheSnapshotSaid() {
        PersonTokenConverter converter = converter("gym.member.id:local-id:none");
        Converter wide = new FakeColumn("gym.member", "id", Types.BIGINT, "BIGINT UNSIGNED", null)
                .converterOf(converter)
                .orElseThrow();
        assertThat(wide.convert(-1L)).isEqualTo(wide.convert(new BigDecimal("18446744073709551615")));
        Converter narrow = new FakeColumn("gym.member", "id", Types.INTEGER, "INT UNSIGNED", null)
                .converterOf(converter)
                .orElseThrow();
        assertThat(narrow.convert(-2)).isEqualTo(narrow.convert(4294967294L));
        Converter medium = new FakeColumn("gym.member", "id", Types.INTEGER, "MEDIUMINT UNSIGNED", null)
                .converterOf(converter)
                .orElseThrow();
        assertThat(medium.convert(-1)).isEqualTo(medium.convert(16777215));
    }

    @Test
    void columnsAreFoundUnderEveryWayOfNamingThem() {
        PersonTokenConverter converter = converter(COLUMNS);
        assertThat(FakeColumn.text("public.member", "phone").converterOf(converter))
                .isPresent();
        assertThat(FakeColumn.text("gym.public.member", "phone").converterOf(converter))
                .isPresent();
        assertThat(FakeColumn.text("PUBLIC.Member", "Phone").converterOf(converter))
                .isPresent();
        assertThat(FakeColumn.text("public.face_07", "person").converterOf(converter))
                .isPresent();
        assertThat(FakeColumn.text("notpublic.member", "phone").converterOf(converter))
                .isEmpty();
        assertThat(FakeColumn.text("public.member", "phone2").converterOf(converter))
                .isEmpty();
        assertThat(FakeColumn.text("public.face_x.y", "person").converterOf(converter))
                .isEmpty();
        assertThat(FakeColumn.text("public.other", "id").converterOf(converter)).isEmpty();
    }

    @Test
    void tablesThatDifferInDigitsAreFoundByThem() {
        PersonTokenConverter converter =
                converter("a.face_{nn}.id:local-id:none; a.log_{yyyyMM}.id:local-id:none; a.脸{n}.id:local-id:none;"
                        + " a.face_old.id:phone:digits");
        for (String table : new String[] {"a.face_07", "db.a.face_07", "a.log_202611", "a.脸117", "a.face_old"}) {
            assertThat(FakeColumn.text(table, "id").converterOf(converter))
                    .as(table)
                    .isPresent();
        }
        for (String table : new String[] {"a.face_7", "a.face_007", "a.log_2026", "a.脸x", "a.脸"}) {
            assertThat(FakeColumn.text(table, "id").converterOf(converter))
                    .as(table)
                    .isEmpty();
        }
    }

    @Test
    void aColumnNamedTwiceFails() {
        PersonTokenConverter converter = converter("a.face_*.id:local-id:none; a.face_1.id:phone:digits");
        assertThatThrownBy(() -> FakeColumn.text("a.face_1", "id").converterOf(converter))
                .hasMessage("Column a.face_1.id is named by several entries: a.face_*.id, a.face_1.id.");
    }

    @Test
    void everythingWrongInTheColumnsIsToldAtOnce() {
        assertThatThrownBy(() -> converter("phone:phone:digits; a.b.c:face:none; a.b.d:phone:odd; a.b.e"))
                .hasMessageContainingAll(
                        "'phone:phone:digits': the column's name needs three parts",
                        "'a.b.c:face:none': 'face' is nothing a token identifies; there are id-card, phone,",
                        "'a.b.d:phone:odd': 'odd' is no normalisation;",
                        "'a.b.e': expected the column's name and 2 part(s) after it");
        assertThatThrownBy(() -> converter(" ")).hasMessage("columns is missing: name the columns to convert.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00112233445566778899aabbccddee",
                "c2hvcnQ=",
                "not!a*key-but-long-enough-to-be-one",
                "${file:/etc/faceaudit/token.properties:token.key}",
                "00000000000000000000000000000000"
            })
    void aBadKeyFailsAtConfigureWithoutShowingIt(String secret) {
        PersonTokenConverter converter = new PersonTokenConverter();
        assertThatThrownBy(() -> converter.configure(
                        FakeColumn.properties("key.secret", secret, "key.id", "k1", "columns", "a.b.c:phone:digits")))
                .hasMessageContaining("token key")
                .hasNoCause()
                .extracting(Throwable::getMessage)
                .satisfies(message -> {
                    assertThat(secret.isEmpty() || !message.contains(secret)).isTrue();
                    assertThat(message).endsWith(".").doesNotContain("\n");
                });
    }

    @Test
    void theKeyIsNotTakenFromAPropertyThatDebeziumPrints() {
        PersonTokenConverter converter = new PersonTokenConverter();
        assertThatThrownBy(() -> converter.configure(
                        FakeColumn.properties("key", KEY, "key.id", "k1", "columns", "a.b.c:phone:none")))
                .hasMessage("Give the token key as 'key.secret': Debezium prints a property named 'key' in its log.");
    }

    @Test
    void hexadecimalAndBase64SayTheSameKey() {
        byte[] bytes = HexFormat.of().parseHex(KEY);
        PersonToken hex = new PersonToken("phone", Normalisation.parse("none"), TokenKey.parse("k1", KEY));
        for (String secret : List.of(
                Base64.getEncoder().encodeToString(bytes),
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
                KEY.toUpperCase(Locale.ROOT) + "\n")) {
            PersonToken other = new PersonToken("phone", Normalisation.parse("none"), TokenKey.parse("k1", secret));
            assertThat(other.of("1")).isEqualTo(hex.of("1"));
        }
        assertThatThrownBy(() -> TokenKey.parse("K 1", KEY)).hasMessageStartingWith("The key id must be");
        assertThatThrownBy(() -> TokenKey.parse(null, KEY)).hasMessageStartingWith("The key id must be");
    }

    @Test
    void nothingShowsAValueOrTheKey() {
        TokenKey key = TokenKey.parse("k1", KEY);
        assertThat(key.toString() + new PersonToken("phone", Normalisation.parse("digits"), key))
                .contains("TokenKey[k1]")
                .doesNotContain(KEY.substring(0, 8));

        LocalDate secret = LocalDate.parse("1949-12-31");
        assertThatThrownBy(() -> column("id").convert(secret))
                .isInstanceOf(DataException.class)
                .hasMessage("Column public.member.id delivered a java.time.LocalDate: no identifier is of that type.")
                // What Debezium shows in the state of the failed task is the cause alone.
                .hasRootCauseMessage(
                        "Column public.member.id delivered a java.time.LocalDate: no identifier is of that type.");
        assertThatThrownBy(() -> column("id").convert(true)).hasMessageContaining("java.lang.Boolean");
        assertThatThrownBy(() -> column("id").convert(List.of("13800138000")))
                .isInstanceOf(DataException.class)
                .hasMessageNotContaining("13800138000");
    }
}
