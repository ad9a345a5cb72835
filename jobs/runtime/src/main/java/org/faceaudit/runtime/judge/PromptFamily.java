package org.faceaudit.runtime.judge;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.judgement.AttemptJudgements;
import org.faceaudit.core.judgement.Judged;
import org.faceaudit.core.judgement.PromptedPerson;
import org.faceaudit.core.law.Registry;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.Scopes;

/** Judgements over the persons of one system who were asked again and again after they had refused. */
public final class PromptFamily implements JudgementFamily {

    private static final long serialVersionUID = 1L;

    @Override
    public String entry(Fact fact) {
        if (fact.prompted() == null) {
            return "progress";
        }
        PersonToken person = fact.prompted().person();
        return "person/" + person.group() + '/' + person.digest();
    }

    @Override
    public Fact merged(Fact before, Fact fact) {
        return fact.prompted() != null && fact.prompted().stretches().isEmpty() ? null : fact;
    }

    @Override
    public CaseFile open(String scope) {
        return new Prompts(Scopes.operator(scope), Scopes.system(scope));
    }

    private static final class Prompts implements CaseFile {

        private final String operator;
        private final String system;
        private final Knowledge knowledge = new Knowledge();
        private final Map<PersonToken, PromptedPerson> persons = new HashMap<>();

        Prompts(String operator, String system) {
            this.operator = operator;
            this.system = system;
        }

        @Override
        public boolean take(Fact fact) {
            if (fact.progress() != null) {
                return knowledge.take(fact.progress());
            }
            if (fact.prompted().stretches().isEmpty()) {
                persons.remove(fact.prompted().person());
            } else {
                persons.put(fact.prompted().person(), fact.prompted());
            }
            return true;
        }

        @Override
        public Findings judge(Registry registry, Instant registryKnownThrough) {
            Judged judged = AttemptJudgements.judgeSystem(
                    operator, system, persons.values(), registry, knowledge.knownThrough(system));
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
