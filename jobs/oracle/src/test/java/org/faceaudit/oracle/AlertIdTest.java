package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class AlertIdTest {

    @Test
    void isTheExampleOfTheStandard() {
        byte[] dns = HexFormat.of().parseHex("6ba7b8109dad11d180b400c04fd430c8");

        assertThat(AlertId.version5(dns, "www.example.com")).hasToString("2ed6657d-e927-568b-95e1-2665a8aea6a2");
    }

    @Test
    void tellsTriggersApart() {
        assertThat(AlertId.of("storage-reached", "a", "operator", "a", "1"))
                .isNotEqualTo(AlertId.of("storage-reached", "a", "operator", "a", "2"))
                .isEqualTo(AlertId.of("storage-reached", "a", "operator", "a", "1"));
    }
}
