package org.faceaudit.local;

import java.nio.file.Path;
import java.util.List;
import org.faceaudit.local.stack.Ports;
import org.faceaudit.local.stack.SampleServer;
import org.faceaudit.local.stack.StackPlan;
import picocli.CommandLine.Option;

/** The options of every command that starts a stack. */
public final class StackOptions {
    @Option(names = "--data", paramLabel = "DIR", description = "Where all data go.")
    private Path data;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            description =
                    "Added to every port: audit database 15432, sample sources 15433 and up, Kafka 19092 and 19093,"
                            + " Connect 18083, Flink 18081 and 18082.",
            defaultValue = "0")
    private int portOffset;

    @Option(names = "--free-ports", description = "Takes any free ports instead; ./faceaudit status shows them.")
    private boolean freePorts;

    /**
     * What to start.
     *
     * @param standard the directory unless another was named
     * @param servers the servers of sample sources
     * @param fresh whether earlier data are erased
     */
    public StackPlan plan(Path standard, List<SampleServer> servers, boolean fresh) {
        Ports ports = freePorts ? Ports.free(servers.size()) : Ports.shifted(portOffset);
        return new StackPlan(data != null ? data : standard, ports, servers, fresh);
    }
}
