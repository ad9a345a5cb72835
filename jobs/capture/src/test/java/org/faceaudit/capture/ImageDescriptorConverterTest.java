package org.faceaudit.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.debezium.spi.converter.CustomConverter.Converter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageDescriptorConverterTest {

    private static Converter form(String form) {
        ImageDescriptorConverter converter = new ImageDescriptorConverter();
        converter.configure(FakeColumn.properties("columns", "public.img.content:" + form));
        return FakeColumn.bytes("public.img", "content").converterOf(converter).orElseThrow();
    }

    private static byte[] file(String startInHexadecimal, int size) {
        return Arrays.copyOf(HexFormat.of().parseHex(startInHexadecimal), size);
    }

    @ParameterizedTest
    @CsvSource({
        "FFD8FFE000104A464946, image/jpeg",
        "89504E470D0A1A0A0000000D, image/png",
        "524946460000000057454250, image/webp",
        "0000001866747970686569630000, image/heic",
        "000000186674797068657663, image/heic",
        "00000018667479706D696631, image/heif",
        "000000186674797061766966, image/avif",
        "000000186674797069736F6D, video/mp4",
        "00000014667479706D703432, video/mp4",
        "474946383961, image/gif",
        "474946383761, image/gif",
        "424D36000C000000000036000000, image/bmp",
        "49492A00, image/tiff",
        "424D57206D6F746F72, application/octet-stream",
        "5249464600000000574156450000, application/octet-stream",
        "00, application/octet-stream"
    })
    void theFirstBytesTellTheMediaType(String start, String media) {
        byte[] content = file(start, 2000);
        assertThat(form("bytes").convert(content)).isEqualTo("d1:present:" + media + ":4k");
        assertThat(form("bytes").convert(ByteBuffer.wrap(content))).isEqualTo("d1:present:" + media + ":4k");
        assertThat(form("bytes").convert("\\x" + HexFormat.of().formatHex(content)))
                .isEqualTo("d1:present:" + media + ":4k");
        String base64 = Base64.getEncoder().encodeToString(content);
        assertThat(form("base64").convert(base64)).isEqualTo("d1:present:" + media + ":4k");
        // What the content is counts, not what the address says of it.
        for (String form : List.of("base64", "url")) {
            assertThat(form(form).convert("data:application/octet-stream;base64," + base64))
                    .isEqualTo("d1:present:" + media + ":4k");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1k",
        "1024, 1k",
        "1025, 4k",
        "4096, 4k",
        "16384, 16k",
        "65536, 64k",
        "65537, 256k",
        "262144, 256k",
        "1048576, 1m",
        "4194304, 4m",
        "16777216, 16m",
        "16777217, more"
    })
    void sizesFallIntoClasses(int size, String sizeClass) {
        byte[] content = new byte[size];
        assertThat(form("bytes").convert(content)).isEqualTo("d1:present:application/octet-stream:" + sizeClass);
        assertThat(form("template").convert(content)).isEqualTo("d1:present:template:" + sizeClass);
    }

    @Test
    void base64CountsItsDecodedSizeHoweverItIsWritten() {
        byte[] jpeg = file("FFD8FFE000104A464946", 65536);
        Converter base64 = form("base64");
        String expected = "d1:present:image/jpeg:64k";
        assertThat(List.of(
                        Base64.getEncoder().encodeToString(jpeg),
                        Base64.getMimeEncoder().encodeToString(jpeg),
                        Base64.getUrlEncoder().withoutPadding().encodeToString(jpeg),
                        "\n  " + Base64.getEncoder().encodeToString(jpeg),
                        "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg),
                        "DATA:image/png;name=x;base64," + Base64.getEncoder().encodeToString(jpeg)))
                .extracting(base64::convert)
                .containsOnly(expected);
        assertThat(base64.convert(Base64.getEncoder().encode(jpeg))).isEqualTo(expected);
        assertThat(form("url").convert("data:;base64," + Base64.getEncoder().encodeToString(jpeg)))
                .isEqualTo(expected);
    }

    @Test
    void whatADataUrlDeclaresCountsOnlyFromAKnownList() {
        String unknown = Base64.getEncoder().encodeToString(new byte[30]);
        assertThat(form("base64").convert("data:image/jpg;base64," + unknown)).isEqualTo("d1:present:image/jpeg:1k");
        assertThat(form("base64").convert("data:image/svg+xml,%3Csvg/%3E")).isEqualTo("d1:present:image/svg+xml:1k");
        assertThat(form("base64").convert("data:zhang/13800138000;base64," + unknown))
                .isEqualTo("d1:present:application/octet-stream:1k");
        assertThat(form("base64").convert("data:image/png;base64,")).isEqualTo("d1:empty:-:-");
        assertThat(form("base64").convert("data:image/png")).isEqualTo("d1:unreadable:-:1k");
    }

    @Test
    void textThatIsNoImageIsUnreadable() {
        assertThat(form("base64").convert("/photos/2025/a.jpg")).isEqualTo("d1:unreadable:-:1k");
        assertThat(form("base64").convert("无")).isEqualTo("d1:unreadable:-:1k");
        assertThat(form("bytes").convert("\\xZZ")).isEqualTo("d1:unreadable:-:1k");
    }

    @Test
    void nothingThereIsEmptyAndNullStaysNull() {
        assertThat(form("bytes").convert(new byte[0])).isEqualTo("d1:empty:-:-");
        assertThat(form("bytes").convert("\\x")).isEqualTo("d1:empty:-:-");
        assertThat(form("base64").convert(" \n")).isEqualTo("d1:empty:-:-");
        assertThat(form("path").convert("")).isEqualTo("d1:empty:path:-");
        assertThat(form("path").convert(0L)).isEqualTo("d1:empty:path:-");
        assertThat(form("url").convert("  ")).isEqualTo("d1:empty:url:-");
        assertThat(form("template").convert(new byte[0])).isEqualTo("d1:empty:template:-");
        assertThat(form("template").convert("[]")).isEqualTo("d1:empty:template:-");
        assertThat(form("template").convert(List.of())).isEqualTo("d1:empty:template:-");
        for (String form : List.of("bytes", "base64", "path", "url", "template")) {
            assertThat(form(form).convert(null)).isNull();
        }
    }

    @Test
    void referencesTellTheirPresenceOnly() {
        assertThat(form("path").convert("/photos/zhangsan.jpg")).isEqualTo("d1:present:path:-");
        assertThat(form("path").convert(16404L)).isEqualTo("d1:present:path:-");
        assertThat(form("path").convert(UUID.randomUUID())).isEqualTo("d1:present:path:-");
        assertThat(form("url").convert("https://example.com/zhangsan.jpg")).isEqualTo("d1:present:url:-");
    }

    @Test
    void aTemplateIsAsLargeAsItsNumbers() {
        List<Double> vector = IntStream.range(0, 512).mapToObj(i -> i / 7.0).toList();
        assertThat(form("template").convert(vector)).isEqualTo("d1:present:template:4k");
        assertThat(form("template").convert(new float[128])).isEqualTo("d1:present:template:1k");
        assertThat(form("template").convert("[0.1,0.2]")).isEqualTo("d1:present:template:1k");
    }

    @Test
    void anUnexpectedTypeFailsWithoutShowingTheValue() {
        assertThatThrownBy(() -> form("bytes").convert(13800138000L))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "Column public.img.content delivered a java.lang.Long: a column of images in the form 'bytes'"
                                + " holds no such thing.");
        assertThatThrownBy(() -> form("path").convert("13800138000".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(DataException.class)
                .hasMessageNotContaining("13800138000");
    }

    @Test
    void anUnknownFormIsNamedWithThoseThereAre() {
        assertThatThrownBy(() -> form("photo"))
                .hasMessage(
                        "columns cannot be read. 'public.img.content:photo': 'photo' is no form of an image; there are"
                                + " bytes, base64, path, url, template.");
    }
}
