package org.faceaudit.cli.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.faceaudit.cli.source.ForeignKey;
import org.faceaudit.cli.source.SourceColumn;
import org.faceaudit.cli.source.SourceTable;
import org.faceaudit.intake.mapping.Reading;

/**
 * Whom the rows of a table probably concern.
 *
 * @param identifies what kind of identifier it is
 * @param column the column that holds it, behind {@code via}
 * @param via hops as a mapping writes them
 * @param because why
 * @param passing tables that must be listed with their key, since rows of theirs point here, or are reached by what is no key
 */
record PersonGuess(String identifies, String column, List<String> via, String because, List<String> passing) {

    /** Identifiers, those that mean most to others first. */
    private static final List<String> DIRECT = List.of("id-card", "member-no", "phone");

    /** A key's name that more tables share, such as id, tells nothing. */
    private static final int MOST_OF_ONE_KEY = 2;

    private static final Set<String> DIRECT_ONES = Set.copyOf(DIRECT);
    private static final Set<String> LOCAL = Set.of("local-id");
    private static final Map<String, String> NORMALISED =
            Map.of("id-card", "[idcard]", "member-no", "[trim, upper]", "phone", "[digits]");

    /** A reference from a row to another, by a foreign key or by its name. */
    record Link(String column, SourceTable to, String otherColumn, String because) {}

    /** The section as a mapping writes it. */
    String text() {
        StringBuilder text = new StringBuilder("{identifies: " + identifies + ", column: " + Lines.quoted(column));
        if (!via.isEmpty()) {
            text.append(", via: [");
            text.append(String.join(", ", via.stream().map(PersonGuess::hop).toList()));
            text.append(']');
        }
        if (NORMALISED.containsKey(identifies)) {
            text.append(", normalise: ").append(NORMALISED.get(identifies));
        }
        return text.append('}').toString();
    }

    private static String hop(String hop) {
        return '"' + hop.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Empty if nothing in the table, or one reference away, says whom it concerns. */
    static Optional<PersonGuess> of(SourceTable table, List<SourceTable> all, Vocabulary vocabulary) {
        return forward(table, all, vocabulary).or(() -> backward(table, all, vocabulary));
    }

    private static Optional<PersonGuess> forward(SourceTable table, List<SourceTable> all, Vocabulary vocabulary) {
        Optional<PersonGuess> direct = direct(table, vocabulary);
        if (direct.isPresent()) {
            return direct;
        }
        List<Link> links = links(table, all);
        for (Link link : links) {
            // The phone of a library, a shop or an office is nobody's own.
            Optional<PersonGuess> there = direct(link.to(), vocabulary)
                    .filter(person -> !person.identifies().equals("phone") || isPerson(link.to(), vocabulary));
            if (there.isPresent()) {
                PersonGuess person = there.get();
                return Optional.of(new PersonGuess(
                        person.identifies(),
                        person.column(),
                        List.of(link.column() + " -> " + link.to().name() + "." + link.otherColumn()),
                        link.column() + " " + link.because() + ", and there " + person.column() + ": "
                                + person.because(),
                        // Its rows would be taken for told apart by the column that they are reached by.
                        link.to().tellsApart(List.of(link.otherColumn()))
                                ? List.of()
                                : List.of(link.to().name())));
            }
        }
        for (Link link : links) {
            if (isPerson(link.to(), vocabulary)) {
                return Optional.of(local(link.column(), "it " + link.because() + ", which tells no other identifier"));
            }
        }
        Optional<PersonGuess> local = Named.of(table, vocabulary, LOCAL)
                .get("local-id")
                .map(guess -> local(guess.column().name(), guess.because()));
        if (local.isPresent()) {
            return local;
        }
        return isPerson(table, vocabulary) && table.primaryKey().size() == 1
                ? Optional.of(local(table.primaryKey().get(0), "a row of " + table.shortName() + " is a person"))
                : Optional.empty();
    }

    private static PersonGuess local(String column, String because) {
        return new PersonGuess("local-id", column, List.of(), because, List.of());
    }

    private static boolean isPerson(SourceTable table, Vocabulary vocabulary) {
        return vocabulary.of(table).stream().anyMatch(match -> match.concept().equals("person"));
    }

    private static Optional<PersonGuess> direct(SourceTable table, Vocabulary vocabulary) {
        Named named = Named.of(table, vocabulary, DIRECT_ONES);
        return DIRECT.stream()
                .flatMap(concept -> named.get(concept).stream())
                .findFirst()
                .map(guess -> new PersonGuess(
                        guess.match().concept(), guess.column().name(), List.of(), guess.because(), List.of()));
    }

    /** Rows of another table point here, and say whom they concern. */
    private static Optional<PersonGuess> backward(SourceTable table, List<SourceTable> all, Vocabulary vocabulary) {
        for (SourceTable other : all) {
            if (other.name().equals(table.name())) {
                continue;
            }
            for (Link link : links(other, all)) {
                Optional<PersonGuess> there =
                        link.to().name().equals(table.name()) ? forward(other, all, vocabulary) : Optional.empty();
                if (there.isPresent() && there.get().via().size() < Reading.MOST_HOPS) {
                    List<String> via = new ArrayList<>();
                    via.add(link.otherColumn() + " <- " + other.name() + "." + link.column());
                    via.addAll(there.get().via());
                    return Optional.of(new PersonGuess(
                            there.get().identifies(),
                            there.get().column(),
                            via,
                            link.column() + " of " + other.shortName() + " " + link.because() + ", and there "
                                    + there.get().column() + ": " + there.get().because(),
                            List.of(other.name())));
                }
            }
        }
        return Optional.empty();
    }

    /** Where the rows of a table point, by foreign keys first, then by what columns and at last what keys are called. */
    static List<Link> links(SourceTable table, List<SourceTable> all) {
        List<Link> links = new ArrayList<>();
        for (ForeignKey key : table.foreignKeys()) {
            if (key.columns().size() == 1) {
                all.stream()
                        .filter(other -> other.name().equals(key.table()))
                        .findFirst()
                        .ifPresent(other -> links.add(new Link(
                                key.columns().get(0),
                                other,
                                key.otherColumns().get(0),
                                "is a foreign key to " + other.shortName())));
            }
        }
        for (SourceColumn column : table.columns()) {
            if (links.stream().noneMatch(link -> link.column().equals(column.name()))) {
                byName(column, table, all).or(() -> byKey(column, table, all)).ifPresent(links::add);
            }
        }
        return links;
    }

    private static Optional<Link> byName(SourceColumn column, SourceTable table, List<SourceTable> all) {
        String stem = column.name().toLowerCase(Locale.ROOT).replaceFirst("(_?(id|uuid)|编号)$", "");
        if (stem.isEmpty() || stem.equals(column.name().toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        return all.stream()
                .filter(other ->
                        !other.name().equals(table.name()) && other.primaryKey().size() == 1)
                .filter(other -> stems(other).contains(stem))
                .filter(other -> other.column(other.primaryKey().get(0))
                        .map(SourceColumn::kind)
                        .filter(column.kind()::equals)
                        .isPresent())
                .findFirst()
                .map(other -> new Link(
                        column.name(),
                        other,
                        other.primaryKey().get(0),
                        "is called after " + other.shortName() + others(keyedBy(column, table, all), other)));
    }

    /** A column that is called as the key of few other tables is. */
    private static Optional<Link> byKey(SourceColumn column, SourceTable table, List<SourceTable> all) {
        List<SourceTable> keyed = keyedBy(column, table, all);
        return keyed.isEmpty() || keyed.size() > MOST_OF_ONE_KEY
                ? Optional.empty()
                : Optional.of(new Link(
                        column.name(),
                        keyed.get(0),
                        column.name(),
                        "is called as the key of " + keyed.get(0).shortName() + others(keyed, keyed.get(0))));
    }

    private static List<SourceTable> keyedBy(SourceColumn column, SourceTable table, List<SourceTable> all) {
        return all.stream()
                .filter(other -> !other.name().equals(table.name())
                        && !table.primaryKey().contains(column.name())
                        && other.primaryKey().equals(List.of(column.name()))
                        && other.column(column.name()).map(SourceColumn::kind).equals(Optional.of(column.kind())))
                .toList();
    }

    /** The tables that may be meant too. */
    private static String others(List<SourceTable> keyed, SourceTable chosen) {
        List<String> others = keyed.stream()
                .filter(other -> !other.name().equals(chosen.name()))
                .map(SourceTable::shortName)
                .toList();
        return others.isEmpty() || others.size() >= MOST_OF_ONE_KEY
                ? ""
                : " (" + String.join(", ", others) + " has a key of that name too: which is meant, nothing says)";
    }

    private static Set<String> stems(SourceTable table) {
        String name = table.shortName().toLowerCase(Locale.ROOT);
        String bare = name.replaceFirst("^(t|tb|tbl|sys)_", "").replaceFirst("_(info|table|tbl)$", "");
        Set<String> stems = new TreeSet<>();
        for (String one : List.of(name, bare)) {
            stems.add(one);
            stems.add(one.replaceFirst("s$", ""));
        }
        return stems;
    }
}
