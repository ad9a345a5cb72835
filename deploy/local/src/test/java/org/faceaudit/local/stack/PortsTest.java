package org.faceaudit.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.faceaudit.local.process.StackException;
import org.junit.jupiter.api.Test;

class PortsTest {
    private static final List<String> SOURCES = List.of("gate", "gym");

    @Test
    void theStandardPortsAreThoseOfTheDocumentation() {
        assertThat(Ports.standard().byComponent(SOURCES))
                .containsEntry("the audit database", 15432)
                .containsEntry("the sample source gate", 15433)
                .containsEntry("the sample source gym", 15434)
                .containsEntry("Kafka", 19092)
                .containsEntry("Kafka Connect", 18083)
                .containsEntry("the Flink web interface", 18081);
        assertThat(Ports.shifted(100).byComponent(SOURCES).values())
                .containsExactlyElementsOf(Ports.standard().byComponent(SOURCES).values().stream()
                        .map(port -> port + 100)
                        .toList());
    }

    @Test
    void freePortsAreDifferentAndFree() {
        Ports ports = Ports.free(2);

        assertThat(ports.byComponent(SOURCES).values()).doesNotHaveDuplicates();
        assertThatCode(() -> ports.requireFree(SOURCES)).doesNotThrowAnyException();
    }

    @Test
    void aPortInUseIsRefusedWithPortComponentAndRemedy() throws IOException {
        Ports ports = Ports.free(2);
        try (ServerSocket taken =
                new ServerSocket(ports.source(1), 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertThatThrownBy(() -> ports.requireFree(SOURCES))
                    .isInstanceOf(StackException.class)
                    .hasMessage("Port " + taken.getLocalPort() + " is in use, but the sample source gym needs it:"
                            + " end the program that uses it, or move all ports with --port-offset N.");
        }
    }

    @Test
    void anOffsetThatLeavesTheRangeIsRefused() {
        assertThatThrownBy(() -> Ports.shifted(60_000).requireFree(SOURCES))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("does not exist");
    }
}
