package org.faceaudit.runtime.judge;

import java.time.Instant;
import java.util.List;
import org.faceaudit.core.judgement.Judged;
import org.faceaudit.core.judgement.RegistryJudgements;
import org.faceaudit.core.law.Registry;
import org.faceaudit.runtime.fact.Fact;

/** Judgements over the registry itself. Its only fact is that it is there; how far it is known everyone is told. */
public final class RegistryFamily implements JudgementFamily {

    private static final long serialVersionUID = 1L;

    @Override
    public String entry(Fact fact) {
        return "progress";
    }

    @Override
    public Fact merged(Fact before, Fact fact) {
        return fact;
    }

    @Override
    public CaseFile open(String scope) {
        return new RegistryItself(scope);
    }

    private record RegistryItself(String registryId) implements CaseFile {

        @Override
        public boolean take(Fact fact) {
            return false;
        }

        @Override
        public Findings judge(Registry registry, Instant registryKnownThrough) {
            Judged judged = RegistryJudgements.judge(registryId, registry, registryKnownThrough);
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
