package org.faceaudit.intake.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainJsonParserTest {

    private static final String ESCAPED = "(escaped)";

    private final PlainJsonParser plain = new PlainJsonParser();

    private static final String DOCUMENT = "{\"a\":1,\"b\" : -20.50,\n\"名\":[true,false,null,\"张\uD83D\uDE00\",{}],"
            + "\"c\":{\"a\":\"x\\\\y\\u00e9\",\"ns\":1793491200000000000,\"d\":[]},\"e\":\"\"}";

    @Test
    void readsWhatTheGeneralParserReads() throws IOException {
        List<String> read = tokens(plain.reset(bytes(DOCUMENT)));

        assertAlike(DOCUMENT, read, tokens(EnvelopeDecoder.JSON.createParser(bytes(DOCUMENT))));
        assertThat(read)
                .contains("FIELD_NAME 名", "VALUE_STRING 张\uD83D\uDE00", "VALUE_NUMBER_INT 1793491200000000000 LONG");
    }

    @Test
    void whateverItReadsOfASpoiltDocumentTheGeneralParserReadsAlike() {
        Random random = new Random(7);
        int plainly = 0;
        for (int round = 0; round < 200_000; round++) {
            byte[] spoilt = bytes(DOCUMENT);
            for (int i = random.nextInt(3); i >= 0; i--) {
                int at = random.nextInt(spoilt.length);
                spoilt[at] = random.nextBoolean()
                        ? (byte) random.nextInt(256)
                        : (byte) "{}[]\",:0123456789-.eEtfn\\u ".charAt(random.nextInt(26));
            }
            List<String> read;
            try {
                read = tokens(plain.reset(spoilt));
            } catch (TokenParser.Unusual unusual) {
                continue;
            } catch (IOException e) {
                throw new AssertionError("it has one way only to refuse", e);
            }
            plainly++;
            String text = new String(spoilt, StandardCharsets.UTF_8);
            try {
                assertAlike(text, read, tokens(EnvelopeDecoder.JSON.createParser(spoilt)));
            } catch (IOException e) {
                throw new AssertionError("not refused: " + text, e);
            }
        }
        assertThat(plainly).as("some still are JSON").isGreaterThan(10_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{} x",
                "{}{}",
                "{\"a\":1,}",
                "{\"a\":1 \"b\":2}",
                "{,\"a\":1}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":01}",
                "{\"a\":1.}",
                "{\"a\":1e3}",
                "{\"a\":tru}",
                "{\"a\":truex}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u00g0\"}",
                "{\"\\u0061\":1}"
            })
    void refusesWhatIsNotPlain(String document) {
        assertThatThrownBy(() -> tokens(plain.reset(bytes(document)))).isInstanceOf(TokenParser.Unusual.class);
    }

    @Test
    void refusesUtf8ThatIsNotSound() {
        for (byte[] wrong : new byte[][] {
            {(byte) 0xc0, (byte) 0x80}, // longer than need be
            {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, // half a pair
            {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80}, // beyond the last character
            {(byte) 0xe5, (byte) 0xbc}, // cut off
            {(byte) 0x80}
        }) {
            byte[] document = ("{\"a\":\"" + "#".repeat(wrong.length) + "\"}").getBytes(StandardCharsets.UTF_8);
            System.arraycopy(wrong, 0, document, 6, wrong.length);

            assertThatThrownBy(() -> tokens(plain.reset(document))).isInstanceOf(TokenParser.Unusual.class);
        }
    }

    @Test
    void numbersThatDoNotFitAreRefusedWhenAskedFor() {
        assertThat(number("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(number("-9223372036854775807")).isEqualTo(-Long.MAX_VALUE);
        assertThatThrownBy(() -> number("9223372036854775808")).isInstanceOf(TokenParser.Unusual.class);
        assertThatThrownBy(() -> number("9999999999999999999")).isInstanceOf(TokenParser.Unusual.class);
        assertThatThrownBy(() -> number("10000000000000000000")).isInstanceOf(TokenParser.Unusual.class);
    }

    private long number(String text) {
        plain.reset(bytes("{\"a\":" + text + "}"));
        plain.nextToken();
        plain.nextToken();
        plain.nextToken();
        return plain.getLongValue();
    }

    @Test
    void aTokenIsWhatTheExpressionSays() {
        Pattern expression = Pattern.compile("t1:[a-z-]+:[a-z0-9-]+:[a-z,-]+:(?:[0-9a-f]{32}|empty)");
        String token = "t1:id-card:k 1:trim,upper:0123456789abcdef0123456789abcdef".replace(" ", "");
        Random random = new Random(3);
        int tokens = 0;
        for (int round = 0; round < 200_000; round++) {
            StringBuilder text =
                    new StringBuilder(round % 2 == 0 ? token : token.replaceFirst("[0-9a-f]{32}", "empty"));
            for (int i = random.nextInt(3); i > 0; i--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, ":a-,Z0 \t\u000b\u2003g".charAt(random.nextInt(11)));
                    case 1 -> text.deleteCharAt(at);
                    default -> text.insert(at, text.charAt(random.nextInt(text.length())));
                }
            }
            boolean expected = expression.matcher(text).matches();
            assertThat(ColumnValues.isToken(text.toString()))
                    .as(text.toString())
                    .isEqualTo(expected);
            tokens += expected ? 1 : 0;
        }
        assertThat(tokens).isBetween(60_000, 180_000);
    }

    @Test
    void aDescriptorIsWhatTheExpressionSays() {
        Pattern expression = Pattern.compile("d1:(?:present|empty|unreadable):[a-z0-9./+-]{1,64}:[a-z0-9-]{1,8}");
        Random random = new Random(5);
        List<String> sound =
                List.of("d1:present:image/svg+xml:64k", "d1:empty:-:-", "d1:unreadable:-:1k", "d1:present:a.b:more");
        int descriptors = 0;
        for (int round = 0; round < 200_000; round++) {
            StringBuilder text = new StringBuilder(sound.get(random.nextInt(sound.size())));
            for (int i = random.nextInt(3); i > 0; i--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.setCharAt(at, ":a-./+Z0 k".charAt(random.nextInt(10)));
                    case 1 -> text.deleteCharAt(at);
                    case 2 -> text.insert(at, "x".repeat(random.nextInt(70)));
                    default -> text.insert(at, text.charAt(random.nextInt(text.length())));
                }
            }
            boolean expected = expression.matcher(text).matches();
            assertThat(ColumnValues.isDescriptor(text.toString()))
                    .as(text.toString())
                    .isEqualTo(expected);
            descriptors += expected ? 1 : 0;
        }
        assertThat(descriptors).isBetween(60_000, 180_000);
        assertThat(ColumnValues.isDescriptor("")).isFalse();
        assertThat(ColumnValues.isDescriptor("d1:")).isFalse();
    }

    @Test
    void whatCameBeforeChangesNothingOfWhatIsRead() throws IOException {
        List<String> documents = List.of(
                "{\"a\":1,\"b\":{\"a\":2,\"c\":3},\"c\":[{\"a\":1},{\"a\":2}],\"aaaaaaaa\":0,\"aaaaaaab\":1}",
                "{\"a\":1,\"c\":{\"a\":2,\"b\":3},\"b\":[{\"a\":1,\"c\":2}],\"aaaaaaaab\":0,\"aaaaaaabb\":1}",
                "{\"b\" : {\"b\":{\"b\":{\"b\":1}}}, \"a\" :1}",
                "{\"\":1,\"a\":{\"\":{}}}",
                "{\"aaaaaaa\":1,\"aaaaaaaa\":2,\"aaaaaaaaaaaaaaaaaaaaa\":3}",
                "{\"aaaaaaaaaaaaaaaaaaaax\":1,\"aaaaaaaaaaaaaaaaaaaaa\":3}");
        Random random = new Random(11);
        for (int round = 0; round < 5_000; round++) {
            String document = documents.get(random.nextInt(documents.size()));
            assertAlike(
                    document,
                    tokens(plain.reset(bytes(document))),
                    tokens(EnvelopeDecoder.JSON.createParser(bytes(document))));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"b\":2,\"a\":3}",
                "{\"b\":{\"a\":1,\"b\":2,\"a\":3}}",
                "{\"a\":{\"a\":1},\"b\":2,\"a\":2}",
                "{\"a\":[{\"a\":1,\"b\":2},{\"a\":1,\"a\":2}]}"
            })
    void aNameThatCameBeforeIsStillSeenTwice(String document) throws IOException {
        for (int round = 0; round < 4; round++) {
            tokens(plain.reset(bytes("{\"a\":1,\"b\":2}")));
            tokens(plain.reset(bytes("{\"b\":{\"a\":1,\"b\":2},\"a\":3}")));
            tokens(plain.reset(bytes("{\"a\":[{\"a\":1},{\"b\":2,\"a\":3}]}")));
            assertThatThrownBy(() -> tokens(plain.reset(bytes(document)))).isInstanceOf(TokenParser.Unusual.class);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** All tokens with what is asked of them. */
    private static List<String> tokens(JsonParser parser) throws IOException {
        List<String> tokens = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            tokens.add(
                    switch (token) {
                        case FIELD_NAME -> token + " " + parser.currentName();
                        case VALUE_STRING -> token + " " + text(parser);
                        case VALUE_NUMBER_INT -> token + " " + parser.getText() + " " + parser.getNumberType();
                        case VALUE_NUMBER_FLOAT -> token + " " + parser.getText();
                        default -> token.toString();
                    });
        }
        return tokens;
    }

    /** Of text with escapes this parser knows only that it is text. */
    private static String text(JsonParser parser) throws IOException {
        try {
            return parser.getText();
        } catch (TokenParser.Unusual escaped) {
            return ESCAPED;
        }
    }

    private static void assertAlike(String document, List<String> plain, List<String> general) {
        assertThat(plain).as(document).hasSameSizeAs(general);
        for (int i = 0; i < plain.size(); i++) {
            if (plain.get(i).endsWith(ESCAPED)) {
                assertThat(general.get(i)).as(document).startsWith("VALUE_STRING ");
            } else {
                assertThat(plain.get(i)).as(document).isEqualTo(general.get(i));
            }
        }
    }
}
