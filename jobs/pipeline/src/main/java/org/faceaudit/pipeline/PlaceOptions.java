package org.faceaudit.pipeline;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.faceaudit.core.judgement.Family;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.intake.operator.OperatorFileException;
import org.faceaudit.intake.operator.OperatorFiles;
import org.faceaudit.runtime.sink.AuditDatabase;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where a job reads and writes, and what it judges. */
class PlaceOptions {

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

    @Option(
            names = "--judge",
            split = ",",
            defaultValue = "access,images,persons",
            converter = FamilyName.class,
            description = "families of judgements (default: ${DEFAULT-VALUE})")
    Set<Family> families = EnumSet.allOf(Family.class);

    /**
     * Reads arguments into options.
     *
     * @throws IllegalArgumentException with what is wrong with them
     */
    static <T extends PlaceOptions> T read(T options, String[] args) {
        try {
            new CommandLine(options).parseArgs(args);
        } catch (CommandLine.ParameterException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return options;
    }

    /**
     * The mappings of all operators' files.
     *
     * @throws IllegalArgumentException with every problem of any of them
     */
    List<Mapping> mappings() {
        try {
            return OperatorFiles.readDirectory(operators).stream()
                    .map(OperatorFile::mapping)
                    .toList();
        } catch (OperatorFileException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    AuditDatabase database() {
        return new AuditDatabase(
                jdbcUrl,
                jdbcUser,
                jdbcPasswordFile == null
                        ? null
                        : jdbcPasswordFile.toAbsolutePath().toString());
    }

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
