package org.faceaudit.runtime.judge;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.judgement.AttemptJudgements;
import org.faceaudit.core.judgement.Judged;
import org.faceaudit.core.judgement.PromptedPerson;
import org.faceaudit.core.law.Registry;
import org.faceaudit.runtime.fact.Fact;

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
        return new Prompts(scope);
    }

    private static final class Prompts extends SystemFile {

        private final Map<PersonToken, PromptedPerson> persons = new HashMap<>();

        Prompts(String scope) {
            super(scope);
        }

        @Override
        void add(Fact fact) {
            if (fact.prompted().stretches().isEmpty()) {
                persons.remove(fact.prompted().person());
            } else {
                persons.put(fact.prompted().person(), fact.prompted());
            }
        }

        @Override
        Judged judge(String operator, String system, Registry registry, Instant knownThrough) {
            return AttemptJudgements.judgeSystem(operator, system, persons.values(), registry, knownThrough);
        }
    }
}
