package org.faceaudit.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A REST interface on 127.0.0.1 that speaks JSON. */
public final class Rest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private final URI base;
    private final Duration patience;

    /**
     * @param port where it listens
     * @param patience how long one answer may take
     */
    public Rest(int port, Duration patience) {
        this.base = URI.create("http://127.0.0.1:" + port);
        this.patience = patience;
    }

    /**
     * An answer: its status, and its body, which is "missing" when there was none in JSON.
     *
     * @param status of HTTP
     * @param body what was said
     */
    public record Answer(int status, JsonNode body) {
        /** Whether the request was granted. */
        public boolean ok() {
            return status >= 200 && status < 300;
        }

        /** What went wrong, in one line. */
        public String problem() {
            String message =
                    body.path("message").asText(body.path("errors").path(0).asText(body.toString()));
            return "HTTP " + status + " " + message.lines().findFirst().orElse("");
        }
    }

    /** Asks. */
    public Answer get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder().GET(), path);
    }

    /** Sends a JSON body. */
    public Answer put(String path, JsonNode body) throws IOException, InterruptedException {
        return send(withJson(HttpRequest.newBuilder().PUT(publisher(body))), path);
    }

    /** Sends a JSON body. */
    public Answer post(String path, JsonNode body) throws IOException, InterruptedException {
        return send(withJson(HttpRequest.newBuilder().POST(publisher(body))), path);
    }

    /** Sends any body. */
    public Answer post(String path, String contentType, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder().POST(body).header("Content-Type", contentType), path);
    }

    /** Sends a JSON body. */
    public Answer patch(String path, JsonNode body) throws IOException, InterruptedException {
        return send(withJson(HttpRequest.newBuilder().method("PATCH", publisher(body))), path);
    }

    /** Deletes. */
    public Answer delete(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder().DELETE(), path);
    }

    private static HttpRequest.BodyPublisher publisher(JsonNode body) {
        return HttpRequest.BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8);
    }

    private static HttpRequest.Builder withJson(HttpRequest.Builder request) {
        return request.header("Content-Type", "application/json");
    }

    private Answer send(HttpRequest.Builder request, String path) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(
                request.uri(base.resolve(path)).timeout(patience).build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        String body = response.body();
        boolean isJson = body != null && (body.startsWith("{") || body.startsWith("["));
        return new Answer(response.statusCode(), isJson ? JSON.readTree(body) : MissingNode.getInstance());
    }
}
