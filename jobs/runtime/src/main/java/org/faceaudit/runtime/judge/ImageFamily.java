package org.faceaudit.runtime.judge;

import java.time.Instant;
import java.util.List;
import org.faceaudit.core.images.ImageCounts;
import org.faceaudit.core.images.ImageDelta;
import org.faceaudit.core.images.ImageSlot;
import org.faceaudit.core.judgement.ImageJudgements;
import org.faceaudit.core.judgement.Judged;
import org.faceaudit.core.law.Registry;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.Scopes;

/** Judgements over the counts of overdue images of one system. */
public final class ImageFamily implements JudgementFamily {

    private static final long serialVersionUID = 1L;

    @Override
    public String entry(Fact fact) {
        if (fact.image() == null) {
            return "progress";
        }
        ImageSlot slot = fact.image().slot();
        String exception = slot.exceptionId() == null ? "" : '/' + slot.exceptionId() + '/' + slot.exempt();
        return "images/" + slot.cause() + '/' + slot.stage() + '/' + slot.dueOn() + '/' + slot.at() + exception;
    }

    @Override
    public Fact merged(Fact before, Fact fact) {
        if (fact.image() == null || before == null) {
            return fact;
        }
        ImageDelta sum = before.image().plus(fact.image());
        return sum.isNothing() ? null : Fact.of(sum);
    }

    @Override
    public CaseFile open(String scope) {
        return new Images(Scopes.operator(scope), Scopes.system(scope));
    }

    private static final class Images implements CaseFile {

        private final String operator;
        private final String system;
        private final Knowledge knowledge = new Knowledge();
        private final ImageCounts counts = new ImageCounts();

        Images(String operator, String system) {
            this.operator = operator;
            this.system = system;
        }

        @Override
        public boolean take(Fact fact) {
            if (fact.progress() != null) {
                return knowledge.take(fact.progress());
            }
            counts.add(fact.image());
            return true;
        }

        @Override
        public Findings judge(Registry registry, Instant registryKnownThrough) {
            Judged judged = ImageJudgements.judge(operator, system, counts, registry, knowledge.knownThrough(system));
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
