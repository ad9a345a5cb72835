package org.faceaudit.pipeline;

import java.time.Instant;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The arguments of the job. */
@Command(name = "faceaudit-job", description = "Audits the evidence topics and writes alerts.")
final class JobOptions extends PlaceOptions {

    @Option(names = "--generation", required = true, description = "generation of this start")
    long generation;

    @Option(names = "--started-at", required = true, description = "when the generation began, ISO instant")
    Instant startedAt;

    @Option(
            names = "--anew",
            split = ",",
            description =
                    "operators whose mapping has changed: restored from a checkpoint of an earlier generation, the"
                            + " job forgets them and reads their topics from the first record")
    Set<String> anew = Set.of();

    @Option(
            names = "--checkpoint-interval-ms",
            defaultValue = "1000",
            description = "milliseconds between checkpoints; alerts leave with them (default: ${DEFAULT-VALUE})")
    long checkpointIntervalMs;

    @Option(
            names = "--transaction-prefix",
            defaultValue = "faceaudit",
            description = "names the Kafka transactions of this deployment; the same at every start"
                    + " (default: ${DEFAULT-VALUE})")
    String transactionPrefix;
}
