package org.faceaudit.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.faceaudit.core.law.LawSet;
import org.faceaudit.core.law.Standpoint;
import org.faceaudit.intake.mapping.Mapping;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The arguments of a replay. */
@Command(
        name = "faceaudit-replay",
        description = "Judges the evidence topics once, as of an instant or up to an offset of each.")
final class ReplayOptions extends PlaceOptions {

    @Option(names = "--as-of", description = "last instant that may be known, ISO; everything that is read if left out")
    Instant asOf;

    @Option(
            names = "--up-to",
            split = ",",
            description = "topic=offset: reads these topics alone, each up to the offset, which is not read itself")
    Map<String, Long> upTo = Map.of();

    @Option(names = "--operator", description = "reads this operator's files alone")
    String operator;

    @Option(
            names = "--audit-schema",
            required = true,
            description = "schema of the put functions; it must not hold rows of an earlier run")
    String auditSchema;

    @Option(names = "--law-file", description = "a set of law to judge by, as JSON; the law in force if it is left out")
    Path lawFile;

    @Override
    List<Mapping> mappings() {
        return super.mappings().stream()
                .filter(mapping -> operator == null || mapping.operator().equals(operator))
                .toList();
    }

    /**
     * From where the replay judges.
     *
     * @throws IllegalArgumentException if the law file cannot be read
     */
    Standpoint standpoint() {
        if (lawFile == null) {
            return new Standpoint(asOf, LawSet.MEASURES);
        }
        try {
            return new Standpoint(asOf, new ObjectMapper().readValue(lawFile.toFile(), LawSet.class));
        } catch (IOException e) {
            throw new IllegalArgumentException(lawFile + " is no set of law: " + e.getMessage(), e);
        }
    }
}
