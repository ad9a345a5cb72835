package org.faceaudit.intake.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.intake.envelope.Members.ROW;
import static org.faceaudit.intake.envelope.Members.TOPIC;
import static org.faceaudit.intake.envelope.Members.level;
import static org.faceaudit.intake.envelope.Members.member;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BiometricGateTest {

    private static final byte[] TEMPLATE = new byte[512];
    private static final String BASE64;
    private static final String VECTOR = DoubleStream.iterate(-0.9, number -> number + 0.0625)
            .limit(32)
            .mapToObj(Double::toString)
            .collect(Collectors.joining(","));

    static {
        new Random(5).nextBytes(TEMPLATE);
        BASE64 = Base64.getEncoder().encodeToString(TEMPLATE);
    }

    private final EnvelopeDecoder decoder = new EnvelopeDecoder(Members.MAPPING);

    private String outcome(byte[] key, byte[] value) {
        Decoded decoded = decoder.decode(TOPIC, 0, 42, Members.APPENDED, key, value);
        if (!decoded.rejected()) {
            return "read";
        }
        assertThat(decoded.reject().sha256()).isEqualTo(Digests.whole(value));
        assertThat(decoded.toString()).doesNotContain(BASE64.substring(0, 12)).doesNotContain("0.8375");
        return decoded.reject().reason();
    }

    private String outcome(String json) {
        return outcome(null, level(json));
    }

    static List<String> leaks() {
        String hex = HexFormat.of().formatHex(TEMPLATE);
        return List.of(
                "unmasked-base64 '" + BASE64 + "'",
                "unmasked-base64 '" + Base64.getUrlEncoder().withoutPadding().encodeToString(TEMPLATE) + "'",
                "unmasked-base64 '"
                        + Base64.getMimeEncoder().encodeToString(TEMPLATE).replace("\r\n", "\\r\\n") + "'",
                "unmasked-base64 '特征:" + BASE64 + "'",
                "unmasked-base64 ['FACE','" + BASE64 + "']",
                "unmasked-base64 {'feature':{'v1':'" + BASE64 + "'}}",
                "unmasked-base64 '" + BASE64.substring(0, 256) + "'",
                // images so small that nothing but their beginning tells
                "unmasked-base64 '/9j/4AAQSkZJRg=='",
                "unmasked-base64 'iVBORw0KGgoAAAANSUhEUg=='",
                "unmasked-base64 'R0lGODlhAQABAAAAACw='",
                "unmasked-base64 'UklGRiQAAABXRUJQVlA4IBgAAAAw'",
                "unmasked-base64 'AAAAGGZ0eXBoZWljAAAAAA=='",
                "unmasked-base64 'data:image/jpeg;base64,/9j/4AAQ'",
                "unmasked-base64 'DATA:;base64,AAAA'",
                "unmasked-bytes '" + hex + "'",
                "unmasked-bytes '" + hex.substring(0, 256) + "'",
                "unmasked-bytes '\\\\x" + hex.substring(0, 16) + "'",
                "unmasked-bytes '0xffd8ffe000104a464946'",
                "unmasked-bytes 'FFD8FFE000104A464946'",
                "unmasked-bytes '\u00ff\u00d8\u00ff\u00e0JFIF'",
                "unmasked-bytes '" + "\ufffd\ufffd?\u0085JFIF ".repeat(8) + "'",
                "unmasked-vector [" + VECTOR + "]",
                "unmasked-vector '[" + VECTOR + "]'",
                "unmasked-vector '{" + VECTOR.replace(",", ", ") + "}'",
                "unmasked-vector '" + VECTOR.replace(",", " ") + "'",
                "unmasked-vector {'model':'arc','feature':[" + VECTOR + "]}",
                "unmasked-vector {'feature':['" + VECTOR.replace(",", "','") + "']}",
                "unmasked-vector ['" + VECTOR.replace(",", "','") + "']",
                "unmasked-vector ["
                        + IntStream.range(-64, 64).mapToObj(Integer::toString).collect(Collectors.joining(",")) + "]",
                "unmasked-vector '1e-3;2E+4;"
                        + VECTOR.replace(",", ";").substring(0, VECTOR.lastIndexOf(",", VECTOR.lastIndexOf(",") - 1))
                        + "'");
    }

    @ParameterizedTest
    @MethodSource("leaks")
    void rawBiometricsInACapturedColumnAreRefused(String leak) {
        int space = leak.indexOf(' ');

        assertThat(outcome(leak.substring(space + 1))).isEqualTo(leak.substring(0, space));
    }

    @Test
    void inEveryCapturedColumnOfEitherImageAndInKeys() {
        String leak = "'" + BASE64 + "'";
        for (String column : List.of("branch", "id", "joined", "level")) {
            String row = ROW.replaceFirst("'" + column + "':('[^']*'|[0-9.]+)", "'" + column + "':" + leak);
            assertThat(row).contains(leak);
            assertThat(outcome(null, member("c", null, row).bytes())).as(column).isEqualTo("unmasked-base64");
            assertThat(outcome(null, member("r", null, row).snapshot("true").bytes()))
                    .isEqualTo("unmasked-base64");
            assertThat(outcome(null, member("u", row, ROW).bytes())).as(column).isEqualTo("unmasked-base64");
            assertThat(outcome(null, member("d", row, null).bytes())).as(column).isEqualTo("unmasked-base64");
        }
        for (String column : List.of("member_no", "photo")) {
            String row = ROW.replaceFirst("'" + column + "':'[^']*'", "'" + column + "':" + leak);
            assertThat(outcome(null, member("c", null, row).bytes())).startsWith("un");
            assertThat(outcome(null, member("u", row, ROW).bytes())).isEqualTo("unmasked-base64");
            assertThat(outcome(null, member("d", row, null).bytes())).isEqualTo("unmasked-base64");
        }
        byte[] sound = member("c", null, ROW).bytes();
        assertThat(outcome(("{\"photo\":\"" + BASE64 + "\"}").getBytes(StandardCharsets.UTF_8), sound))
                .isEqualTo("unmasked-base64");
        assertThat(outcome(("{\"feature\":[" + VECTOR + "]}").getBytes(StandardCharsets.UTF_8), sound))
                .isEqualTo("unmasked-vector");
        assertThat(outcome(TEMPLATE, sound)).startsWith("unmasked-");
        assertThat(outcome("{\"branch\":\"a/b%\",\"id\":7}".getBytes(StandardCharsets.UTF_8), sound))
                .isEqualTo("read");
    }

    @Test
    void theImagesMayComeInAnyOrder() {
        String text = new String(member("u", ROW, ROW).bytes(), StandardCharsets.UTF_8);
        int after = text.indexOf("\"after\"");
        String before = text.substring(1, after);
        String swapped =
                "{" + text.substring(after, text.length() - 1) + "," + before.substring(0, before.length() - 1) + "}";

        assertThat(outcome(null, swapped.getBytes(StandardCharsets.UTF_8))).isEqualTo("read");
        assertThat(outcome(
                        null,
                        swapped.substring(0, swapped.length() - 60)
                                .concat(swapped.substring(swapped.length() - 60).replace("1.5", "\"" + BASE64 + "\""))
                                .getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("unmasked-base64");
    }

    @Test
    void aColumnThatNobodyCapturesIsNotReadAtAll() {
        assertThat(outcome(
                        null,
                        member("c", null, ROW.replace("not captured", BASE64)).bytes()))
                .isEqualTo("read");
        assertThat(outcome(
                        null,
                        member("u", ROW.replace("not captured", BASE64), ROW).bytes()))
                .isEqualTo("read");
    }

    @Test
    void whatTheLogDoesNotCarryIsNoLeakInAnyColumn() {
        String unchanged = "'__debezium_unavailable_value'";
        assertThat(outcome(unchanged)).isEqualTo("read");
        assertThat(outcome(
                        null, member("u", ROW.replace("1.50", unchanged), ROW).bytes()))
                .isEqualTo("read");
        // What Debezium invents where it knows nothing is none either.
        assertThat(outcome(
                        null,
                        member("d", "{'branch':'a','id':7,'member_no':'','photo':''}", null)
                                .bytes()))
                .isEqualTo("read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'北京市朝阳区建国路八十八号院九号楼一单元,北门、南门与地下车库三处均可通行,另设人工核验通道一处,全天开放'",
                "'https://photos.example.com/2026/11/26/0b5a3f2e-8f77-4a1c-9d7e-1234567890ab.jpg?sig=aGVsbG8gd29ybGQ'",
                "'/9j/photo.jpg'",
                "'/data/faces/2026/11/26/zhang.jpg'",
                "'2026-01-02T03:04:05.123456Z'",
                "'FACE,CARD,QR,PIN,STAFF,FINGERPRINT,PALM,IRIS,PHONE,PASSWORD,TICKET,BRACELET,GUARD,INTERCOM'",
                "'1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31'",
                "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31]",
                "'9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a089f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'",
                "'data of the member'",
                "'Released iVBORw'",
                "'AAAA'",
                "{'scale':2,'value':'EtaH'}"
            })
    void harmlessTextPasses(String json) {
        assertThat(outcome(json)).isEqualTo("read");
    }

    @Test
    void textJustBelowTheBoundPasses() {
        assertThat(outcome("'" + BASE64.substring(0, 255) + "'")).isEqualTo("read");
        assertThat(outcome("'" + BASE64.substring(0, 200) + " " + BASE64.substring(0, 200) + "'"))
                .isEqualTo("read");
        assertThat(outcome("[" + VECTOR.substring(VECTOR.indexOf(',') + 1) + "]"))
                .isEqualTo("read");
    }
}
