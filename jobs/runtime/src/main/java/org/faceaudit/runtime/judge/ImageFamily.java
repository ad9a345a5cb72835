package org.faceaudit.runtime.judge;

import java.time.Instant;
import org.faceaudit.core.images.ImageCounts;
import org.faceaudit.core.images.ImageDelta;
import org.faceaudit.core.images.ImageSlot;
import org.faceaudit.core.judgement.ImageJudgements;
import org.faceaudit.core.judgement.Judged;
import org.faceaudit.core.law.Registry;
import org.faceaudit.runtime.fact.Fact;

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
        return new Images(scope);
    }

    private static final class Images extends SystemFile {

        private final ImageCounts counts = new ImageCounts();

        Images(String scope) {
            super(scope);
        }

        @Override
        void add(Fact fact) {
            counts.add(fact.image());
        }

        @Override
        Judged judge(String operator, String system, Registry registry, Instant knownThrough) {
            return ImageJudgements.judge(operator, system, counts, registry, knownThrough);
        }
    }
}
