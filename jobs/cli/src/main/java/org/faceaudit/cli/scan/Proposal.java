package org.faceaudit.cli.scan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.faceaudit.cli.source.SourceTable;
import org.faceaudit.intake.operator.OperatorFileException;
import org.faceaudit.intake.operator.OperatorFiles;
import org.faceaudit.intake.operator.SourceKind;

/**
 * An operator's file guessed from the tables of a database.
 *
 * @param text the file; what is guessed says so, with the reason
 * @param lacks what it still lacks, a sentence each
 */
public record Proposal(String text, List<String> lacks) {

    private static final String HEARTBEAT = "faceaudit_heartbeat";

    public Proposal {
        lacks = List.copyOf(lacks);
    }

    /**
     * The database as the file will name it.
     *
     * @param url JDBC address without credentials
     * @param user who asked
     * @param passwordVariable the environment variable with the user's password
     */
    public record Address(SourceKind kind, String url, String user, String passwordVariable) {}

    /** Guesses; of an empty database nothing. */
    public static Proposal of(Address address, List<SourceTable> tables) throws IOException {
        Vocabulary vocabulary = Vocabulary.shipped();
        AlikeTables alike = AlikeTables.of(tables.stream()
                .filter(table -> !table.shortName().equals(HEARTBEAT))
                .toList());
        List<SourceTable> theirs = alike.tables();
        List<TableGuess> guesses = new ArrayList<>();
        List<String> lacks = new ArrayList<>();
        Set<String> events = new TreeSet<>();
        Set<String> listed = new TreeSet<>();
        Set<String> passing = new TreeSet<>();
        TableLinks links = new TableLinks(theirs);
        for (SourceTable table : theirs) {
            TableGuess guess = new TableGuess(table, links, vocabulary);
            lacks.addAll(guess.lacks());
            if (guess.isMapped()) {
                guesses.add(guess);
                events.addAll(guess.events());
                listed.add(table.name());
                passing.addAll(guess.passing());
            }
        }
        guesses.forEach(guess -> guess.readElsewhere()
                .forEach(place -> guesses.stream()
                        .filter(other -> place.startsWith(other.name() + "."))
                        .forEach(other ->
                                other.reads(place.substring(other.name().length() + 1)))));
        Lines lines = head(address, theirs);
        guesses.forEach(guess -> {
            guessed(alike.because(guess.name()), lines);
            lines.addAll(guess.text());
        });
        passing.removeAll(listed);
        for (SourceTable table : theirs) {
            if (passing.contains(table.name())) {
                guessed(alike.because(table.name()), lines);
                lines.add(4, Lines.quoted(table.name()) + ":");
                TableGuess.identify(table, "rows of another table are reached through it", lines);
            }
        }
        if (!events.contains("face-record")) {
            lines.comment(0, "No table was recognised that stores faces.");
        }
        if (!events.contains("access-point")) {
            lines.comment(0, "No table was recognised that says which methods a gate offers.");
        }
        if (tables.isEmpty()) {
            lacks.add("a table: " + address.user() + " may see none there");
        } else {
            lacks.addAll(guesses.isEmpty() ? List.of("a table that can be mapped") : refusals(lines.toString()));
        }
        lacks.forEach(lack -> lines.comment(0, "lacks: " + lack + "."));
        return new Proposal(lines.toString(), lacks);
    }

    private static void guessed(String because, Lines lines) {
        if (!because.isEmpty()) {
            lines.comment(4, "guess: " + because);
        }
    }

    private static Lines head(Address address, List<SourceTable> tables) {
        String database = address.url().replaceFirst("\\?.*", "").replaceFirst(".*/", "");
        String system =
                database.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        Lines lines = new Lines();
        lines.comment(
                0, "Proposed by ./faceaudit scan from names, types and comments; no row was read. Check every guess.");
        lines.guess(0, "operator: my-operator", "the database does not say; its id in the registry");
        lines.guess(0, "system: " + (system.isEmpty() ? "my-system" : system), "the database's name");
        lines.add(0, "source:");
        lines.add(2, "kind: " + address.kind().word());
        lines.add(2, "url: " + address.url());
        lines.guess(
                2,
                "user: " + Lines.quoted(address.user()),
                "whoever asked; ./faceaudit onboard makes one with fewer rights");
        lines.guess(2, "password: ${env:" + address.passwordVariable() + "}", "as it was asked with");
        lines.guess(2, "zone: Asia/Shanghai", "columns without a zone are taken for local time");
        String schema = tables.isEmpty()
                ? address.kind() == SourceKind.POSTGRESQL ? "public" : database
                : tables.get(0).name().substring(0, tables.get(0).name().indexOf('.'));
        lines.guess(
                2,
                "heartbeat: {table: " + Lines.quoted(schema + "." + HEARTBEAT) + "}",
                "./faceaudit onboard prints how to make it");
        lines.add(0, "mapping:");
        lines.add(2, "tables:");
        return lines;
    }

    /** What the reader of operators' files says of it. */
    private static List<String> refusals(String text) throws IOException {
        Path file = Files.createTempFile("faceaudit-scan", ".yaml");
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
            OperatorFiles.read(file);
            return List.of();
        } catch (OperatorFileException wrong) {
            return wrong.problems().stream()
                    .map(problem -> "line " + problem.line() + ": " + problem.sentence() + " "
                            + problem.remedy().replaceFirst("\\.$", ""))
                    .toList();
        } finally {
            Files.delete(file);
        }
    }
}
