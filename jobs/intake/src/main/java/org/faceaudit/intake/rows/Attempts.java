package org.faceaudit.intake.rows;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.core.event.AttemptOutcome;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.intake.mapping.Condition;
import org.faceaudit.intake.mapping.FactMapping.AttemptMapping;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.mapping.MethodsReading;
import org.faceaudit.intake.mapping.Reading;
import org.faceaudit.intake.mapping.WordReading;
import org.faceaudit.intake.rows.AttemptTold.Part;
import org.faceaudit.intake.rows.AttemptTold.Told;
import org.faceaudit.intake.rows.FactTimelines.Cut;
import org.faceaudit.intake.rows.FactTimelines.Kept;

/** Makes attempts of rows: each version of a row says the whole attempt, whatever it said before. */
final class Attempts {

    private final Mapping mapping;
    private final MappedTable table;
    private final AttemptMapping fact;
    private final RowVersion row;
    private final FactValues values;
    private final RowView view;

    private Attempts(
            Mapping mapping,
            MappedTable table,
            AttemptMapping fact,
            RowVersion row,
            RowView view,
            Complaints complaints) {
        this.mapping = mapping;
        this.table = table;
        this.fact = fact;
        this.row = row;
        this.view = view;
        this.values = new FactValues(mapping, cut(row), view, complaints);
    }

    private static Cut cut(RowVersion row) {
        return new Cut(row.from(), row, row.position());
    }

    /**
     * What a version of a row says.
     *
     * @param view for references; may be {@code null} for a table that has none
     */
    static AttemptTold read(
            Mapping mapping,
            MappedTable table,
            AttemptMapping fact,
            String rowKey,
            RowVersion row,
            Told told,
            RowView view,
            Complaints complaints) {
        return new Attempts(mapping, table, fact, row, view, complaints).read(rowKey, told);
    }

    /** The newest version in which the row was there, told by how it came; {@code null} if it never was. */
    static AttemptTold derive(
            Mapping mapping,
            MappedTable table,
            AttemptMapping fact,
            String rowKey,
            RowView view,
            Complaints complaints) {
        RowHistory own = view.history(table.name(), rowKey);
        if (own == null) {
            return null;
        }
        List<RowVersion> versions = own.versions();
        int newest = versions.size() - 1;
        while (newest >= 0 && !versions.get(newest).present()) {
            newest--;
        }
        if (newest < 0) {
            return null;
        }
        RowVersion row = versions.get(newest);
        Told told = Told.INSERTED;
        if (row.snapshotId() != 0) {
            told = RowHistories.isOfFirstSnapshot(row) ? Told.INHERITED : Told.FOUND;
        } else if (newest > 0 && versions.get(newest - 1).present()) {
            told = Told.UPDATED;
        }
        return read(mapping, table, fact, rowKey, row, told, view, complaints);
    }

    /** Whether a row on the way of a reference is not there, so that the attempt may say more once it is. */
    static boolean lacksReference(MappedTable table, RowVersion row, RowView view) {
        for (Reading reading : Mapping.readings(table)) {
            if (!reading.via().isEmpty()
                    && isPresent(row, reading.via().get(0).column())
                    && References.read(reading, row, cut(row).at(), view).state() == FieldState.UNKNOWN) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPresent(RowVersion row, String column) {
        return row.fields().getOrDefault(column, FieldValue.UNKNOWN).state() == FieldState.PRESENT;
    }

    private AttemptTold read(String rowKey, Told told) {
        Set<Part> unchanged = EnumSet.noneOf(Part.class);
        if (isUnchanged(fact.accessPoint())) {
            unchanged.add(Part.POINT);
        }
        if (fact.person() != null && fact.person().readings().stream().anyMatch(this::isUnchanged)) {
            unchanged.add(Part.PERSON);
        }
        if (fact.method() != null && isUnchanged(fact.method().column())) {
            unchanged.add(Part.METHOD);
        }
        if (fact.outcome() != null && isUnchanged(fact.outcome().column())) {
            unchanged.add(Part.OUTCOME);
        }
        Optional<Instant> own = own();
        if (own.isEmpty()) {
            unchanged.add(Part.TIME);
        }
        Attempt attempt = new Attempt(
                mapping.operator(),
                mapping.system(),
                table.rowName(rowKey),
                unchanged.contains(Part.POINT) ? null : point(),
                unchanged.contains(Part.PERSON) ? null : values.person(fact.person()),
                own.map(TimeBounds::declared).orElseGet(() -> otherwise(told)),
                unchanged.contains(Part.METHOD) ? null : word(fact.method(), MethodsReading.METHODS, "unmapped-method"),
                unchanged.contains(Part.OUTCOME) ? null : outcome(),
                mapping.version(),
                row.position());
        return new AttemptTold(told, row.identity(), kept(), unchanged, attempt);
    }

    /** The row's own time if it says one that can be: an attempt is not told before it is made. */
    private Optional<Instant> own() {
        if (fact.at() == null || isUnchanged(fact.at().column())) {
            return Optional.empty();
        }
        Optional<Instant> said = values.instant(fact.at());
        if (said.isPresent() && said.get().isAfter(committedAt())) {
            values.unreadable(fact.at().column().column(), "future-time");
            return Optional.empty();
        }
        return said;
    }

    /** A row that is inserted was just made. One that a snapshot finds, or that is written over, is older, nobody knows how old. */
    private TimeBounds otherwise(Told told) {
        return told == Told.INSERTED
                ? TimeBounds.committed(committedAt())
                : TimeBounds.between(Instant.EPOCH, committedAt());
    }

    private Instant committedAt() {
        return row.position().committedAt();
    }

    private String point() {
        if (fact.accessPoint() == null) {
            return null;
        }
        FieldValue value = values.value(fact.accessPoint());
        return value.state() == FieldState.PRESENT ? RowKey.encoded(value.text()) : null;
    }

    private AttemptOutcome outcome() {
        String word = word(fact.outcome(), OUTCOMES, "unmapped-outcome");
        return word == null ? null : AttemptOutcome.valueOf(word);
    }

    private static final List<String> OUTCOMES =
            List.of(AttemptOutcome.PASSED.name(), AttemptOutcome.FAILED.name(), AttemptOutcome.DECLINED.name());

    /** The word in our vocabulary, {@code null} if the row says none or one that nobody mapped. */
    private String word(WordReading reading, List<String> vocabulary, String complaint) {
        if (reading == null || reading.constant() != null) {
            return reading == null ? null : reading.constant();
        }
        FieldValue value = values.value(reading.column());
        String written = value.state() == FieldState.PRESENT ? value.text().strip() : "";
        if (written.isEmpty()) {
            return null;
        }
        Map<String, String> spellings = reading.values();
        String word = spellings.isEmpty() ? written.toUpperCase(Locale.ROOT) : spellings.get(written);
        if (word == null || !vocabulary.contains(word)) {
            values.unreadable(reading.column().column(), complaint);
            return null;
        }
        return word;
    }

    /** {@code null} if the log did not carry what the filter reads; a row that it needs and that is not there keeps it out. */
    private Boolean kept() {
        for (Condition condition : table.where()) {
            if (isUnchanged(condition.column())) {
                return null;
            }
        }
        return table.where().isEmpty() || FactTimelines.kept(table, cut(row), view) == Kept.YES;
    }

    private boolean isUnchanged(Reading reading) {
        if (reading == null) {
            return false;
        }
        String here = reading.via().isEmpty()
                ? reading.column()
                : reading.via().get(0).column();
        return row.fields().getOrDefault(here, FieldValue.UNKNOWN).state() == FieldState.UNCHANGED;
    }
}
