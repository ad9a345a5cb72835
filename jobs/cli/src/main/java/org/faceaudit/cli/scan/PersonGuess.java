package org.faceaudit.cli.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    private static final Set<String> DIRECT_ONES = Set.copyOf(DIRECT);
    private static final Set<String> LOCAL = Set.of("local-id");
    private static final Map<String, String> NORMALISED =
            Map.of("id-card", "[idcard]", "member-no", "[trim, upper]", "phone", "[digits]");

    /** The section as a mapping writes it. */
    String text() {
        StringBuilder text = new StringBuilder("{identifies: " + identifies + ", column: " + Lines.quoted(column));
        if (!via.isEmpty()) {
            text.append(", via: [");
            text.append(String.join(", ", via.stream().map(Lines::text).toList()));
            text.append(']');
        }
        if (NORMALISED.containsKey(identifies)) {
            text.append(", normalise: ").append(NORMALISED.get(identifies));
        }
        return text.append('}').toString();
    }

    /** Empty if nothing in the table, or one reference away, says whom it concerns. */
    static Optional<PersonGuess> of(SourceTable table, TableLinks links, Vocabulary vocabulary) {
        return forward(table, links, vocabulary).or(() -> backward(table, links, vocabulary));
    }

    private static Optional<PersonGuess> forward(SourceTable table, TableLinks links, Vocabulary vocabulary) {
        Optional<PersonGuess> direct = direct(table, vocabulary);
        if (direct.isPresent()) {
            return direct;
        }
        List<TableLinks.Link> here = links.of(table);
        for (TableLinks.Link link : here) {
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
        for (TableLinks.Link link : here) {
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
    private static Optional<PersonGuess> backward(SourceTable table, TableLinks links, Vocabulary vocabulary) {
        for (SourceTable other : links.tables()) {
            if (other.name().equals(table.name())) {
                continue;
            }
            for (TableLinks.Link link : links.of(other)) {
                Optional<PersonGuess> there =
                        link.to().name().equals(table.name()) ? forward(other, links, vocabulary) : Optional.empty();
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
}
