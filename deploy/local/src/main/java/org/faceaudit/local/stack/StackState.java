package org.faceaudit.local.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.faceaudit.intake.operator.SourceKind;
import org.faceaudit.local.process.StackException;

/**
 * What other commands must know of a running stack, kept in its data directory as {@code stack.json}.
 *
 * @param data the directory
 * @param ports where its parts listen
 * @param servers the servers of its sample sources, in the order of their ports
 */
public record StackState(Path data, Ports ports, List<SampleServer> servers) {
    private static final String FILE = "stack.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Copies the list. */
    public StackState {
        servers = List.copyOf(servers);
    }

    void write() throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.set("ports", JSON.valueToTree(ports));
        ArrayNode all = json.putArray("servers");
        for (SampleServer server : servers) {
            ObjectNode one = all.addObject()
                    .put("name", server.name())
                    .put("kind", server.kind().name());
            one.set("databases", JSON.valueToTree(server.databases()));
        }
        Path part = data.resolve(FILE + ".part");
        Files.writeString(part, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
        Files.move(part, data.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * The state of the stack in a directory; nothing when none was ever started there.
     *
     * @throws StackException when the file cannot be read
     */
    public static Optional<StackState> read(Path data) {
        Path file = data.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode json = JSON.readTree(file.toFile());
            List<SampleServer> servers = new ArrayList<>();
            for (JsonNode server : json.path("servers")) {
                List<String> databases = new ArrayList<>();
                server.path("databases").forEach(database -> databases.add(database.asText()));
                servers.add(new SampleServer(
                        server.path("name").asText(),
                        SourceKind.valueOf(server.path("kind").asText()),
                        databases));
            }
            return Optional.of(new StackState(
                    data.toAbsolutePath().normalize(), JSON.treeToValue(json.path("ports"), Ports.class), servers));
        } catch (IOException e) {
            throw new StackException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Whether a launcher runs this stack at present. */
    public boolean isHeld() {
        return DataDirectory.isHeld(data);
    }

    /** Its audit database. */
    public Database audit() {
        return new Database(Stack.AUDIT, ports.audit(), Stack.AUDIT_DATABASE, secrets());
    }

    /**
     * A sample source by its name, or the audit database by {@code audit}.
     *
     * @throws StackException when there is none of that name
     */
    public Database database(String name) {
        if (name.equals(Stack.AUDIT) || name.equals(Stack.AUDIT_DATABASE)) {
            return audit();
        }
        for (int index = 0; index < servers.size(); index++) {
            SampleServer server = servers.get(index);
            if (server.databases().contains(name)) {
                return new Database(server.kind(), name, ports.source(index), name, secrets());
            }
        }
        throw new StackException("There is no database " + name + " here; there are: audit"
                + (sources().isEmpty() ? "" : ", " + String.join(", ", sources())) + ".");
    }

    /** The names of its sample sources. */
    public List<String> sources() {
        return servers.stream().flatMap(server -> server.databases().stream()).toList();
    }

    /** The port of a server of sample sources. */
    int portOf(SampleServer server) {
        return ports.source(servers.indexOf(server));
    }

    /** The password of a sample source's user, which nobody exports for a demo; nothing for any other source. */
    public Optional<String> samplePassword(String url, String user) {
        return sources().stream()
                .map(this::database)
                .filter(database -> database.jdbcUrl().equals(url))
                .map(database -> database.passwordOf(user))
                .findFirst();
    }

    /** Its passwords and keys. */
    public Secrets secrets() {
        return new Secrets(data.resolve("secrets"));
    }
}
