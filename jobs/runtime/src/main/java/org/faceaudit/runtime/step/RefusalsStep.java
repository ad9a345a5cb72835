package org.faceaudit.runtime.step;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.judgement.AttemptJudgements;
import org.faceaudit.core.judgement.PromptedPerson;
import org.faceaudit.core.judgement.SealedPerson;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.Standpoint;
import org.faceaudit.runtime.attempt.AttemptPage;
import org.faceaudit.runtime.attempt.PersonFile;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.Scopes;
import org.faceaudit.runtime.types.RecordTypes;

/**
 * Keeps the refusals of each person in one system and tells at the cut when the person was asked again and again. What can no
 * longer change becomes a conclusion; of a person who refused once nothing remains after the lateness horizon.
 */
public final class RefusalsStep extends AttemptsStep<Fact> {

    private static final long serialVersionUID = 1L;

    /** Persons who refuse no more are looked at so often, to forget what is no longer needed. */
    private static final Duration REST = Duration.ofDays(7);

    private transient ValueState<PersonFile> file;

    /** With the registry read from a standpoint. */
    public RefusalsStep(Standpoint standpoint) {
        super(standpoint);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        file = keyedStates(context).getState(new ValueStateDescriptor<>(FILE, RecordTypes.of(PersonFile.class)));
        forget();
    }

    @Override
    void look(String key, Registry law, long position) throws Exception {
        String source = key.substring(0, key.indexOf('/', key.indexOf('/') + 1));
        List<Attempt> refusals = new ArrayList<>();
        for (AttemptPage page : pages().all().values()) {
            refusals.addAll(page.attempts(source, null, null));
        }
        PersonFile before = file.value();
        if (before == null && refusals.isEmpty()) {
            return;
        }
        PersonToken person = before == null ? refusals.get(0).person() : before.person();
        SealedPerson sealed = before == null ? SealedPerson.NOTHING : before.sealed();
        PromptedPerson told = before == null ? new PromptedPerson(person, List.of()) : before.told();
        PromptedPerson prompted = AttemptJudgements.promptsOf(Scopes.operator(source), person, sealed, refusals, law);
        if (!prompted.equals(told)) {
            emit(Fact.of(source, prompted));
        }
        keep(before, new PersonFile(person, seal(source, sealed, refusals, law), prompted));
        Instant known = registry().knownThrough(source);
        if (!pages().all().isEmpty()) {
            due().wake(
                            source,
                            key,
                            known == null
                                    ? Instant.MIN
                                    : LegalDay.of(known.plus(REST)).start());
        }
    }

    private SealedPerson seal(String source, SealedPerson sealed, List<Attempt> refusals, Registry law)
            throws Exception {
        SealedPerson now = AttemptJudgements.sealPerson(
                Scopes.operator(source), sealed, refusals, law, registry().bothKnownThrough(source));
        if (now != sealed) {
            pages().forgetBefore(LegalDay.of(now.attemptsFrom()).epochDay());
        }
        return now;
    }

    /** Of a person who was never asked again nothing needs to be known beside the refusals. */
    private void keep(PersonFile before, PersonFile after) throws Exception {
        if (after.told().stretches().isEmpty() && after.sealed().stretches().isEmpty()) {
            file.clear();
        } else if (!after.equals(before)) {
            file.update(after);
        }
    }
}
