package org.faceaudit.intake.rows;

import java.math.BigDecimal;
import java.util.Optional;
import org.faceaudit.core.event.DayValue;
import org.faceaudit.core.event.DeclaredFiling;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.law.FilingKind;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.mapping.FactMapping.DeclaredFilingMapping;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.mapping.Reading;
import org.faceaudit.intake.mapping.TimeReading;
import org.faceaudit.intake.mapping.WordReading;

/**
 * Makes filings of rows, as the operator itself records them. As of the registry's, the newest state of a row counts, with the
 * days that it tells; of what cannot have been nothing is made.
 */
final class DeclaredFilings {

    private final DeclaredFilingMapping fact;
    private final NewestCut newest;
    private final FactValues values;

    private DeclaredFilings(DeclaredFilingMapping fact, NewestCut newest, FactValues values) {
        this.fact = fact;
        this.newest = newest;
        this.values = values;
    }

    /** The filing as it stands, {@code null} if the row never was one of the operator's. */
    static DeclaredFiling derive(
            Mapping mapping,
            MappedTable table,
            DeclaredFilingMapping fact,
            String rowKey,
            RowView view,
            Complaints complaints) {
        NewestCut newest = NewestCut.of(table, fact.readings(), rowKey, view);
        if (newest == null) {
            return null;
        }
        DeclaredFiling none = none(mapping, table.rowName(rowKey), newest);
        return newest.present()
                ? new DeclaredFilings(fact, newest, new FactValues(mapping, newest.cut(), view, complaints)).told(none)
                : none;
    }

    private static DeclaredFiling none(Mapping mapping, String key, NewestCut newest) {
        return new DeclaredFiling(
                mapping.operator(),
                mapping.system(),
                key,
                mapping.version(),
                false,
                FieldValue.ABSENT,
                DayValue.ABSENT,
                DayValue.ABSENT,
                DayValue.ABSENT,
                DayValue.ABSENT,
                FieldValue.ABSENT,
                FieldValue.ABSENT,
                newest.cut().position());
    }

    private DeclaredFiling told(DeclaredFiling of) {
        DayValue submittedOn = submittedOn();
        return new DeclaredFiling(
                of.operator(),
                of.system(),
                of.filingKey(),
                of.mappingVersion(),
                true,
                kind(),
                submittedOn,
                after(submittedOn, fact.returnedOn()),
                after(submittedOn, fact.acceptedOn()),
                after(submittedOn, fact.withdrawnOn()),
                authority(fact.authority()),
                persons(fact.declaredPersons()),
                of.position());
    }

    /** A filing of no kind answers no duty. */
    private FieldValue kind() {
        FieldValue kind = values.word(fact.kind(), FilingKind.values());
        if (kind.state() == FieldState.ABSENT) {
            values.unreadable(fact.kind().column().column(), "unmapped-word");
            return FieldValue.UNKNOWN;
        }
        return kind;
    }

    /** Nobody records today that something was submitted tomorrow; whoever writes the row over says it anew. */
    private DayValue submittedOn() {
        DayValue day = values.dayValue(fact.submittedOn());
        if (day.state() == FieldState.PRESENT
                && day.day().isAfter(LegalDay.of(newest.cut().at()))) {
            values.unreadable(fact.submittedOn().column().column(), "future-submission");
            return DayValue.UNKNOWN;
        }
        return day;
    }

    /** What becomes of a filing becomes of it after its submission. */
    private DayValue after(DayValue submittedOn, TimeReading reading) {
        DayValue day = values.dayValue(reading);
        if (day.state() == FieldState.PRESENT
                && submittedOn.state() == FieldState.PRESENT
                && day.day().isBefore(submittedOn.day())) {
            values.unreadable(reading.column().column(), "before-submission");
            return DayValue.UNKNOWN;
        }
        return day;
    }

    /** A code and nothing else: what else stands there may be anything. */
    private FieldValue authority(WordReading reading) {
        FieldValue code = values.text(reading);
        if (code.state() == FieldState.PRESENT
                && !DeclaredFilingMapping.AUTHORITY.matcher(code.text()).matches()) {
            values.unreadable(reading.column().column(), "unmapped-word");
            return FieldValue.UNKNOWN;
        }
        return code;
    }

    private FieldValue persons(Reading reading) {
        if (reading == null) {
            return FieldValue.ABSENT;
        }
        FieldValue value = values.value(reading);
        if (value.state() != FieldState.PRESENT || value.text().isBlank()) {
            return value.state() == FieldState.PRESENT ? FieldValue.ABSENT : value;
        }
        Optional<String> count = count(value.text().strip());
        if (count.isEmpty()) {
            values.unreadable(reading.column(), "absurd-count");
        }
        return count.map(FieldValue::present).orElse(FieldValue.UNKNOWN);
    }

    private static Optional<String> count(String text) {
        try {
            long count = new BigDecimal(text).longValueExact();
            return count < 0 ? Optional.empty() : Optional.of(Long.toString(count));
        } catch (ArithmeticException | NumberFormatException notCounted) {
            return Optional.empty();
        }
    }

    /** What stands after a filing turned out never to have been the operator's. */
    static DeclaredFiling withdrawn(DeclaredFiling filing) {
        return new DeclaredFiling(
                filing.operator(),
                filing.system(),
                filing.filingKey(),
                filing.mappingVersion(),
                false,
                FieldValue.ABSENT,
                DayValue.ABSENT,
                DayValue.ABSENT,
                DayValue.ABSENT,
                DayValue.ABSENT,
                FieldValue.ABSENT,
                FieldValue.ABSENT,
                filing.position());
    }
}
