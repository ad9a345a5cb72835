package org.faceaudit.intake.rows;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.faceaudit.core.event.DayValue;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.mapping.FactMapping.FaceRecordMapping;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.mapping.PersonReading;
import org.faceaudit.intake.mapping.Reading;
import org.faceaudit.intake.mapping.TimeReading;
import org.faceaudit.intake.mapping.WordReading;

/** Reads the values of one cut: persons, instants, days. What cannot be read is noted and has no value. */
final class FactValues {

    private static final int TOKEN_PARTS = 5;

    private final Mapping mapping;
    private final FactTimelines.Cut cut;
    private final RowView view;
    private final Complaints complaints;

    FactValues(Mapping mapping, FactTimelines.Cut cut, RowView view, Complaints complaints) {
        this.mapping = mapping;
        this.cut = cut;
        this.view = view;
        this.complaints = complaints;
    }

    FieldValue value(Reading reading) {
        FieldValue value = References.read(reading, cut.row(), cut.at(), view);
        if (value.state() == FieldState.UNKNOWN
                && reading.via().isEmpty()
                && cut.row().present()) {
            unreadable(reading.column(), "unknown-value");
        }
        return value;
    }

    /** What a column says of a time; that there is none, however that is written, is ABSENT. */
    FieldValue value(TimeReading reading) {
        FieldValue value = value(reading.column());
        return value.state() == FieldState.PRESENT && ValueTexts.isUnset(reading.type(), value.text(), mapping.zone())
                ? FieldValue.ABSENT
                : value;
    }

    void unreadable(String column, String reason) {
        complaints.add(cut.row(), column, reason);
    }

    /** Every token that is known of the person of a face, each once, in the order of the mapping. */
    List<PersonToken> persons(FaceRecordMapping fact) {
        if (fact.alsoNamed().isEmpty()) {
            PersonToken only = person(fact.person());
            return only == null ? List.of() : List.of(only);
        }
        return fact.persons().stream()
                .map(this::person)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** Whose face, {@code null} while that is not known. */
    PersonToken person(PersonReading alternatives) {
        if (alternatives == null || !cut.row().present()) {
            return null;
        }
        PersonReading reading = meant(alternatives);
        if (reading == null) {
            return null;
        }
        PersonToken[] parts = new PersonToken[reading.columns().size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = part(reading.columns().get(i), reading);
            if (parts[i] == null) {
                return null;
            }
        }
        return parts.length == 1 ? parts[0] : joined(reading, parts);
    }

    /** Of several alternatives that of this row; {@code null} for none, and while it is not known which. */
    private PersonReading meant(PersonReading alternatives) {
        for (PersonReading one = alternatives; one != null; one = one.otherwise()) {
            FactTimelines.Kept holds =
                    one.when() == null ? FactTimelines.Kept.YES : FactTimelines.holds(one.when(), cut, view);
            if (holds != FactTimelines.Kept.NO) {
                return holds == FactTimelines.Kept.YES ? one : null;
            }
        }
        return null;
    }

    /** What one column says of a person. */
    private PersonToken part(Reading column, PersonReading reading) {
        FieldValue token = value(column);
        if (token.state() != FieldState.PRESENT) {
            return null;
        }
        String[] parts = token.text().split(":", -1);
        if (parts.length != TOKEN_PARTS) {
            unreadable(column.column(), "no-token");
            return null;
        }
        Optional<String> scope = scope(reading);
        return scope.map(within -> new PersonToken(parts[1], parts[2], parts[3], within, parts[4]))
                .orElse(null);
    }

    private PersonToken joined(PersonReading reading, PersonToken... parts) {
        String group = parts[0].group();
        for (PersonToken part : parts) {
            // The key was changed between the two: what they make together compares with nothing.
            if (!part.group().equals(group)) {
                unreadable(reading.columns().get(0).column(), "mixed-tokens");
                return null;
            }
        }
        return new PersonToken(
                parts[0].identifies(),
                parts[0].keyId(),
                reading.tokenNormalisation(),
                parts[0].scope(),
                JoinedToken.digest(
                        reading.identifies(),
                        Stream.of(parts).map(PersonToken::digest).toList()));
    }

    private Optional<String> scope(PersonReading reading) {
        if (!PersonReading.LOCAL_KINDS.contains(reading.identifies())) {
            return Optional.of("");
        }
        if (reading.collection() == null) {
            return Optional.of(reading.ofSystem() == null ? mapping.system() : reading.ofSystem());
        }
        FieldValue collection = value(reading.collection());
        return switch (collection.state()) {
            case PRESENT -> Optional.of(mapping.system() + "/" + RowKey.encoded(collection.text()));
            case ABSENT -> Optional.of(mapping.system());
            default -> Optional.empty();
        };
    }

    Optional<Instant> instant(TimeReading reading) {
        if (reading == null) {
            return Optional.empty();
        }
        FieldValue value = value(reading);
        if (value.state() != FieldState.PRESENT) {
            return Optional.empty();
        }
        Optional<Instant> instant = ValueTexts.instant(reading.type(), value.text(), mapping.zone());
        if (instant.isEmpty()) {
            unreadable(reading.column().column(), "unreadable-time");
        }
        return instant;
    }

    LegalDay day(TimeReading reading) {
        return instant(reading).map(LegalDay::of).orElse(null);
    }

    /** A day of the row; one that is not mapped is ABSENT. */
    DayValue dayValue(TimeReading reading) {
        if (reading == null) {
            return DayValue.ABSENT;
        }
        FieldValue value = value(reading);
        if (value.state() != FieldState.PRESENT) {
            return value.state() == FieldState.ABSENT ? DayValue.ABSENT : DayValue.UNKNOWN;
        }
        LegalDay day = day(reading);
        return day == null ? DayValue.UNKNOWN : DayValue.present(day);
    }

    /** A word that nobody mapped must not pass for any of ours. */
    FieldValue word(WordReading reading, Enum<?>... vocabulary) {
        if (reading.constant() != null) {
            return FieldValue.present(reading.constant());
        }
        FieldValue value = value(reading.column());
        if (value.state() != FieldState.PRESENT) {
            return value;
        }
        String written = value.text().strip();
        String word = reading.values().isEmpty()
                ? written.toUpperCase(Locale.ROOT).replace('-', '_')
                : reading.values().get(written);
        for (Enum<?> known : vocabulary) {
            if (known.name().equals(word)) {
                return FieldValue.present(word);
            }
        }
        unreadable(reading.column().column(), "unmapped-word");
        return FieldValue.UNKNOWN;
    }

    /** A text that is no word of ours: as mapped, else as it stands there. Nothing but blanks is none, nor is what is not mapped. */
    FieldValue text(WordReading reading) {
        if (reading == null) {
            return FieldValue.ABSENT;
        }
        if (reading.constant() != null) {
            return FieldValue.present(reading.constant());
        }
        FieldValue value = value(reading.column());
        if (value.state() != FieldState.PRESENT) {
            return value;
        }
        String written = value.text().strip();
        return written.isEmpty()
                ? FieldValue.ABSENT
                : FieldValue.present(reading.values().getOrDefault(written, written));
    }

    /**
     * When something began: as the operator's column declares it where that is possible, else as the log or the snapshot
     * bounds it. A row that the log brought began with its commit, whatever its columns say: that is how an import counts.
     */
    TimeBounds start(TimeReading declared, TimeReading after) {
        TimeBounds from = cut.from();
        Optional<Instant> said = instant(declared);
        if (said.isPresent() && said.get().isAfter(from.latest())) {
            unreadable(declared.column().column(), "future-time");
        }
        if (said.isPresent()
                && !from.exact()
                && !said.get().isBefore(from.earliest())
                && !said.get().isAfter(from.latest())) {
            return TimeBounds.declared(said.get());
        }
        Instant lower = instant(after).orElse(from.earliest());
        boolean narrows = lower.isAfter(from.earliest()) && !lower.isAfter(from.latest());
        return narrows ? TimeBounds.between(lower, from.latest()) : from;
    }
}
