package org.faceaudit.runtime.judge;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.judgement.AccessJudgements;
import org.faceaudit.core.judgement.Judged;
import org.faceaudit.core.law.Registry;
import org.faceaudit.runtime.fact.Fact;

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
        return new Points(scope);
    }

    private static final class Points extends SystemFile {

        private final Map<String, AccessPoint> points = new TreeMap<>();

        Points(String scope) {
            super(scope);
        }

        @Override
        void add(Fact fact) {
            points.put(fact.point().pointId(), fact.point());
        }

        @Override
        Judged judge(String operator, String system, Registry registry, Instant knownThrough) {
            return AccessJudgements.judge(operator, system, points.values(), registry, knownThrough);
        }
    }
}
