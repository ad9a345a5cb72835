package org.faceaudit.cli.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.faceaudit.cli.source.SourceColumn;
import org.faceaudit.cli.source.SourceTable;
import org.faceaudit.cli.source.ValueKind;

/** The words by which tables and columns are recognised; they are data, in {@code words.yaml}. */
final class Vocabulary {

    private static final String RESOURCE = "words.yaml";

    private record Entry(List<String> words, Set<ValueKind> kinds) {}

    private final Map<String, Entry> tables = new LinkedHashMap<>();
    private final Map<String, Entry> columns = new LinkedHashMap<>();

    private Vocabulary(JsonNode file) {
        file.path("tables")
                .properties()
                .forEach(entry ->
                        tables.put(entry.getKey(), new Entry(words(entry.getValue()), EnumSet.allOf(ValueKind.class))));
        file.path("columns")
                .properties()
                .forEach(entry -> columns.put(
                        entry.getKey(),
                        new Entry(
                                words(entry.getValue().path("words")),
                                kinds(entry.getValue().path("kinds")))));
    }

    /** The shipped one. */
    static Vocabulary shipped() {
        try (InputStream in = Vocabulary.class.getResourceAsStream(RESOURCE)) {
            return new Vocabulary(new YAMLMapper().readTree(in));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static List<String> words(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(word.asText()));
        return List.copyOf(words);
    }

    private static Set<ValueKind> kinds(JsonNode list) {
        Set<ValueKind> kinds = EnumSet.noneOf(ValueKind.class);
        list.forEach(kind -> kinds.add(ValueKind.valueOf(kind.asText().toUpperCase(Locale.ROOT))));
        return kinds;
    }

    /** What a table probably holds, the likeliest first. */
    List<Match> of(SourceTable table) {
        List<Match> found = new ArrayList<>();
        Said said = Said.of(table.shortName(), table.comment());
        tables.forEach((concept, entry) -> best(concept, entry, said).ifPresent(found::add));
        found.sort(Comparator.comparingInt(Match::weight).reversed());
        return found;
    }

    /**
     * What a column probably is, of some concepts; empty if no word says so, or its type cannot be that.
     *
     * @param wanted the concepts that make sense where the column stands
     */
    Optional<Match> of(SourceColumn column, Set<String> wanted) {
        Said said = Said.of(column.name(), column.comment());
        return columns.entrySet().stream()
                .filter(entry -> wanted.contains(entry.getKey()))
                .filter(entry -> entry.getValue().kinds().contains(column.kind()))
                .flatMap(entry -> best(entry.getKey(), entry.getValue(), said).stream())
                .max(Comparator.comparingInt(Match::weight));
    }

    /** Whether a name is one that a table of faces may have. */
    boolean namesFaces(String name) {
        return best("face-record", tables.get("face-record"), Said.of(name, "")).isPresent();
    }

    /** A name and a comment, as they are and in their parts. */
    private record Said(String name, String nameParts, String comment, String commentParts) {

        static Said of(String name, String comment) {
            return new Said(name, parts(name), comment, parts(comment));
        }
    }

    private static Optional<Match> best(String concept, Entry entry, Said said) {
        return entry.words().stream()
                .flatMap(word -> holds(said.name(), said.nameParts(), word)
                        ? Optional.of(new Match(concept, word, false)).stream()
                        : holds(said.comment(), said.commentParts(), word)
                                ? Optional.of(new Match(concept, word, true)).stream()
                                : Optional.<Match>empty().stream())
                .max(Comparator.comparingInt(Match::weight));
    }

    private static boolean holds(String text, String parts, String word) {
        boolean latin = word.chars().allMatch(c -> c < 0x80);
        return latin ? parts.contains("_" + word + "_") : text.contains(word);
    }

    /** {@code _owner_id_card_} of {@code ownerIdCard} and of {@code owner-id card}. */
    private static String parts(String text) {
        return "_"
                + text.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}]+", "_")
                        .replaceAll("^_|_$", "")
                + "_";
    }
}
