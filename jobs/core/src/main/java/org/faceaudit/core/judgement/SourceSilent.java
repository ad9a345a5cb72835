package org.faceaudit.core.judgement;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.HeartbeatPromise;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.SourceSilence;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/**
 * A source gave no sign of life for longer than it promised (Art. 9 ¶1 of the Measures: the handling must be on record):
 * UNKNOWN, for nothing is known of it since. An idle source beats and is not silent; outside the promised hours and days
 * nobody listens. The episode begins with the last sign, opens when the promise is broken and is resolved by the next sign.
 *
 * <p>Time goes by the registry's heartbeats. Signs that come late with their own time, after an outage of whoever carries
 * them, show that the source was not silent: the alert is withdrawn.
 *
 * <p>Known gaps: a dead source is not told from a dead network or a dead connector; of the registry's own silence nobody is
 * told; a parameter shorter than a minute counts as a minute, and the operator's own promise goes before it.
 */
final class SourceSilent {

    static final String RULE_ID = "source-silent";

    private final String operator;
    private final String system;
    private final HeartbeatPromise promise;
    private final Registry registry;

    private SourceSilent(String operator, String system, HeartbeatPromise promise, Registry registry) {
        this.operator = operator;
        this.system = system;
        this.promise = promise;
        this.registry = registry;
    }

    /**
     * Derives the alert of one source.
     *
     * @param silences spans that are over, in the order of time
     * @param newest the span since the last sign; {@code null} before the first
     * @param known how far the registry is known
     */
    static Derivation derive(
            String operator,
            String system,
            HeartbeatPromise promise,
            Collection<SourceSilence> silences,
            SourceSilence newest,
            Registry registry,
            Instant known,
            Wake wake) {
        SourceSilent rule = new SourceSilent(operator, system, promise, registry);
        List<Episode> episodes = new ArrayList<>();
        for (SourceSilence silence : silences) {
            Instant start = rule.start(silence);
            Instant broken = rule.brokenAt(start);
            if (silence.to().isAfter(broken)) {
                episodes.add(rule.episode(episodes.size() + 1, silence, start, broken));
            }
        }
        if (newest != null) {
            Instant start = rule.start(newest);
            Instant broken = rule.brokenAt(start);
            if (newest.settled() && known.isAfter(broken)) {
                episodes.add(rule.episode(episodes.size() + 1, newest, start, broken));
            }
            // A sign at the very instant keeps the promise.
            wake.at(broken.plusNanos(1));
        }
        return new Derivation(new AlertKey(RULE_ID, operator, "source", system, ""), episodes);
    }

    /** What was silent before the Measures is silent from their first day on. */
    private Instant start(SourceSilence silence) {
        Instant inForce = registry.inForce().start();
        return silence.from().isBefore(inForce) ? inForce : silence.from();
    }

    private Instant brokenAt(Instant start) {
        return promise.brokenAt(start, within(start), registry.calendar());
    }

    private Duration within(Instant start) {
        if (promise.within() != null) {
            return promise.within();
        }
        Duration parameter = Duration.ofSeconds(registry.integer(RULE_ID + ".promise", operator, LegalDay.of(start)));
        return parameter.compareTo(promise.shortest()) < 0 ? promise.shortest() : parameter;
    }

    private Episode episode(int ordinal, SourceSilence silence, Instant start, Instant broken) {
        LegalDay day = LegalDay.of(start);
        long promised = within(start).toSeconds();
        List<Position> signs = silence.isOver() ? List.of(silence.last(), silence.next()) : List.of(silence.last());
        return EpisodeDraft.in(registry)
                .ordinal(ordinal)
                .system(system)
                .verdict(Verdict.UNKNOWN)
                .occurredOn(day)
                .openedAt(broken)
                .resolvedAt(silence.to())
                .severity(registry.integer(RULE_ID + ".severity", operator, day))
                .measured(null, BigDecimal.valueOf(promised), "seconds")
                .explained(zh(silence, start, promised), en(silence, start, promised))
                .evidence(new Evidence(signs, start, broken, 0, null))
                .build();
    }

    private String zh(SourceSilence silence, Instant start, long promised) {
        return Wording.name(operator, registry) + "的系统" + system + "的来源自" + start + "起无心跳,超过承诺的" + promised + "秒"
                + hoursZh() + ",此后状况不明"
                + (silence.isOver() ? ";" + silence.to() + "恢复" : "") + "。";
    }

    private String en(SourceSilence silence, Instant start, long promised) {
        return "The source of system " + system + " of " + Wording.name(operator, registry)
                + " has given no sign of life since " + start + ", longer than the " + Wording.count(promised, "second")
                + " promised"
                + hoursEn() + "; what happened in it since is unknown"
                + (silence.isOver() ? "; it spoke again at " + silence.to() : "") + ".";
    }

    private String hoursZh() {
        return promise.isAlways()
                ? ""
                : "(仅计" + (promise.workingDaysOnly() ? "工作日" : "每日") + promise.from() + "至"
                        + (promise.isOverMidnight() ? "次日" : "") + until() + ")";
    }

    private String hoursEn() {
        return promise.isAlways()
                ? ""
                : " (" + promise.from() + " to " + until()
                        + (promise.isOverMidnight() ? " in the morning after, of " : " of ")
                        + (promise.workingDaysOnly() ? "working days" : "every day") + ")";
    }

    private String until() {
        return promise.until().equals(LocalTime.MIDNIGHT)
                ? "24:00"
                : promise.until().toString();
    }
}
