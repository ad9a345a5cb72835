package org.faceaudit.core.forecast;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.faceaudit.core.counting.PersonCountDay;
import org.faceaudit.core.judgement.ClockStanding;
import org.faceaudit.core.judgement.ClockState;
import org.faceaudit.core.law.Duty;
import org.faceaudit.core.law.Filing;
import org.faceaudit.core.law.FilingKind;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.StatutoryDeadlines;

/**
 * The forecasts of one operator: as of the newest day that is known whole, and, so that they can be scored, as of the ends
 * of past months for which one could be given. A function of the counts, the registry and the newest day: a past forecast
 * is the one that the facts up to its day give, as they are known now. What it has computed it remembers as long as the
 * history it rests on stays the same. Not thread-safe.
 */
public final class OperatorForecasts {

    /** All that the distribution follows from; of the history a hash, for there are many days of many operators. */
    private record Basis(UUID history, ForecastTerms terms) {}

    /** Days ahead, 0 for beyond the horizon. */
    private record Days(int low, int mid, int high, boolean growing) {}

    private final String operator;
    private Map<Basis, Days> computed = new HashMap<>();

    public OperatorForecasts(String operator) {
        this.operator = operator;
    }

    /**
     * All forecasts, by day. None while nothing was stored on {@code newest}, and none before the Measures are in force.
     *
     * @param newest the last legal day that is known whole
     * @param allKnown whether every source of the operator is known on that day
     * @param history the count of every day from the first one, without gaps; later days are left out
     * @param clocks the operator's statutory clocks
     */
    public List<Forecast> asOf(
            LegalDay newest,
            boolean allKnown,
            List<PersonCountDay> history,
            List<ClockState> clocks,
            Registry registry) {
        if (history.isEmpty() || newest.isBefore(history.get(0).day()) || newest.isBefore(registry.inForce())) {
            return List.of();
        }
        if (!allKnown) {
            return List.of(withheld(newest, ForecastTerms.on(newest, operator, registry), Withheld.SOURCE_UNKNOWN));
        }
        TreeMap<LegalDay, Forecast> forecasts = new TreeMap<>();
        Map<Basis, Days> used = new HashMap<>();
        for (LegalDay day : pastMonthEnds(newest, registry)) {
            if (!day.isBefore(history.get(0).day())) {
                Forecast forecast = on(day, history, clocks, registry, used);
                if (forecast.withheld() == null) {
                    forecasts.put(day, forecast);
                }
            }
        }
        forecasts.put(newest, on(newest, history, clocks, registry, used));
        computed = used;
        return List.copyOf(forecasts.values());
    }

    private List<LegalDay> pastMonthEnds(LegalDay newest, Registry registry) {
        LegalDay first = newest.plusDays(-registry.integer("forecast.kept", operator, newest));
        List<LegalDay> ends = new ArrayList<>();
        LocalDate end = newest.date().withDayOfMonth(1).minusDays(1);
        while (!LegalDay.of(end).isBefore(first) && !LegalDay.of(end).isBefore(registry.inForce())) {
            ends.add(LegalDay.of(end));
            end = end.withDayOfMonth(1).minusDays(1);
        }
        return ends;
    }

    private Forecast on(
            LegalDay day,
            List<PersonCountDay> history,
            List<ClockState> clocks,
            Registry registry,
            Map<Basis, Days> used) {
        ForecastTerms terms = ForecastTerms.on(day, operator, registry);
        int index = day.epochDay() - history.get(0).day().epochDay();
        PersonCountDay last = history.get(index);
        Withheld reached = reached(day, clocks, registry);
        if (reached != null) {
            return withheld(day, terms, reached);
        }
        if (last.personsLow() >= terms.threshold()) {
            return withheld(day, terms, Withheld.ALREADY_REACHED);
        }
        if (!last.exact()) {
            return withheld(day, terms, Withheld.INEXACT_COUNTS);
        }
        int first = index;
        while (first > 0
                && index - first < terms.historyDays()
                && history.get(first - 1).exact()) {
            first--;
        }
        if (index - first < terms.minimumDays()) {
            return withheld(day, terms, Withheld.HISTORY_TOO_SHORT);
        }
        long[] stock = history.subList(first, index + 1).stream()
                .mapToLong(PersonCountDay::personsLow)
                .toArray();
        Basis basis = new Basis(hash(stock), terms);
        Days ahead = computed.containsKey(basis) ? computed.get(basis) : days(stock, terms);
        used.put(basis, ahead);
        if (ahead.low() == 0) {
            return withheld(day, terms, ahead.growing() ? Withheld.BEYOND_HORIZON : Withheld.NOT_GROWING);
        }
        LegalDay low = day.plusDays(ahead.low());
        return new Forecast(
                operator,
                day,
                low,
                ahead.mid() == 0 ? null : day.plusDays(ahead.mid()),
                ahead.high() == 0 ? null : day.plusDays(ahead.high()),
                StatutoryDeadlines.due(Duty.FILING, low, registry).dueOn(),
                terms.method(),
                null);
    }

    private static UUID hash(long[] stock) {
        ByteBuffer bytes = ByteBuffer.allocate(stock.length * Long.BYTES);
        bytes.asLongBuffer().put(stock);
        return UUID.nameUUIDFromBytes(bytes.array());
    }

    private static Days days(long[] stock, ForecastTerms terms) {
        FirstReaching reaching = FirstReaching.of(stock, terms.threshold(), terms.yearlyChangeShare());
        return new Days(
                reaching.quantile(terms.tail(), terms.horizonDays()),
                reaching.quantile(0.5, terms.horizonDays()),
                reaching.quantile(1 - terms.tail(), terms.horizonDays()),
                reaching.growthPerWeek() > 0);
    }

    /** Whether the cycle that runs at the end of the day has reached the threshold; {@code null} when it has not. */
    private Withheld reached(LegalDay day, List<ClockState> clocks, Registry registry) {
        LegalDay cycleAfter = null;
        for (Filing filing : registry.filings(operator)) {
            if (filing.kind() == FilingKind.DEREGISTRATION
                    && registry.operator(operator)
                            .map(filer -> registry.rightAuthority(filing, filer))
                            .orElse(true)
                    && !filing.submittedOn().isAfter(day)
                    && filing.lastDay(day) == null
                    && (cycleAfter == null || filing.submittedOn().isAfter(cycleAfter))) {
                cycleAfter = filing.submittedOn();
            }
        }
        Withheld reached = null;
        for (ClockState clock : clocks) {
            boolean began = clock.kind().equals(Duty.FILING.name())
                    && clock.state() != ClockStanding.WITHDRAWN
                    && clock.triggerOnLow() != null
                    && !clock.triggerOnLow().isAfter(day)
                    && (cycleAfter == null || clock.triggerOnLow().isAfter(cycleAfter));
            if (began && clock.triggerOnHigh() != null && !clock.triggerOnHigh().isAfter(day)) {
                return Withheld.ALREADY_REACHED;
            }
            reached = began ? Withheld.POSSIBLY_REACHED : reached;
        }
        return reached;
    }

    private Forecast withheld(LegalDay day, ForecastTerms terms, Withheld reason) {
        return new Forecast(operator, day, null, null, null, null, terms.method(), reason);
    }
}
