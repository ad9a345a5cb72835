package org.faceaudit.runtime.step;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.runtime.state.StateBackendLoader;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.judgement.ImageJudgements;
import org.faceaudit.core.judgement.PersonFacts;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.Standpoint;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.ImageFact;
import org.faceaudit.runtime.fact.RegistryFact;
import org.faceaudit.runtime.fact.Scopes;
import org.faceaudit.runtime.fact.UnsaidRows;
import org.faceaudit.runtime.sink.TableRow;
import org.faceaudit.runtime.types.RecordTypes;

/**
 * Keeps the images, purposes and consents of each person together, has them judged at the cut, and says by how much the number of
 * overdue images changed, net, and on which changes they rest where they are few. Each finding is a row from the instant
 * at which it begins to count, as far as its source is known.
 *
 * <p>Persons lie on pages of a few dozen, and pages in buckets. Findings reach into the future, and the judging step hears of
 * them at once: when a day comes on which many images are due, no alert waits for anything, and the rows of the images follow
 * page by page, at each cut so many that the stream does not stand still. So it is with what is judged anew, since the registry
 * changed or the job was restored. Whoever facts came of is judged at the very next cut.
 */
public final class ImageFindingsStep extends CutStep<Fact>
        implements TwoInputStreamOperator<ImageFact, RegistryFact, Fact> {

    private static final long serialVersionUID = 1L;

    /** Whether rows are still to be said, or images to be judged, in a new generation: told to whoever sweeps the old ones. */
    public static final OutputTag<Fact> UNSAID = new OutputTag<>("unsaid-findings", RecordTypes.of(Fact.class));

    /** Findings as rows. */
    public static final OutputTag<TableRow> ROWS = new OutputTag<>("finding-rows", RecordTypes.of(TableRow.class));

    /** So many facts wait in memory at the most before they go to their pages. */
    private static final int MOST_PENDING = 1 << 15;

    /**
     * So many pages are looked at in one cut only because time passed, the registry changed, or the job was restored, be it in a
     * new generation: some forty thousand images, a quarter of a second of processor time.
     */
    static final int PAGES_PER_CUT = 1 << 10;

    private static final char PLACE = '#';

    private final HashSet<String> withConsents;
    private final long generation;
    private final Standpoint standpoint;
    private final int pagesPerCut;

    private transient ImageBuckets buckets;
    private transient RegistryState registry;
    private transient ImagePagesAhead ahead;
    private transient ImageTelling telling;
    private transient FindingRows rows;
    private transient Map<String, List<ImageFact>> pending;
    private transient int pendingFacts;
    private transient Set<String> concerned;
    private transient boolean judgeFirst;

    /**
     * A step over all images.
     *
     * @param withConsents the sources that map consents, {@code operator/system}
     * @param generation the generation of this start of the job
     * @param standpoint from where the registry is read
     */
    public ImageFindingsStep(Set<String> withConsents, long generation, Standpoint standpoint) {
        this(withConsents, generation, standpoint, PAGES_PER_CUT);
    }

    /** @param pagesPerCut see {@link #PAGES_PER_CUT} */
    ImageFindingsStep(Set<String> withConsents, long generation, Standpoint standpoint, int pagesPerCut) {
        this.pagesPerCut = pagesPerCut;
        this.withConsents = new HashSet<>(withConsents);
        this.generation = generation;
        this.standpoint = Objects.requireNonNull(standpoint, "standpoint");
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        registry = registryState(context, standpoint);
        boolean inMemory =
                getKeyedStateBackend().getBackendTypeIdentifier().equals(StateBackendLoader.HASHMAP_STATE_BACKEND_NAME);
        buckets = new ImageBuckets(
                keyedStates(context).getMapState(ImageBuckets.PAGES),
                keyedStates(context).getMapState(ImageBuckets.HEADS),
                this::setCurrentKey,
                inMemory ? 1 : ImageBuckets.ON_DISK);
        forget();
        ahead = new ImagePagesAhead();
        telling = new ImageTelling();
        rows = new FindingRows(generation, row -> emit(ROWS, row));
        pending = new LinkedHashMap<>();
        concerned = new HashSet<>();
        for (String key : context.isRestored() ? keys(ImageBuckets.PAGES.getName()) : Set.<String>of()) {
            buckets.restore(key);
            for (int place : buckets.places(key)) {
                restore(key, place);
            }
        }
    }

    /** Due days and evidence are not kept; and whoever restores may judge otherwise than whoever saved. */
    private void restore(String key, int place) throws Exception {
        OpenImagePage page = buckets.open(key, place);
        if (page == null) {
            return;
        }
        String id = id(key, place);
        boolean unjudged = false;
        for (ImageLeaf.Entry entry : page.entries()) {
            telling.restore(entry.findings());
            unjudged |= entry.unjudged();
        }
        if (page.next() != null) {
            ahead.wake(page.source(), id, page.next());
        }
        if (unjudged || isUnsaid(page)) {
            ahead.judgeFirst(id);
        } else {
            ahead.judgeAnew(id);
        }
    }

    /** Whether the rows of the page were said, but not in this generation. */
    private boolean isUnsaid(OpenImagePage page) {
        return page.saidThrough() != null && page.generation() != generation;
    }

    private static String id(String key, int place) {
        return key + PLACE + place;
    }

    private static String key(String id) {
        return id.substring(0, id.lastIndexOf(PLACE));
    }

    private static int place(String id) {
        return Integer.parseInt(id, id.lastIndexOf(PLACE) + 1, id.length(), 10);
    }

    @Override
    public void processElement1(StreamRecord<ImageFact> element) throws Exception {
        ImageFact fact = element.getValue();
        pending.computeIfAbsent(fact.key(), key -> new ArrayList<>()).add(fact);
        pendingFacts++;
        if (pendingFacts >= MOST_PENDING) {
            store(null, 0);
        }
    }

    @Override
    public void processElement2(StreamRecord<RegistryFact> element) throws Exception {
        RegistryFact fact = element.getValue();
        RegistryChange before = registry.known(fact);
        if (!registry.take(fact)) {
            return;
        }
        if (fact.change() == null) {
            judgeFirst = true;
            return;
        }
        ImageJudgements.concerned(fact.change()).ifPresent(concerned::add);
        if (before != null) {
            ImageJudgements.concerned(before).ifPresent(concerned::add);
        }
    }

    /** A snapshot comes behind a cut; whoever takes one without it loses no fact either. */
    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        store(null, 0);
        super.snapshotState(context);
    }

    /**
     * Brings facts to their pages.
     *
     * @param law by which those whom they concern are judged at once; {@code null} if that waits for a cut
     */
    private void store(Registry law, long position) throws Exception {
        ImageBuckets.Listener listener = new ImageBuckets.Listener() {
            @Override
            public void taken(String key, int place, OpenImagePage page) throws Exception {
                if (law == null) {
                    ahead.touch(id(key, place));
                } else {
                    look(id(key, place), page, false, false, law, position);
                }
            }

            @Override
            public void moved(String key, int from, int to) {
                ahead.moved(id(key, from), id(key, to));
                telling.moved(id(key, from), id(key, to));
            }
        };
        for (Map.Entry<String, List<ImageFact>> bucket : pending.entrySet()) {
            buckets.take(bucket.getKey(), bucket.getValue(), listener);
        }
        pending.clear();
        pendingFacts = 0;
    }

    @Override
    protected void atCut(long position) throws Exception {
        atCut(position, pagesPerCut);
    }

    @Override
    protected void atEnd(long position) throws Exception {
        atCut(position, Integer.MAX_VALUE);
    }

    private void atCut(long position, int most) throws Exception {
        if (!registry.known()) {
            store(null, position);
            return;
        }
        Registry law = registry.read();
        gatherConcerned();
        store(law, position);
        for (String id = ahead.nextTouched(); id != null; id = ahead.nextTouched()) {
            look(id, false, law, position);
        }
        int rest = most;
        for (String id; rest > 0 && (id = ahead.nextAnew()) != null; rest--) {
            look(id, true, law, position);
        }
        for (String source : ahead.sources()) {
            Instant known = registry.knownThrough(source);
            for (String id : known == null ? Set.<String>of() : ahead.due(source, known, rest)) {
                look(id, false, law, position);
                rest--;
            }
        }
        tellEvidence(most);
        telling.take().forEach(delta -> emit(Fact.of(delta)));
        int instance = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        ahead.tellUnsaid((operator, any) -> emit(UNSAID, Fact.of(new UnsaidRows(operator, instance, any))));
    }

    /** The pages that are judged anew because of the registry, or for the first time since it is known. */
    private void gatherConcerned() throws Exception {
        boolean everybody = judgeFirst || concerned.contains(Registry.EVERYONE);
        if (!everybody && concerned.isEmpty()) {
            return;
        }
        for (String key : buckets.keys()) {
            if (everybody || concerned.contains(Scopes.operator(key))) {
                for (int place : buckets.places(key)) {
                    if (judgeFirst) {
                        ahead.judgeFirst(id(key, place));
                    } else {
                        ahead.judgeAnew(id(key, place));
                    }
                }
            }
        }
        concerned.clear();
        judgeFirst = false;
    }

    private void look(String id, boolean everybody, Registry law, long position) throws Exception {
        OpenImagePage page = buckets.open(key(id), place(id));
        if (page == null) {
            ahead.said(id);
            return;
        }
        look(id, page, everybody, true, law, position);
        buckets.put(key(id), place(id), page);
    }

    /**
     * Judges whom facts have come of, says the rows of what has begun by now, and waits for the next instant at which that
     * changes.
     *
     * @param everybody whether all are judged anew
     * @param whole whether facts may have come of anybody on the page, not only of those on leaves that are open
     */
    private void look(String id, OpenImagePage page, boolean everybody, boolean whole, Registry law, long position)
            throws Exception {
        Instant known = registry.knownThrough(page.source());
        Instant before = page.saidThrough();
        boolean anew = isUnsaid(page);
        boolean timePassed =
                known != null && page.next() != null && !page.next().isAfter(known);
        boolean all = everybody || anew || timePassed;
        boolean passed = anew || timePassed || before == null;
        Instant next = all ? null : page.next();
        for (ImageLeaf.Entry entry : all || whole ? page.entries() : page.openedEntries()) {
            boolean judge = everybody || entry.unjudged();
            if (!judge && !all) {
                continue;
            }
            List<ImageFinding> earlier = images(judge ? entry.person().findings() : entry.findings());
            List<ImageFinding> now = judge ? judge(page, entry, law) : earlier;
            rows.say(ImageRow.standing(earlier, before), ImageRow.standing(now, known), anew, position);
            telling.remind(id, now, judge ? null : before, known);
            passed |= hasPassed(nextMoment(now, before), known);
            next = earlier(next, nextMoment(now, known));
        }
        if (passed) {
            page.said(known, generation);
        }
        page.next(next);
        if (next != null) {
            ahead.wake(page.source(), id, next);
        }
        if (all) {
            ahead.said(id);
        }
    }

    private static List<ImageFinding> images(List<Finding> findings) {
        return findings.isEmpty()
                ? List.of()
                : findings.stream().map(Finding::image).toList();
    }

    private List<ImageFinding> judge(OpenImagePage page, ImageLeaf.Entry entry, Registry law) {
        PersonImages person = entry.person();
        List<ImageFinding> earlier = images(person.findings());
        PersonFacts facts = person.judged(withConsents.contains(page.source()));
        List<ImageFinding> findings = facts.records().isEmpty() ? List.of() : ImageJudgements.findings(facts, law);
        if (person.unjudged() || !findings.equals(earlier)) {
            String mappingVersion = person.newestMappingVersion();
            entry.found(telling.replace(person.findings(), findings, mappingVersion), mappingVersion, false);
        }
        return findings;
    }

    /** @param most of so many pages at the most, beside those that have something new to tell */
    private void tellEvidence(int most) throws Exception {
        Map<String, Instant> known = new HashMap<>();
        for (String source : registry.sources()) {
            known.put(source, registry.knownThrough(source));
        }
        if (telling.decide(known)) {
            for (String key : buckets.keys()) {
                for (int place : buckets.places(key)) {
                    ahead.tell(id(key, place));
                }
            }
        }
        for (String id : telling.untold()) {
            tell(id, known);
        }
        int rest = most;
        for (String id; rest > 0 && (id = ahead.nextToTell()) != null; rest--) {
            tell(id, known);
        }
    }

    private void tell(String id, Map<String, Instant> known) throws Exception {
        OpenImagePage page = buckets.open(key(id), place(id));
        if (page != null) {
            telling.tell(page, known.get(page.source()));
            buckets.put(key(id), place(id), page);
        }
    }

    private static boolean hasPassed(Instant moment, Instant known) {
        return moment != null && known != null && !moment.isAfter(known);
    }

    private static Instant nextMoment(List<ImageFinding> findings, Instant known) {
        Instant next = null;
        for (ImageFinding finding : findings) {
            next = earlier(next, ahead(finding.from(), known));
            next = earlier(next, ahead(finding.to(), known));
        }
        return next;
    }

    private static Instant ahead(Instant moment, Instant known) {
        return moment == null || (known != null && !moment.isAfter(known)) ? null : moment;
    }

    private static Instant earlier(Instant one, Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
