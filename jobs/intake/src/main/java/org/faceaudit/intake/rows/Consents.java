package org.faceaudit.intake.rows;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.faceaudit.core.event.Consent;
import org.faceaudit.core.event.ConsentScope;
import org.faceaudit.core.event.ConsentVersion;
import org.faceaudit.core.event.DayValue;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.LegalBasis;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.core.event.TimeValue;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.mapping.Condition;
import org.faceaudit.intake.mapping.FactMapping.ConsentMapping;
import org.faceaudit.intake.mapping.FlagReading;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.mapping.TimeReading;
import org.faceaudit.intake.mapping.TimeType;
import org.faceaudit.intake.rows.FactTimelines.Cut;
import org.faceaudit.intake.rows.FactTimelines.Kept;

/** Makes consents of rows. */
final class Consents {

    /** Nobody alive was born earlier. */
    private static final LegalDay EARLIEST_BIRTH = LegalDay.of(1900, 1, 1);

    private final ConsentMapping fact;
    private final Cut cut;
    private final FactValues values;
    private final ConsentVersion last;
    private final Consents before;

    /** @param before what the row said just before, {@code null} if it was not there */
    private Consents(ConsentMapping fact, Cut cut, FactValues values, ConsentVersion last, Consents before) {
        this.fact = fact;
        this.cut = cut;
        this.values = values;
        this.last = last;
        this.before = before;
    }

    /** The consent's time line, {@code null} if the row never was one of the operator's. */
    static Consent derive(
            Mapping mapping,
            MappedTable table,
            ConsentMapping fact,
            String rowKey,
            RowView view,
            Complaints complaints) {
        RowHistory own = view.history(table.name(), rowKey);
        if (own == null) {
            return null;
        }
        List<ConsentVersion> versions = new ArrayList<>();
        Consents before = null;
        for (Cut cut : FactTimelines.cuts(own, FactTimelines.readings(table, fact.readings()), view)) {
            FactValues values = new FactValues(mapping, cut, view, complaints);
            ConsentVersion last = versions.isEmpty() ? null : versions.get(versions.size() - 1);
            Kept kept = cut.row().present() ? FactTimelines.kept(table, cut, view) : Kept.NO;
            if (last == null && kept != Kept.YES) {
                continue;
            }
            before = kept == Kept.NO ? null : new Consents(fact, cut, values, last, before);
            ConsentVersion version =
                    before == null ? ConsentVersion.gone(cut.from(), cut.position()) : before.version(mapping);
            if (last == null || !same(last, version)) {
                versions.add(version);
            }
        }
        return versions.isEmpty()
                ? null
                : new Consent(mapping.operator(), mapping.system(), table.rowName(rowKey), mapping.version(), versions);
    }

    /** What stands after a consent turned out never to have been the operator's. */
    static Consent withdrawn(Consent consent) {
        ConsentVersion first = consent.versions().get(0);
        return new Consent(
                consent.operator(),
                consent.system(),
                consent.consentKey(),
                consent.mappingVersion(),
                List.of(ConsentVersion.gone(first.from(), first.position())));
    }

    private ConsentVersion version(Mapping mapping) {
        TimeBounds from = last == null ? values.start(fact.givenAt(), null) : cut.from();
        return new ConsentVersion(
                from,
                true,
                values.person(fact.person()),
                given(),
                flag(fact.separate()),
                fact.scope() == null
                        ? FieldValue.present(ConsentScope.FACE.name())
                        : values.word(fact.scope(), ConsentScope.values()),
                fact.legalBasis() == null ? FieldValue.ABSENT : values.word(fact.legalBasis(), LegalBasis.values()),
                fact.guardian() == null ? FieldValue.UNKNOWN : flag(fact.guardian()),
                withdrawnAt(),
                values.dayValue(fact.expiresOn()),
                birth(mapping),
                cut.position());
    }

    private FieldState given() {
        return fact.givenAt() == null
                ? FieldState.PRESENT
                : time(fact.givenAt()).state();
    }

    /**
     * A status that tells no time tells the withdrawal from the version on that first has it. A withdrawal before the giving
     * that the same row states is one of an earlier consent: it was given again.
     */
    private TimeValue withdrawnAt() {
        TimeValue stated = fact.withdrawnAt() == null ? TimeValue.ABSENT : time(fact.withdrawnAt());
        if (isGivenAfter(stated)) {
            values.unreadable(fact.withdrawnAt().column().column(), "withdrawn-before-given");
            stated = TimeValue.ABSENT;
        }
        if (fact.withdrawn() == null || stated.state() == FieldState.PRESENT) {
            return stated;
        }
        FieldValue status = flag(fact.withdrawn());
        if (status.state() == FieldState.UNKNOWN || stated.state() == FieldState.UNKNOWN) {
            return TimeValue.UNKNOWN;
        }
        if (!ConsentVersion.YES.equals(status.text())) {
            return TimeValue.ABSENT;
        }
        boolean already = last != null && last.present() && last.withdrawnAt().state() == FieldState.PRESENT;
        return already ? last.withdrawnAt() : TimeValue.present(cut.at());
    }

    /**
     * Whether the row was given after the withdrawal that it states: that was one of an earlier consent, whose day some
     * products leave beside the newer one. Where one of the two is a day alone, the days tell.
     */
    private boolean isGivenAfter(TimeValue withdrawn) {
        TimeValue given = fact.givenAt() == null ? TimeValue.ABSENT : time(fact.givenAt());
        if (given.at() == null || withdrawn.at() == null) {
            return false;
        }
        boolean byDay =
                fact.givenAt().type() == TimeType.DATE || fact.withdrawnAt().type() == TimeType.DATE;
        return byDay
                ? LegalDay.of(withdrawn.at()).isBefore(LegalDay.of(given.at()))
                : withdrawn.at().isBefore(given.at());
    }

    /** An instant that lies ahead of the change that tells it has come to pass with that change at the latest. */
    private TimeValue time(TimeReading reading) {
        FieldValue value = values.value(reading);
        if (value.state() != FieldState.PRESENT) {
            return value.state() == FieldState.ABSENT ? TimeValue.ABSENT : TimeValue.UNKNOWN;
        }
        Optional<Instant> said = values.instant(reading);
        Instant told = toldAt(reading, value);
        if (said.isPresent() && said.get().isAfter(told)) {
            values.unreadable(reading.column().column(), "future-time");
            return TimeValue.present(told);
        }
        return said.map(TimeValue::present).orElse(TimeValue.UNKNOWN);
    }

    /** When the row began to say in a column what it says: another change of it tells nothing new of that. */
    private Instant toldAt(TimeReading reading, FieldValue value) {
        Consents first = this;
        while (first.before != null && first.before.values.value(reading).equals(value)) {
            first = first.before;
        }
        return first.cut.at();
    }

    /** A person may be older than the epoch, but neither unborn nor older than anyone. */
    private DayValue birth(Mapping mapping) {
        if (fact.birth() == null) {
            return DayValue.ABSENT;
        }
        FieldValue value = values.value(fact.birth().column());
        if (value.state() != FieldState.PRESENT) {
            return value.state() == FieldState.ABSENT ? DayValue.ABSENT : DayValue.UNKNOWN;
        }
        Optional<LegalDay> day = ValueTexts.anyInstant(fact.birth().type(), value.text(), mapping.zone())
                .map(LegalDay::of)
                .filter(born -> !born.isBefore(EARLIEST_BIRTH) && !born.isAfter(LegalDay.of(cut.at())));
        if (day.isEmpty()) {
            values.unreadable(fact.birth().column().column(), "absurd-birth");
        }
        return day.map(DayValue::present).orElse(DayValue.UNKNOWN);
    }

    private FieldValue flag(FlagReading reading) {
        if (reading.constant() != null) {
            return FieldValue.present(reading.constant().toString());
        }
        FieldValue value = values.value(reading.column());
        if (!reading.values().isEmpty() && value.state() != FieldState.UNKNOWN) {
            boolean yes = Condition.isOneOf(reading.values(), value);
            return value.state() == FieldState.ABSENT && !yes ? value : FieldValue.present(Boolean.toString(yes));
        }
        if (value.state() != FieldState.PRESENT) {
            return value;
        }
        Optional<Boolean> flag = ValueTexts.flag(value.text());
        if (flag.isEmpty()) {
            values.unreadable(reading.column().column(), "unreadable-flag");
        }
        return flag.map(set -> FieldValue.present(set.toString())).orElse(FieldValue.UNKNOWN);
    }

    private static boolean same(ConsentVersion one, ConsentVersion other) {
        return one.present() == other.present()
                && Objects.equals(one.person(), other.person())
                && one.given() == other.given()
                && one.separate().equals(other.separate())
                && one.scope().equals(other.scope())
                && one.legalBasis().equals(other.legalBasis())
                && one.guardian().equals(other.guardian())
                && one.withdrawnAt().equals(other.withdrawnAt())
                && one.expiresOn().equals(other.expiresOn())
                && one.bornOn().equals(other.bornOn());
    }
}
