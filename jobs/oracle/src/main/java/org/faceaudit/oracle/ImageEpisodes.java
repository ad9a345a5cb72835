package org.faceaudit.oracle;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.faceaudit.oracle.ImageClaim.Cause;
import org.faceaudit.oracle.ImageClaim.Stage;

/** What a cause's claims say together: one alert per system and cause, in episodes. */
final class ImageEpisodes {

    private static final int MOST_POSITIONS = 1_000;

    private final SourceFacts facts;
    private final OracleRegistry registry;

    ImageEpisodes(SourceFacts facts, OracleRegistry registry) {
        this.facts = facts;
        this.registry = registry;
    }

    /** The episodes of a cause, by the claims on all images that count under it. */
    List<OracleAlert> of(Cause cause, List<ImageClaim> claims) {
        List<OracleAlert> alerts = new ArrayList<>();
        TreeSet<Instant> instants = new TreeSet<>();
        for (ImageClaim claim : claims) {
            instants.add(claim.from());
            if (claim.to() != null) {
                instants.add(claim.to());
            }
        }
        List<Instant> open = new ArrayList<>();
        int episode = 0;
        for (Instant at : instants) {
            if (claims.stream().anyMatch(one -> one.covers(at))) {
                open.add(at);
            } else if (!open.isEmpty()) {
                episode++;
                alerts.add(alert(cause, episode, claims, open, at));
                open.clear();
            }
        }
        if (!open.isEmpty()) {
            alerts.add(alert(cause, episode + 1, claims, open, null));
        }
        return alerts;
    }

    /**
     * One episode.
     *
     * @param instants at which anything changed, from its first on
     * @param resolved {@code null} while images count
     */
    private OracleAlert alert(
            Cause cause, int episode, List<ImageClaim> all, List<Instant> instants, Instant resolved) {
        Instant newest = instants.get(instants.size() - 1);
        List<ImageClaim> claims = all.stream()
                .filter(one -> instants.stream().anyMatch(one::covers))
                .toList();
        // What is resolved is told by its worst instant, what is not by what is stored now.
        List<Instant> told = resolved == null ? List.of(newest) : instants;
        List<ImageClaim> telling = claims.stream()
                .filter(one -> told.stream().anyMatch(one::covers))
                .toList();
        boolean exempt = telling.stream().allMatch(ImageClaim::exempt);
        Stage verdict = telling.stream()
                .filter(one -> one.exempt() == exempt)
                .map(ImageClaim::stage)
                .max(Stage::compareTo)
                .orElseThrow();
        Predicate<ImageClaim> worst = one -> one.counts(verdict, exempt);
        long measured = told.stream()
                .mapToLong(at -> telling.stream()
                        .filter(one -> one.covers(at) && worst.test(one))
                        .count())
                .max()
                .orElseThrow();
        // Bounds: a violation is dated by what is certain; and what nothing exempts by that alone.
        List<ImageClaim> dating = claims.stream()
                .filter(one -> one.exempt() == exempt)
                .filter(one -> verdict != Stage.VIOLATION || one.stage() != Stage.SUSPECTED)
                .toList();
        Instant opened =
                dating.stream().map(ImageClaim::from).min(Instant::compareTo).orElseThrow();
        LocalDate due = dating.stream()
                .filter(one -> told.stream().anyMatch(one::covers))
                .map(ImageClaim::due)
                .min(LocalDate::compareTo)
                .orElseThrow();
        List<OraclePosition> positions = OraclePosition.listed(
                claims.stream().flatMap(one -> one.rests().stream()).toList());
        String subject = facts.system() + '/' + cause.id();
        String open = exempt ? "EXEMPT" : "OPEN";
        return new OracleAlert(
                AlertId.of(ImageOpinion.RULE, facts.operator(), "image-cause", subject, ""),
                ImageOpinion.RULE,
                facts.operator(),
                facts.system(),
                "image-cause",
                subject,
                "",
                episode,
                verdict.name(),
                resolved == null ? open : "RESOLVED",
                registry.severity(ImageOpinion.RULE, verdict.name(), facts.operator(), Values.day(opened)),
                Values.day(opened),
                opened,
                resolved,
                due,
                BigDecimal.valueOf(measured),
                null,
                "images",
                false,
                registry.calendar().version(),
                exception(told, telling.stream().filter(worst).toList()),
                positions.size() > MOST_POSITIONS ? null : positions);
    }

    /** The first of the exceptions that stood when the worst was last stored; {@code null} for none. */
    private static String exception(List<Instant> told, List<ImageClaim> worst) {
        Instant last = told.stream()
                .filter(at -> worst.stream().anyMatch(one -> one.covers(at)))
                .max(Instant::compareTo)
                .orElseThrow();
        return worst.stream()
                .filter(one -> one.covers(last))
                .map(ImageClaim::exception)
                .filter(Objects::nonNull)
                .min(String::compareTo)
                .orElse(null);
    }
}
