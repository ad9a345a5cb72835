package org.faceaudit.oracle;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.faceaudit.oracle.ImageStretch.Stage;

/** What a cause's stretches say together: one alert per system and cause, in episodes. */
final class ImageEpisodes {

    private static final int MOST_POSITIONS = 1_000;

    private final SourceFacts facts;
    private final OracleRegistry registry;

    ImageEpisodes(SourceFacts facts, OracleRegistry registry) {
        this.facts = facts;
        this.registry = registry;
    }

    /** The episodes of a cause, by the stretches of all images that count under it. */
    List<OracleAlert> of(String cause, List<ImageStretch> stretches) {
        List<OracleAlert> alerts = new ArrayList<>();
        TreeSet<Instant> instants = new TreeSet<>();
        for (ImageStretch stretch : stretches) {
            instants.add(stretch.from());
            if (stretch.to() != null) {
                instants.add(stretch.to());
            }
        }
        List<Instant> open = new ArrayList<>();
        int episode = 0;
        for (Instant at : instants) {
            if (stretches.stream().anyMatch(one -> one.covers(at))) {
                open.add(at);
            } else if (!open.isEmpty()) {
                episode++;
                alerts.add(alert(cause, episode, stretches, open, at));
                open.clear();
            }
        }
        if (!open.isEmpty()) {
            alerts.add(alert(cause, episode + 1, stretches, open, null));
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
            String cause, int episode, List<ImageStretch> all, List<Instant> instants, Instant resolved) {
        Instant newest = instants.get(instants.size() - 1);
        List<ImageStretch> stretches = all.stream()
                .filter(one -> instants.stream().anyMatch(one::covers))
                .toList();
        // What is resolved is told by its worst instant, what is not by what is stored now.
        List<Instant> told = resolved == null ? List.of(newest) : instants;
        Stage verdict = stretches.stream()
                .filter(one -> told.stream().anyMatch(one::covers))
                .map(ImageStretch::stage)
                .max(Stage::compareTo)
                .orElseThrow();
        long measured = told.stream()
                .mapToLong(at -> stretches.stream()
                        .filter(one -> one.covers(at) && one.stage() == verdict)
                        .count())
                .max()
                .orElseThrow();
        // Bounds: a violation is dated by what is certain.
        List<ImageStretch> dating = stretches.stream()
                .filter(one -> verdict != Stage.VIOLATION || one.stage() != Stage.SUSPECTED)
                .toList();
        Instant opened =
                dating.stream().map(ImageStretch::from).min(Instant::compareTo).orElseThrow();
        LocalDate due = dating.stream()
                .filter(one -> told.stream().anyMatch(one::covers))
                .map(ImageStretch::due)
                .min(LocalDate::compareTo)
                .orElseThrow();
        List<OraclePosition> positions = OraclePosition.listed(
                stretches.stream().flatMap(one -> one.rests().stream()).toList());
        String subject = facts.system() + '/' + cause;
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
                resolved == null ? "OPEN" : "RESOLVED",
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
                null,
                positions.size() > MOST_POSITIONS ? null : positions);
    }
}
