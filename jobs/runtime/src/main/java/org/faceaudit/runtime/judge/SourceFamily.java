package org.faceaudit.runtime.judge;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.faceaudit.core.event.ColumnAbsence;
import org.faceaudit.core.event.HeartbeatPromise;
import org.faceaudit.core.event.Resnapshot;
import org.faceaudit.core.event.SourceSilence;
import org.faceaudit.core.judgement.Judged;
import org.faceaudit.core.judgement.SourceJudgements;
import org.faceaudit.core.law.Registry;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.Scopes;

/** Judgements over one source itself. */
public final class SourceFamily implements JudgementFamily {

    private static final long serialVersionUID = 1L;

    private final HashMap<String, HeartbeatPromise> promises;

    /** @param promises by source; one whose file is gone promises what the parameter says */
    public SourceFamily(Map<String, HeartbeatPromise> promises) {
        this.promises = new HashMap<>(promises);
    }

    @Override
    public String entry(Fact fact) {
        if (fact.resnapshot() != null) {
            // One that was given up and begun again bounds the same gap.
            return "resnapshot/" + fact.resnapshot().knownBefore();
        }
        if (fact.absences() != null) {
            return "absences";
        }
        return fact.silence().isOver() ? "over/" + fact.silence().from() : "newest";
    }

    @Override
    public Fact merged(Fact before, Fact fact) {
        return fact;
    }

    @Override
    public int cutsBehind() {
        return 2;
    }

    @Override
    public CaseFile open(String scope) {
        return new OneSource(
                Scopes.operator(scope), Scopes.system(scope), promises.getOrDefault(scope, HeartbeatPromise.UNSPOKEN));
    }

    private static final class OneSource implements CaseFile {

        private final String operator;
        private final String system;
        private final HeartbeatPromise promise;
        private final TreeMap<Instant, SourceSilence> over = new TreeMap<>();
        private final TreeMap<Instant, Resnapshot> resnapshots = new TreeMap<>();
        private List<ColumnAbsence> absences = List.of();
        private SourceSilence newest;
        /** Whether time is past the promise already: no wake is left, so every word counts. */
        private boolean overdue;

        OneSource(String operator, String system, HeartbeatPromise promise) {
            this.operator = operator;
            this.system = system;
            this.promise = promise;
        }

        /** A sign moves the end of the promise, and that wakes; nothing changes by it before, unless time is past it. */
        @Override
        public boolean take(Fact fact) {
            if (fact.resnapshot() != null) {
                resnapshots.put(fact.resnapshot().knownBefore(), fact.resnapshot());
                return true;
            }
            if (fact.absences() != null) {
                absences = fact.absences().absences();
                return true;
            }
            SourceSilence silence = fact.silence();
            if (silence.isOver()) {
                over.put(silence.from(), silence);
                return true;
            }
            newest = silence;
            return overdue;
        }

        @Override
        public Findings judge(Registry registry, Instant registryKnownThrough) {
            Judged judged = SourceJudgements.judge(
                    operator,
                    system,
                    promise,
                    over.values(),
                    newest,
                    resnapshots.values(),
                    absences,
                    registry,
                    registryKnownThrough);
            overdue = newest != null && judged.wakeAt() == null;
            return new Findings(judged.derivations(), List.of(), judged.wakeAt());
        }

        @Override
        public Instant newestKnown(Instant registryKnownThrough) {
            return registryKnownThrough;
        }

        @Override
        public Instant allKnown(Instant registryKnownThrough) {
            return registryKnownThrough;
        }
    }
}
