package org.faceaudit.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked of Kafka Connect, told by a server that answers as it does. */
class ConnectorsTest {

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer connect;

    @BeforeEach
    void start() throws IOException {
        connect = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        connect.createContext("/connectors", this::answer);
        connect.start();
    }

    @AfterEach
    void stop() {
        connect.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        boolean tasksStillThere = request.endsWith("/offsets") && !asked.contains(request);
        asked.add(request);
        if (tasksStillThere || request.equals("GET /connectors/cdc.new.b/config")) {
            exchange.sendResponseHeaders(tasksStillThere ? 400 : 404, -1);
            exchange.close();
            return;
        }
        byte[] body = (switch (request) {
                    case "GET /connectors" -> "[\"cdc.registry\",\"cdc.a.b\",\"cdc.old.b\",\"someone-elses\"]";
                    case "GET /connectors/cdc.old.b/config" -> "{\"slot.name\":\"faceaudit_old_b\"}";
                    default -> "";
                })
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(body.length == 0 ? 204 : 200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void connectorsOfTopicsThatNobodyWantsAreRemovedAndNoOthers() {
        Connectors connectors = new Connectors(connect.getAddress().getPort(), null);

        assertThat(connectors.deleteAllBut(Set.of("cdc.registry", "cdc.a.b")))
                .isEqualTo(Map.of("cdc.old.b", Map.of("slot.name", "faceaudit_old_b")));
        assertThat(asked)
                .containsExactly("GET /connectors", "GET /connectors/cdc.old.b/config", "DELETE /connectors/cdc.old.b");
    }

    @Test
    void whatIsReadAnewStandsStillWhileItsPositionIsForgotten() {
        Connectors connectors = new Connectors(connect.getAddress().getPort(), topic -> asked.add("topic " + topic));

        connectors.putAnew("cdc.a.b", "cdc.a.b", Map.of("token.key.id", "k2"));

        assertThat(asked)
                .containsExactly(
                        "PUT /connectors/cdc.a.b/stop",
                        "topic cdc.a.b",
                        "PUT /connectors/cdc.a.b/config",
                        "PUT /connectors/cdc.a.b/stop",
                        "DELETE /connectors/cdc.a.b/offsets",
                        "DELETE /connectors/cdc.a.b/offsets",
                        "PUT /connectors/cdc.a.b/resume");
        assertThat(connectors.configuration("cdc.old.b")).containsEntry("slot.name", "faceaudit_old_b");
        assertThat(connectors.configuration("cdc.new.b")).isEmpty();
    }
}
