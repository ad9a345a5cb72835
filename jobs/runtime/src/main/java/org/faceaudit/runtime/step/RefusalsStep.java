package org.faceaudit.runtime.step;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.judgement.AttemptJudgements;
import org.faceaudit.core.judgement.PromptedPerson;
import org.faceaudit.core.judgement.SealedPerson;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.Standpoint;
import org.faceaudit.runtime.attempt.AttemptNews;
import org.faceaudit.runtime.attempt.AttemptPage;
import org.faceaudit.runtime.attempt.AttemptPages;
import org.faceaudit.runtime.attempt.PersonFile;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.RegistryFact;
import org.faceaudit.runtime.fact.Scopes;
import org.faceaudit.runtime.types.RecordTypes;

/**
 * Keeps the refusals of each person in one system and tells at the cut when the person was asked again and again. What can no
 * longer change becomes a conclusion; of a person who refused once nothing remains after the lateness horizon.
 */
public final class RefusalsStep extends CutStep<Fact>
        implements TwoInputStreamOperator<AttemptNews, RegistryFact, Fact> {

    private static final long serialVersionUID = 1L;

    /** So much news is held in memory at most. */
    private static final int CAPACITY = 50_000;
    /** Persons who refuse no more are looked at so often, to forget what is no longer needed. */
    private static final Duration REST = Duration.ofDays(7);

    private final Standpoint standpoint;

    private transient AttemptPages pages;
    private transient ValueState<PersonFile> file;
    private transient RegistryState registry;
    private transient DueDays due;
    private transient Map<String, List<AttemptNews>> news;
    private transient int newsSize;
    private transient Set<String> touched;
    private transient boolean judgeAll;

    /** With the registry read from a standpoint. */
    public RefusalsStep(Standpoint standpoint) {
        this.standpoint = Objects.requireNonNull(standpoint, "standpoint");
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        registry = registryState(context, standpoint);
        pages = new AttemptPages(keyedStates(context)
                .getMapState(new MapStateDescriptor<>("pages", Types.INT, RecordTypes.of(AttemptPage.class))));
        file = keyedStates(context).getState(new ValueStateDescriptor<>("file", RecordTypes.of(PersonFile.class)));
        forget();
        due = new DueDays();
        news = new HashMap<>();
        touched = new HashSet<>();
        judgeAll = true;
    }

    @Override
    public void processElement1(StreamRecord<AttemptNews> element) throws Exception {
        AttemptNews each = element.getValue();
        news.computeIfAbsent(each.key(), key -> new ArrayList<>()).add(each);
        newsSize++;
        if (newsSize >= CAPACITY) {
            takeNews();
        }
    }

    @Override
    public void processElement2(StreamRecord<RegistryFact> element) throws Exception {
        judgeAll |= registry.take(element.getValue());
    }

    private void takeNews() throws Exception {
        for (Map.Entry<String, List<AttemptNews>> entry : news.entrySet()) {
            setCurrentKey(entry.getKey());
            pages.take(entry.getValue());
            touched.add(entry.getKey());
        }
        news.clear();
        newsSize = 0;
    }

    @Override
    protected void atCut(long position) throws Exception {
        takeNews();
        if (!registry.known()) {
            return;
        }
        Set<String> keys = new HashSet<>(touched);
        for (String source : due.sources()) {
            Instant known = registry.knownThrough(source);
            if (known != null) {
                keys.addAll(due.due(source, known));
            }
        }
        if (judgeAll) {
            keys.addAll(keys("file"));
            keys.addAll(keys("pages"));
        }
        for (String key : keys) {
            setCurrentKey(key);
            judge(key, registry.read());
        }
        touched.clear();
        judgeAll = false;
    }

    private Set<String> keys(String state) {
        try (Stream<String> keys = this.<String>getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
            return keys.collect(Collectors.toSet());
        }
    }

    private void judge(String key, Registry law) throws Exception {
        String source = key.substring(0, key.indexOf('/', key.indexOf('/') + 1));
        List<Attempt> refusals = new ArrayList<>();
        for (AttemptPage page : pages.all().values()) {
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
        Instant known = registry.knownThrough(source);
        if (!pages.all().isEmpty()) {
            due.wake(
                    source,
                    key,
                    known == null ? Instant.MIN : LegalDay.of(known.plus(REST)).start());
        }
    }

    private SealedPerson seal(String source, SealedPerson sealed, List<Attempt> refusals, Registry law)
            throws Exception {
        SealedPerson now = AttemptJudgements.sealPerson(
                Scopes.operator(source), sealed, refusals, law, registry.bothKnownThrough(source));
        if (now != sealed) {
            pages.forgetBefore(LegalDay.of(now.attemptsFrom()).epochDay());
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
