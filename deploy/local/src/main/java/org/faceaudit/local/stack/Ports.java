package org.faceaudit.local.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.faceaudit.local.process.StackException;

/**
 * The loopback ports of one stack.
 *
 * @param audit the audit database
 * @param firstSource the first server of sample sources; the others follow
 * @param kafka the broker
 * @param kafkaController the broker's own controller
 * @param connect the REST interface of Kafka Connect
 * @param flinkUi web interface and REST interface of Flink
 * @param flinkRpc the JobManager's own
 */
public record Ports(
        int audit, int firstSource, int kafka, int kafkaController, int connect, int flinkUi, int flinkRpc) {
    /** Below the ports that Linux hands out to clients, so that none is taken between choice and use. */
    private static final int LOWEST_FREE = 20_000;

    private static final int HIGHEST_FREE = 31_000;
    private static final int OTHERS = 6;

    /** The ports of the documentation. */
    public static Ports standard() {
        return new Ports(15432, 15433, 19092, 19093, 18083, 18081, 18082);
    }

    /** The standard ports, all moved by the same offset. */
    public static Ports shifted(int offset) {
        Ports standard = standard();
        return new Ports(
                standard.audit + offset,
                standard.firstSource + offset,
                standard.kafka + offset,
                standard.kafkaController + offset,
                standard.connect + offset,
                standard.flinkUi + offset,
                standard.flinkRpc + offset);
    }

    /**
     * Ports that nobody uses at the moment.
     *
     * @param sources how many servers of sample sources need one
     */
    public static Ports free(int sources) {
        int needed = OTHERS + Math.max(1, sources);
        for (int attempt = 0; attempt < 200; attempt++) {
            int first = ThreadLocalRandom.current().nextInt(LOWEST_FREE, HIGHEST_FREE);
            if (java.util.stream.IntStream.range(first, first + needed).allMatch(Ports::isFree)) {
                return new Ports(first, first + OTHERS, first + 1, first + 2, first + 3, first + 4, first + 5);
            }
        }
        throw new StackException(
                "No " + needed + " neighbouring ports are free between " + LOWEST_FREE + " and " + HIGHEST_FREE + ".");
    }

    /** The port of the server of sample sources at a place in the list, counted from 0. */
    public int source(int index) {
        return firstSource + index;
    }

    /** Which component needs which port, in the order of the documentation. */
    public Map<String, Integer> byComponent(List<String> servers) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("the audit database", audit);
        for (int index = 0; index < servers.size(); index++) {
            ports.put("the sample source " + servers.get(index), source(index));
        }
        ports.put("Kafka", kafka);
        ports.put("the Kafka controller", kafkaController);
        ports.put("Kafka Connect", connect);
        ports.put("the Flink web interface", flinkUi);
        ports.put("the Flink JobManager", flinkRpc);
        return ports;
    }

    /**
     * Refuses a start that would fail half way.
     *
     * @throws StackException when one of the ports is in use
     */
    public void requireFree(List<String> servers) {
        byComponent(servers).forEach((component, port) -> {
            if (port < 1 || port > 65_535) {
                throw new StackException(
                        "Port " + port + " for " + component + " does not exist; choose another --port-offset.");
            }
            if (!isFree(port)) {
                throw new StackException("Port " + port + " is in use, but " + component
                        + " needs it: end the program that uses it, or move all ports with --port-offset N.");
            }
        });
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the servers themselves do: connections of a server that ended a moment ago do not count.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
