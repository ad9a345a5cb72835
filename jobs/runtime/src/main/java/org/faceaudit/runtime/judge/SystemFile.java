package org.faceaudit.runtime.judge;

import java.time.Instant;
import java.util.List;
import org.faceaudit.core.judgement.Judged;
import org.faceaudit.core.law.Registry;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.Scopes;

/** The file of one system: judged as far as its source is known, by alerts alone. Not thread-safe. */
abstract class SystemFile implements CaseFile {

    private final String operator;
    private final String system;
    private final Knowledge knowledge = new Knowledge();

    /** @param scope {@code operator/system} */
    SystemFile(String scope) {
        this.operator = Scopes.operator(scope);
        this.system = Scopes.system(scope);
    }

    /** Takes in a fact that is not the progress of the source; the judgement may change by it. */
    abstract void add(Fact fact);

    /** Judges what was taken in, as far as the source is known; {@code null} for not at all. */
    abstract Judged judge(String operator, String system, Registry registry, Instant knownThrough);

    @Override
    public final boolean take(Fact fact) {
        if (fact.progress() != null) {
            return knowledge.take(fact.progress());
        }
        add(fact);
        return true;
    }

    @Override
    public final Findings judge(Registry registry, Instant registryKnownThrough) {
        Judged judged = judge(operator, system, registry, knowledge.knownThrough(system));
        return new Findings(judged.derivations(), List.of(), judged.wakeAt());
    }

    @Override
    public final Instant newestKnown(Instant registryKnownThrough) {
        return knowledge.newest(registryKnownThrough);
    }

    @Override
    public final Instant allKnown(Instant registryKnownThrough) {
        return knowledge.all(List.of(system), registryKnownThrough);
    }
}
