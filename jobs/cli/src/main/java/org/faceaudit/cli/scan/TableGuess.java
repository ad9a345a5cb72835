package org.faceaudit.cli.scan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.faceaudit.cli.source.SourceColumn;
import org.faceaudit.cli.source.SourceTable;
import org.faceaudit.cli.source.ValueKind;

/** What the rows of one table probably are, written as a mapping writes it; nothing if no event was recognised. */
final class TableGuess {

    /** What is called so is a reference or a number, and no flag. */
    private static final Pattern NUMBER_OF_SOMETHING = Pattern.compile(".*(_id|_ID|_no|_NO|_num|[a-z]Id|编号)");

    private static final Set<String> FACE = Set.of(
            "image",
            "template",
            "stored-at",
            "keep-until",
            "keep-days",
            "id-card",
            "phone",
            "member-no",
            "local-id",
            "name",
            "credential");
    private static final List<String> METHODS = List.of("FACE", "CARD", "QR", "PIN", "FINGERPRINT", "PALM");
    private static final Set<String> POINT = Set.of(
            "FACE", "CARD", "QR", "PIN", "FINGERPRINT", "PALM", "methods", "in-force", "site", "changed-at", "name");
    private static final Set<String> PURPOSE = Set.of("ends-on", "stored-at", "changed-at", "given-at");
    private static final Set<String> CONSENT = Set.of(
            "separate", "legal-basis", "given-at", "withdrawn-at", "expires-on", "guardian", "birth", "stored-at");
    private static final Set<String> ATTEMPT = Set.of("access-point", "at", "method", "outcome", "stored-at");
    private static final int INDENT = 10;
    private static final int SURE_FLAGS = 2;

    private final SourceTable table;
    private final TableLinks links;
    private final Vocabulary vocabulary;
    private final Map<String, Match> concepts = new LinkedHashMap<>();
    private final Lines facts = new Lines();
    private final Set<String> events = new LinkedHashSet<>();
    private final Set<String> read = new TreeSet<>();
    private final Set<String> passing = new TreeSet<>();
    private final Set<String> elsewhere = new TreeSet<>();
    private final List<String> lacks = new ArrayList<>();
    private final Map<String, String> leftOut = new LinkedHashMap<>();
    /** A row is one face record, so a second image on it must be chosen by hand. */
    private final Set<String> alike = new LinkedHashSet<>();

    TableGuess(SourceTable table, TableLinks links, Vocabulary vocabulary) {
        this.table = table;
        this.links = links;
        this.vocabulary = vocabulary;
        vocabulary.of(table).forEach(match -> concepts.put(match.concept(), match));
        point();
        consent();
        purpose();
        attempt();
        face();
    }

    /** Whether an event was recognised. */
    boolean isMapped() {
        return !events.isEmpty();
    }

    String name() {
        return table.name();
    }

    Set<String> events() {
        return events;
    }

    /** Further tables that must be listed with their keys. */
    Set<String> passing() {
        return passing;
    }

    /** A column that rows of another table are found by. */
    void reads(String column) {
        read.add(column);
    }

    /** The columns of other tables, as {@code table.column}, by which rows of theirs point here. */
    Set<String> readElsewhere() {
        return elsewhere;
    }

    /** What is missing, in whole sentences without a full stop. */
    List<String> lacks() {
        return List.copyOf(lacks);
    }

    private List<String> key() {
        return key(table);
    }

    /** The columns that tell the rows of a table apart; empty for none. */
    private static List<String> key(SourceTable table) {
        return table.primaryKey().isEmpty()
                ? table.uniqueKeys().stream()
                        .filter(key -> key.stream()
                                .noneMatch(column -> table.column(column)
                                        .map(SourceColumn::nullable)
                                        .orElse(true)))
                        .findFirst()
                        .map(List::copyOf)
                        .orElse(List.of())
                : table.primaryKey();
    }

    /** What tells rows of a table apart, as a mapping writes it. */
    static void identify(SourceTable table, String because, Lines lines) {
        List<String> key = key(table);
        if (key.isEmpty()) {
            lines.guess(6, "keyless: true", "it has no key that tells its rows apart, so equal ones are counted");
        } else if (because.isEmpty()) {
            lines.add(6, "key: " + Lines.quoted(key));
        } else {
            lines.guess(6, "key: " + Lines.quoted(key), because);
        }
    }

    /** The whole table's section, below {@code tables}. */
    Lines text() {
        Lines lines = new Lines();
        lines.add(4, Lines.quoted(table.name()) + ":");
        identify(table, "", lines);
        lines.add(6, "facts:");
        lines.addAll(facts);
        Named.of(table, vocabulary, Set.of("soft-delete")).get("soft-delete").ifPresent(guess -> {
            read.add(guess.column().name());
            lines.guess(6, "soft-delete: " + Lines.quoted(guess.column().name()), guess.because());
        });
        sortOut();
        if (!leftOut.isEmpty()) {
            lines.add(6, "left-out:");
            leftOut.forEach((column, reason) -> lines.add(8, Lines.quoted(column) + ": \"" + reason + '"'));
        }
        Set<String> others = new LinkedHashSet<>();
        table.columns().forEach(column -> others.add(column.name()));
        others.removeAll(read);
        others.removeAll(leftOut.keySet());
        others.removeAll(key());
        others.removeAll(alike);
        if (!alike.isEmpty()) {
            lines.comment(6, "not read, though it looks like an image or a template too: " + String.join(", ", alike));
        }
        if (!others.isEmpty()) {
            lines.comment(6, "not read: " + String.join(", ", others));
        }
        return lines;
    }

    private void sortOut() {
        Set<String> told = new TreeSet<>(read);
        told.addAll(key());
        for (SourceColumn column : table.columns()) {
            if (told.contains(column.name()) || leftOut.containsKey(column.name())) {
                continue;
            }
            vocabulary.of(column, FACE).ifPresent(match -> {
                switch (match.concept()) {
                    case "name" -> leftOut.putIfAbsent(column.name(), "a name");
                    case "credential" -> leftOut.putIfAbsent(column.name(), "a credential");
                    case "id-card", "phone", "member-no" ->
                        leftOut.putIfAbsent(column.name(), "not needed: another identifier names the person");
                    case "image", "template" -> alike.add(column.name());
                    default -> {
                        // Not personal: told as not read.
                    }
                }
            });
        }
    }

    private boolean isCalled(String concept) {
        return concepts.containsKey(concept);
    }

    private String called(String concept) {
        return concepts.containsKey(concept) ? concepts.get(concept).because() : "";
    }

    private void event(String event, String because) {
        events.add(event);
        facts.guess(8, "- event: " + event, because);
    }

    private void reading(String key, Named.Guess guess) {
        read.add(guess.column().name());
        facts.guess(INDENT, key + ": {column: " + Lines.quoted(guess.column().name()) + "}", guess.because());
    }

    /** A column of words, which no catalogue tells. */
    private void words(String key, Named.Guess guess, String what, String one) {
        read.add(guess.column().name());
        facts.guess(
                INDENT,
                key + ": {column: " + Lines.quoted(guess.column().name()) + "}",
                guess.because() + "; how it spells the " + what + ", add as 'values: {…: " + one + "}'");
    }

    private void time(String key, Named.Guess guess) {
        read.add(guess.column().name());
        facts.guess(
                INDENT,
                key + ": {column: " + Lines.quoted(guess.column().name()) + ", type: " + spelling(guess.column()) + "}",
                guess.because() + "; its type is " + guess.column().type());
    }

    private static String spelling(SourceColumn column) {
        return switch (column.kind()) {
            case DATE -> "date";
            case INSTANT -> "timestamptz";
            case INTEGER ->
                column.type().contains("8") || column.type().startsWith("big") ? "epoch-millis" : "epoch-seconds";
            default -> "timestamp";
        };
    }

    private Optional<PersonGuess> person(boolean needed) {
        Optional<PersonGuess> person = PersonGuess.of(table, links, vocabulary);
        if (person.isEmpty()) {
            if (needed) {
                lacks.add("whom a row of " + table.name() + " concerns");
            }
            return person;
        }
        PersonGuess guess = person.get();
        passing.addAll(guess.passing());
        guess.via().stream()
                .filter(hop -> hop.contains(" <- "))
                .forEach(hop -> elsewhere.add(hop.substring(hop.indexOf(" <- ") + 4)));
        if (guess.via().isEmpty()) {
            read.add(guess.column());
        } else {
            read.add(guess.via().get(0).replaceFirst(" (->|<-) .*", ""));
        }
        facts.guess(INDENT, "person: " + guess.text(), guess.because());
        return person;
    }

    private void face() {
        Named named = Named.of(table, vocabulary, FACE);
        Optional<Named.Guess> image = isCalled("access-point") ? Optional.empty() : named.get("image");
        Optional<Named.Guess> template = named.get("template");
        if (image.isEmpty() && template.isEmpty()) {
            onlyBytes().ifPresent(column -> {
                event("face-record", called("face-record") + ", and " + column.name() + " is its only column of bytes");
                person(false);
                presence("image", column, "bytes", "the only column of bytes");
                times(named);
            });
            return;
        }
        List<String> because = new ArrayList<>();
        image.ifPresent(guess -> because.add(guess.column().name() + ": " + guess.because()));
        template.ifPresent(guess -> because.add(guess.column().name() + ": " + guess.because()));
        event("face-record", String.join("; ", because));
        if (person(false).isEmpty()) {
            facts.comment(INDENT, "whose face it is, nothing here says: it counts in the upper bound only");
        }
        image.ifPresent(guess -> presence("image", guess.column(), form(guess.column()), guess.because()));
        template.ifPresent(guess -> presence("template", guess.column(), null, guess.because()));
        times(named);
    }

    private Optional<SourceColumn> onlyBytes() {
        List<SourceColumn> bytes = table.columns().stream()
                .filter(column -> column.kind() == ValueKind.BYTES)
                .toList();
        return isCalled("face-record") && bytes.size() == 1 ? Optional.of(bytes.get(0)) : Optional.empty();
    }

    private static String form(SourceColumn column) {
        String name = column.name().toLowerCase(Locale.ROOT);
        if (column.kind() == ValueKind.BYTES) {
            return "bytes";
        }
        if (name.contains("url") || column.comment().contains("地址") || name.contains("链接")) {
            return "url";
        }
        boolean large = column.type().startsWith("long") || column.type().startsWith("medium");
        return large || name.contains("base64") ? "base64" : "path";
    }

    /** Where no row is without it, the row says enough, and the column stays where it is. */
    private void presence(String key, SourceColumn column, String form, String because) {
        if (!column.nullable() && column.kind() != ValueKind.TEXT) {
            facts.guess(INDENT, key + ": {present: row}", because + "; " + column.name() + " is never NULL");
            leftOut.put(column.name(), "that the row is there says enough");
            return;
        }
        read.add(column.name());
        String as = form == null ? "" : ", as: " + form;
        facts.guess(
                INDENT,
                key + ": {column: " + Lines.quoted(column.name()) + as + "}",
                because + "; its type is " + column.type());
    }

    private void times(Named named) {
        named.get("stored-at").ifPresent(guess -> time("stored-at", guess));
        Optional<Named.Guess> until = named.get("keep-until");
        if (until.isPresent()) {
            SourceColumn column = until.get().column();
            read.add(column.name());
            facts.guess(
                    INDENT,
                    "retention: {until: " + Lines.quoted(column.name()) + ", type: " + spelling(column) + "}",
                    until.get().because());
        } else {
            named.get("keep-days").ifPresent(guess -> reading("retention", guess));
        }
    }

    private void point() {
        Named named = Named.of(table, vocabulary, POINT);
        Map<String, Named.Guess> flags = new LinkedHashMap<>();
        METHODS.forEach(method -> named.get(method)
                .filter(guess ->
                        !NUMBER_OF_SOMETHING.matcher(guess.column().name()).matches())
                .ifPresent(guess -> flags.put(method, guess)));
        Optional<Named.Guess> listed = named.get("methods");
        boolean looksSo = isCalled("access-point") && !isCalled("attempt");
        if (flags.isEmpty() && listed.isEmpty() || !looksSo && flags.size() < SURE_FLAGS) {
            if (looksSo) {
                lacks.add("which methods the access points of " + table.name() + " offer: " + called("access-point")
                        + ", but no column says so");
            }
            return;
        }
        event("access-point", looksSo ? called("access-point") : "several of its columns are methods");
        if (key().isEmpty()) {
            lacks.add("which column of " + table.name() + " names an access point ('id: {column: …}'): it has no key");
        }
        named.get("site").ifPresent(guess -> reading("site", guess));
        named.get("in-force").ifPresent(guess -> reading("in-force", guess));
        if (!flags.isEmpty()) {
            List<String> words = new ArrayList<>();
            List<String> because = new ArrayList<>();
            flags.forEach((method, guess) -> {
                read.add(guess.column().name());
                words.add(Lines.quoted(guess.column().name()) + ": " + method);
                because.add(guess.column().name() + ": " + guess.because());
            });
            facts.guess(INDENT, "methods: {flags: {" + String.join(", ", words) + "}}", String.join("; ", because));
        } else {
            methods(listed.orElseThrow());
        }
        named.get("changed-at").ifPresent(guess -> time("since", guess));
    }

    private void methods(Named.Guess listed) {
        SourceColumn column = listed.column();
        read.add(column.name());
        boolean json = column.kind() != ValueKind.TEXT;
        facts.guess(
                INDENT,
                json
                        ? "methods: {json: " + Lines.quoted(column.name()) + "}"
                        : "methods: {column: " + Lines.quoted(column.name()) + ", delimiter: \",\"}",
                listed.because() + "; how it spells the methods, add as 'values: {…: FACE}'");
    }

    private void purpose() {
        if (!isCalled("purpose-end") || isCalled("attempt")) {
            return;
        }
        Named.of(table, vocabulary, PURPOSE).get("ends-on").ifPresent(end -> {
            event("purpose-end", called("purpose-end"));
            if (person(true).isEmpty()) {
                facts.comment(INDENT, "person: …");
            }
            time("ends-on", end);
        });
    }

    private void consent() {
        Named named = Named.of(table, vocabulary, CONSENT);
        boolean dated = named.has("given-at") || named.has("withdrawn-at");
        if (!named.has("separate") && !(isCalled("consent") && dated)) {
            return;
        }
        event("consent", isCalled("consent") ? called("consent") : "a column says whether it is a separate consent");
        person(true);
        if (named.has("separate")) {
            reading("separate", named.get("separate").orElseThrow());
        } else {
            facts.guess(INDENT, "separate: {constant: false}", "no column says whether it is a separate consent");
        }
        named.get("legal-basis").ifPresent(guess -> words("legal-basis", guess, "bases", "CONSENT"));
        named.get("given-at").ifPresent(guess -> time("given-at", guess));
        named.get("withdrawn-at").ifPresent(guess -> time("withdrawn-at", guess));
        named.get("expires-on").ifPresent(guess -> time("expires-on", guess));
        named.get("guardian").ifPresent(guess -> reading("guardian", guess));
        birth(named);
    }

    /** On the row itself, or on the person's. */
    private void birth(Named named) {
        if (named.has("birth")) {
            time("birth", named.get("birth").orElseThrow());
            return;
        }
        for (TableLinks.Link link : links.of(table)) {
            Optional<Named.Guess> there =
                    Named.of(link.to(), vocabulary, Set.of("birth")).get("birth");
            if (there.isPresent()) {
                read.add(link.column());
                facts.guess(
                        INDENT,
                        "birth: {column: " + Lines.quoted(there.get().column().name()) + ", via: ["
                                + Lines.text(link.column() + " -> " + link.to().name() + "." + link.otherColumn())
                                + "], type: "
                                + spelling(there.get().column()) + "}",
                        link.column() + " " + link.because() + ", and there "
                                + there.get().because());
                return;
            }
        }
    }

    private void attempt() {
        Named named = Named.of(table, vocabulary, ATTEMPT);
        if (!isCalled("attempt") || !(named.has("at") || named.has("outcome")) || !events.isEmpty()) {
            return;
        }
        event("attempt", called("attempt"));
        person(false);
        named.get("access-point").ifPresent(guess -> reading("access-point", guess));
        named.get("at").ifPresent(guess -> time("at", guess));
        named.get("method").ifPresent(guess -> words("method", guess, "methods", "FACE"));
        named.get("outcome").ifPresent(guess -> words("outcome", guess, "outcomes", "DECLINED"));
    }
}
