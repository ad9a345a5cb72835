package org.faceaudit.pipeline;

import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.faceaudit.runtime.judge.Family;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The arguments of the job. */
@Command(name = "faceaudit-job", description = "Audits the evidence topics and writes alerts.")
final class JobOptions {

    @Option(names = "--bootstrap", required = true, description = "Kafka bootstrap servers")
    String bootstrap;

    @Option(names = "--jdbc-url", required = true, description = "JDBC URL of the audit database")
    String jdbcUrl;

    @Option(names = "--jdbc-user", required = true, description = "role that executes the put functions")
    String jdbcUser;

    @Option(
            names = "--jdbc-password-file",
            description = "file with the role's password, readable wherever a task runs; left out if there is none")
    Path jdbcPasswordFile;

    @Option(names = "--operators", required = true, description = "directory of operators' files")
    Path operators;

    @Option(names = "--generation", required = true, description = "generation of this start")
    long generation;

    @Option(names = "--started-at", required = true, description = "when the generation began, ISO instant")
    Instant startedAt;

    @Option(
            names = "--checkpoint-interval-ms",
            defaultValue = "1000",
            description = "milliseconds between checkpoints; alerts leave with them (default: ${DEFAULT-VALUE})")
    long checkpointIntervalMs;

    @Option(
            names = "--judge",
            split = ",",
            defaultValue = "access,images,persons",
            converter = FamilyName.class,
            description = "families of judgements (default: ${DEFAULT-VALUE})")
    Set<Family> families = EnumSet.allOf(Family.class);

    @Option(
            names = "--transaction-prefix",
            defaultValue = "faceaudit",
            description = "names the Kafka transactions of this deployment; the same at every start"
                    + " (default: ${DEFAULT-VALUE})")
    String transactionPrefix;

    /** Reads the lower-case name of a family. */
    static final class FamilyName implements ITypeConverter<Family> {

        @Override
        public Family convert(String name) {
            for (Family family : Family.values()) {
                if (family.name().toLowerCase(Locale.ROOT).equals(name.trim())) {
                    return family;
                }
            }
            throw new TypeConversionException("'" + name + "' is none of access, images, persons");
        }
    }
}
