package org.faceaudit.runtime.judge;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.judgement.AccessJudgements;
import org.faceaudit.core.judgement.Judged;
import org.faceaudit.core.law.Registry;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.Scopes;

/** Judgements over the access points of one system. */
public final class AccessFamily implements JudgementFamily {

    private static final long serialVersionUID = 1L;

    @Override
    public String entry(Fact fact) {
        return fact.point() == null ? "progress" : "point/" + fact.point().pointId();
    }

    @Override
    public Fact merged(Fact before, Fact fact) {
        return fact;
    }

    @Override
    public CaseFile open(String scope) {
        return new Points(Scopes.operator(scope), Scopes.system(scope));
    }

    private static final class Points implements CaseFile {

        private final String operator;
        private final String system;
        private final Knowledge knowledge = new Knowledge();
        private final Map<String, AccessPoint> points = new TreeMap<>();

        Points(String operator, String system) {
            this.operator = operator;
            this.system = system;
        }

        @Override
        public boolean take(Fact fact) {
            if (fact.progress() != null) {
                return knowledge.take(fact.progress());
            }
            points.put(fact.point().pointId(), fact.point());
            return true;
        }

        @Override
        public Findings judge(Registry registry, Instant registryKnownThrough) {
            Judged judged =
                    AccessJudgements.judge(operator, system, points.values(), registry, knowledge.knownThrough(system));
            return new Findings(judged.derivations(), List.of(), judged.wakeAt());
        }

        @Override
        public Instant newestKnown(Instant registryKnownThrough) {
            return knowledge.newest(registryKnownThrough);
        }

        @Override
        public Instant allKnown(Instant registryKnownThrough) {
            return knowledge.all(List.of(system), registryKnownThrough);
        }
    }
}
