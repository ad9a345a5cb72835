package org.faceaudit.core.judgement;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.counting.PersonCountDay;
import org.faceaudit.core.law.Filing;
import org.faceaudit.core.law.FilingKind;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/**
 * The number of persons declared in a filing (Art. 15 ¶2 of the Measures) does not fit the number stored at the end of the
 * day of submission: SUSPECTED beyond a tolerance below the lower or above the upper bound. Said only once every source of
 * the operator is known through that day; of days before the first record nothing is known. Resolved by the next filing whose number fits, or
 * by its withdrawal. What the operator's own records say it filed is compared too, unless the registry has a filing of that kind
 * and day; it resolves nothing that the registry's filings began.
 *
 * <p>Known gaps: who was deleted before the capture began is not counted, so a higher declaration of an older day may be
 * right. What a group filing declares is compared with its filer's own lower bound alone.
 */
final class DeclaredCountMismatch {

    static final String RULE_ID = "declared-count-mismatch";

    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    private final String operator;
    private final OperatorCounts counts;
    private final Registry registry;

    private DeclaredCountMismatch(String operator, OperatorCounts counts, Registry registry) {
        this.operator = operator;
        this.counts = counts;
        this.registry = registry;
    }

    /**
     * A declaration beside what was stored.
     *
     * @param registered whether the registry has it, and not the operator's own records alone
     * @param bound the nearer bound of the persons stored when the declaration lies beyond the tolerance, else {@code null}
     */
    private record Declared(Filing filing, boolean registered, Long bound) {

        private boolean fits() {
            return bound == null;
        }

        /** The authority's register corrects the operator's word, and not the other way round. */
        private boolean maySettle(Declared earlier) {
            return fits() && (registered || !earlier.registered());
        }
    }

    /**
     * Derives one alert per filing that declares a number.
     *
     * @param today the legal day up to which the registry is known
     * @param known up to where every source of the operator is known, {@code null} says nothing
     */
    static List<Derivation> derive(
            String operator,
            OperatorCounts counts,
            Registry registry,
            LegalDay today,
            Instant known,
            Wake ofRegistry,
            Wake ofSources) {
        LegalDay firstDay = counts.firstDay().orElse(null);
        if (known == null || firstDay == null) {
            return List.of();
        }
        DeclaredCountMismatch rule = new DeclaredCountMismatch(operator, counts, registry);
        List<Declared> declared = new ArrayList<>();
        List<Filing> registered = registry.filings(operator);
        for (Filing filing : allOf(operator, registered, registry)) {
            if (filing.operatorId().equals(operator)
                    && filing.kind() != FilingKind.DEREGISTRATION
                    && filing.declaredPersons() != null
                    && !filing.submittedOn().isBefore(registry.inForce())
                    && !filing.submittedOn().isBefore(firstDay)) {
                Instant dayIsOver = filing.submittedOn().plusDays(1).start();
                filing.days().forEach(day -> ofRegistry.at(day.start()));
                ofSources.at(dayIsOver);
                if (!filing.submittedOn().isAfter(today)
                        && !filing.withdrawnBy(filing.submittedOn())
                        && !dayIsOver.isAfter(known)) {
                    declared.add(new Declared(filing, registered.contains(filing), rule.missed(filing)));
                }
            }
        }
        List<Derivation> derivations = new ArrayList<>();
        for (int i = 0; i < declared.size(); i++) {
            Declared here = declared.get(i);
            if (!here.fits()) {
                Filing corrected = declared.subList(i + 1, declared.size()).stream()
                        .filter(later -> later.maySettle(here))
                        .map(Declared::filing)
                        .filter(filing -> !filing.withdrawnBy(today))
                        .findFirst()
                        .orElse(null);
                derivations.add(rule.derivation(here, corrected, today));
            }
        }
        return derivations;
    }

    /** The registry's filings, and what the operator's own records have beyond them. */
    private static List<Filing> allOf(String operator, List<Filing> registered, Registry registry) {
        List<Filing> all = new ArrayList<>(registered);
        for (Filing told : registry.declaredFilings(operator)) {
            boolean known = registered.stream()
                    .anyMatch(filing ->
                            filing.kind() == told.kind() && filing.submittedOn().equals(told.submittedOn()));
            if (!known) {
                all.add(told);
            }
        }
        all.sort(Filing.BY_SUBMISSION);
        return all;
    }

    /** The bound that the declaration misses, {@code null} if it fits. */
    private Long missed(Filing filing) {
        LegalDay day = filing.submittedOn();
        PersonCountDay stored = counts.days(day, day).get(0);
        BigDecimal tolerance = registry.decimal(RULE_ID + ".tolerance", operator, day);
        BigDecimal declared = BigDecimal.valueOf(filing.declaredPersons()).multiply(WHOLE);
        if (declared.compareTo(share(stored.personsLow(), WHOLE.subtract(tolerance))) < 0) {
            return stored.personsLow();
        }
        boolean group = filing.covers().stream().anyMatch(covered -> !covered.equals(operator));
        boolean above = declared.compareTo(share(stored.personsHigh(), WHOLE.add(tolerance))) > 0;
        return above && !group ? stored.personsHigh() : null;
    }

    private static BigDecimal share(long persons, BigDecimal percent) {
        return BigDecimal.valueOf(persons).multiply(percent);
    }

    private Derivation derivation(Declared declared, Filing corrected, LegalDay today) {
        Filing filing = declared.filing();
        LegalDay withdrawnOn = filing.withdrawnBy(today) ? filing.withdrawnOn() : null;
        LegalDay correctedOn = corrected == null ? null : corrected.submittedOn();
        boolean withdrawnFirst = withdrawnOn != null && (correctedOn == null || withdrawnOn.isBefore(correctedOn));
        LegalDay resolvedOn = withdrawnFirst ? withdrawnOn : correctedOn;
        LegalDay day = filing.submittedOn();
        boolean below = filing.declaredPersons() < declared.bound();
        String name = Wording.name(operator, registry);
        boolean told = !declared.registered();
        String zh = name + (told ? "自身记录称其" : "") + "于" + day + "提交的备案申报存储" + filing.declaredPersons() + "人,而当日存储"
                + (below ? "至少" : "至多") + declared.bound() + "人,超出容差,须人工核实(《人脸识别技术应用安全管理办法》第十五条第二款)"
                + (resolvedOn == null ? "" : ";" + resolvedOn + (withdrawnFirst ? "已撤回" : "提交的备案已相符")) + "。";
        String en = "The filing that " + name + (told ? ", by its own records," : "") + " submitted on " + day
                + " declares "
                + Wording.count(filing.declaredPersons(), "person")
                + ", while " + (below ? "at least " : "at most ") + declared.bound()
                + " were stored that day, beyond the tolerance; to be checked by a person (Art. 15 ¶2 of the Measures)"
                + (resolvedOn == null
                        ? ""
                        : withdrawnFirst
                                ? "; it was withdrawn on " + resolvedOn
                                : "; the filing of " + resolvedOn + " fits")
                + ".";
        Episode episode = EpisodeDraft.in(registry)
                .verdict(Verdict.SUSPECTED)
                .occurredOn(day)
                .openedAt(day.start())
                .resolvedAt(resolvedOn == null ? null : resolvedOn.start())
                .severity(registry.integer(RULE_ID + ".severity", operator, day))
                .measured(filing.declaredPersons(), declared.bound(), "persons")
                .explained(zh, en)
                .evidence(Evidence.of(Positions.sorted(
                        corrected == null
                                ? List.of(filing.position())
                                : List.of(filing.position(), corrected.position()))))
                .build();
        return new Derivation(new AlertKey(RULE_ID, operator, "operator", operator, filing.id()), List.of(episode));
    }
}
