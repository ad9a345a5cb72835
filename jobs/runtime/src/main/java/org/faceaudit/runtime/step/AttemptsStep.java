package org.faceaudit.runtime.step;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.Standpoint;
import org.faceaudit.runtime.attempt.AttemptNews;
import org.faceaudit.runtime.attempt.AttemptPage;
import org.faceaudit.runtime.attempt.AttemptPages;
import org.faceaudit.runtime.fact.RegistryFact;
import org.faceaudit.runtime.types.RecordTypes;

/**
 * Keeps the attempts of each scope, an access point or a person of one source, on pages, and has at the cut those scopes looked
 * at of which there is news or which are due; all of them after a restore and when the registry changed.
 */
abstract class AttemptsStep<OUT> extends CutStep<OUT>
        implements TwoInputStreamOperator<AttemptNews, RegistryFact, OUT> {

    private static final long serialVersionUID = 1L;

    static final String PAGES = "pages";
    static final String FILE = "file";

    /** So much news is held in memory at most. */
    private static final int CAPACITY = 50_000;

    private final Standpoint standpoint;

    private transient AttemptPages pages;
    private transient RegistryState registry;
    private transient DueDays due;
    private transient Map<String, List<AttemptNews>> news;
    private transient int newsSize;
    private transient Set<String> touched;
    private transient boolean judgeAll;

    /** With the registry read from a standpoint. */
    AttemptsStep(Standpoint standpoint) {
        this.standpoint = Objects.requireNonNull(standpoint, "standpoint");
    }

    /** Whoever goes on from here asks for its own states, and {@link #forget()}s. */
    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        registry = registryState(context, standpoint);
        pages = new AttemptPages(keyedStates(context)
                .getMapState(new MapStateDescriptor<>(PAGES, Types.INT, RecordTypes.of(AttemptPage.class))));
        due = new DueDays();
        news = new HashMap<>();
        touched = new HashSet<>();
        // Whoever restores may judge otherwise than whoever saved, and due instants are not kept.
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

    /** Puts what came in into state: often many attempts of one page together. */
    private void takeNews() throws Exception {
        for (Map.Entry<String, List<AttemptNews>> entry : news.entrySet()) {
            setCurrentKey(entry.getKey());
            taken(entry.getKey(), entry.getValue(), pages.take(entry.getValue()));
            touched.add(entry.getKey());
        }
        news.clear();
        newsSize = 0;
    }

    @Override
    protected void atCut(long position) throws Exception {
        takeNews();
        if (!registry.known()) {
            untold();
            return;
        }
        Registry law = registry.read();
        begin(law);
        Set<String> keys = new HashSet<>(touched);
        for (String source : due.sources()) {
            Instant known = registry.knownThrough(source);
            if (known != null) {
                Set<String> passed = due.due(source, known);
                passed.forEach(this::woken);
                keys.addAll(passed);
            }
        }
        keys.addAll(judgeAll ? keys(FILE, PAGES) : waiting());
        for (String key : keys) {
            setCurrentKey(key);
            look(key, law, position);
        }
        touched.clear();
        judgeAll = false;
        end();
    }

    /**
     * The news of the current key, which is on its pages now.
     *
     * @param days the legal days whose pages changed, as numbers since the epoch
     */
    void taken(String key, List<AttemptNews> told, Set<Integer> days) throws Exception {}

    /** A cut before the registry is known; nobody is looked at. */
    void untold() throws Exception {}

    /** A cut with the registry as it is known now begins. */
    void begin(Registry law) throws Exception {}

    /** A key's due instant has passed. */
    void woken(String key) {}

    /** The keys that are looked at at every cut. */
    Set<String> waiting() {
        return Set.of();
    }

    /** Looks at the current key. */
    abstract void look(String key, Registry law, long position) throws Exception;

    /** All were looked at. */
    void end() {}

    /** The pages of the current key. */
    final AttemptPages pages() {
        return pages;
    }

    final RegistryState registry() {
        return registry;
    }

    final DueDays due() {
        return due;
    }
}
