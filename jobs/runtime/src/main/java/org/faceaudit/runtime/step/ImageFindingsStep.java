package org.faceaudit.runtime.step;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.images.ImageSlot;
import org.faceaudit.core.images.ImageTally;
import org.faceaudit.core.judgement.ImageJudgements;
import org.faceaudit.core.judgement.PersonFacts;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.Standpoint;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.ImageFact;
import org.faceaudit.runtime.fact.RegistryFact;
import org.faceaudit.runtime.fact.Scopes;
import org.faceaudit.runtime.fact.UnsaidRows;
import org.faceaudit.runtime.sink.AuditJson;
import org.faceaudit.runtime.sink.RowDraft;
import org.faceaudit.runtime.sink.TableRow;
import org.faceaudit.runtime.types.RecordTypes;

/**
 * Keeps the images, purposes and consents of each person together, has them judged at the cut, and says by how much the number of
 * overdue images changed, net, and on which changes they rest where they are few. Each finding is a row from the instant
 * at which it begins to count, as far as its source is known.
 *
 * <p>Persons lie on pages of a few dozen, and pages in buckets. Findings reach into the future, and the judging step hears of
 * them at once: when a day comes on which many images are due, no alert waits for anything, and the rows of the images follow
 * page by page, at each cut so many that the stream does not stand still.
 */
public final class ImageFindingsStep extends CutStep<Fact>
        implements TwoInputStreamOperator<ImageFact, RegistryFact, Fact> {

    private static final long serialVersionUID = 1L;

    /** Whether rows are still to be said again in a new generation, told to whoever sweeps the old ones. */
    public static final OutputTag<Fact> UNSAID = new OutputTag<>("unsaid-findings", RecordTypes.of(Fact.class));

    /** Findings as rows. */
    public static final OutputTag<TableRow> ROWS = new OutputTag<>("finding-rows", RecordTypes.of(TableRow.class));

    /** So many facts wait in memory at the most before they go to their pages. */
    private static final int MOST_PENDING = 1 << 15;

    /**
     * So many pages are looked at in one cut only because time passed, or because the job was restored, be it in a new
     * generation: some forty thousand
     * images, a quarter of a second of processor time.
     */
    static final int PAGES_PER_CUT = 1 << 10;

    private static final String STATE = "image-pages";
    private static final String HEADS = "image-page-heads";
    private static final char PLACE = '#';

    private final HashSet<String> withConsents;
    private final long generation;
    private final Standpoint standpoint;
    private final int pagesPerCut;

    private transient ImageBuckets buckets;
    private transient RegistryState registry;
    private transient DueDays due;
    private transient ImageEvidence evidence;
    private transient ImageTally tally;
    private transient Map<String, List<ImageFact>> pending;
    private transient int pendingFacts;
    private transient Set<String> touched;
    private transient Set<String> restored;
    /** By operator, the pages whose rows were said by an older generation only. */
    private transient Map<String, Set<String>> unsaid;

    private transient Set<String> toldUnsaid;
    private transient Set<String> untold;
    private transient Set<ImageSlot> crowded;
    private transient Set<String> concerned;
    private transient boolean judgeAll;

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
        buckets = new ImageBuckets(
                keyedStates(context)
                        .getMapState(new MapStateDescriptor<>(STATE, Types.INT, RecordTypes.of(ImagePage.class))),
                keyedStates(context)
                        .getMapState(new MapStateDescriptor<>(HEADS, Types.INT, RecordTypes.of(ImagePage.class))));
        forget();
        due = new DueDays();
        evidence = new ImageEvidence();
        tally = new ImageTally();
        pending = new LinkedHashMap<>();
        touched = new LinkedHashSet<>();
        restored = new LinkedHashSet<>();
        unsaid = new HashMap<>();
        toldUnsaid = new HashSet<>();
        untold = new LinkedHashSet<>();
        crowded = new HashSet<>();
        concerned = new HashSet<>();
        for (String id : context.isRestored() ? pages() : Set.<String>of()) {
            restore(id);
        }
    }

    /** Due days and evidence are not kept; and whoever restores may judge otherwise than whoever saved. */
    private void restore(String id) throws Exception {
        OpenImagePage page = open(id);
        if (page == null) {
            return;
        }
        boolean unjudged = false;
        for (OpenImagePage.Entry entry : page.entries()) {
            entry.findings().forEach(finding -> evidence.add(ImageSlot.of(finding.image()), finding.told()));
            unjudged |= entry.unjudged();
        }
        if (page.next() != null) {
            due.wake(page.source(), id, page.next());
        }
        if (isUnsaid(page)) {
            unsaid.computeIfAbsent(Scopes.operator(id), operator -> new HashSet<>())
                    .add(id);
        }
        (unjudged ? touched : restored).add(id);
    }

    /** Whether the rows of the page were said, but not in this generation. */
    private boolean isUnsaid(OpenImagePage page) {
        return page.saidThrough() != null && page.generation() != generation;
    }

    @Override
    public void processElement1(StreamRecord<ImageFact> element) throws Exception {
        ImageFact fact = element.getValue();
        pending.computeIfAbsent(fact.key(), key -> new ArrayList<>()).add(fact);
        pendingFacts++;
        if (pendingFacts >= MOST_PENDING) {
            store();
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
            judgeAll = true;
            return;
        }
        concern(fact.change());
        if (before != null) {
            concern(before);
        }
    }

    private void concern(RegistryChange row) {
        String operator = ImageJudgements.concerned(row).orElse(null);
        if (Registry.EVERYONE.equals(operator)) {
            judgeAll = true;
        } else if (operator != null) {
            concerned.add(operator);
        }
    }

    /** A snapshot comes behind a cut; whoever takes one without it loses no fact either. */
    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        store();
        super.snapshotState(context);
    }

    /** Brings facts to their pages; those whom they concern are judged at the cut. */
    private void store() throws Exception {
        for (Map.Entry<String, List<ImageFact>> bucket : pending.entrySet()) {
            setCurrentKey(bucket.getKey());
            buckets.take(bucket.getValue(), place -> touched.add(bucket.getKey() + PLACE + place));
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
        store();
        if (!registry.known()) {
            return;
        }
        Registry law = registry.read();
        Set<String> anew = judgeAll || !concerned.isEmpty() ? pages() : new LinkedHashSet<>();
        anew.removeIf(id -> !judgeAll && !concerned.contains(Scopes.operator(id)));
        for (String id : anew) {
            look(id, true, law, position);
        }
        touched.removeAll(anew);
        restored.removeAll(anew);
        for (String id : touched) {
            look(id, false, law, position);
        }
        int rest = most;
        for (Iterator<String> ids = restored.iterator(); rest > 0 && ids.hasNext(); rest--) {
            look(ids.next(), true, law, position);
            ids.remove();
        }
        for (String source : due.sources()) {
            Instant known = registry.knownThrough(source);
            for (String id : known == null ? Set.<String>of() : due.due(source, known, rest)) {
                look(id, false, law, position);
                rest--;
            }
        }
        tellEvidence();
        tally.take().forEach(delta -> emit(Fact.of(delta)));
        tellUnsaid();
        touched.clear();
        concerned.clear();
        judgeAll = false;
    }

    private void tellUnsaid() {
        int instance = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        unsaid.forEach((operator, pages) -> {
            boolean any = !pages.isEmpty();
            if (any ? toldUnsaid.add(operator) : toldUnsaid.remove(operator)) {
                emit(UNSAID, Fact.of(new UnsaidRows(operator, instance, any)));
            }
        });
        unsaid.values().removeIf(Set::isEmpty);
    }

    /** Every page, by the bucket's key and its place there. */
    private Set<String> pages() throws Exception {
        Set<String> pages = new LinkedHashSet<>();
        for (String key : keys(STATE)) {
            setCurrentKey(key);
            buckets.places().forEach(place -> pages.add(key + PLACE + place));
        }
        return pages;
    }

    private OpenImagePage open(String id) throws Exception {
        int place = id.lastIndexOf(PLACE);
        setCurrentKey(id.substring(0, place));
        return buckets.open(Integer.parseInt(id, place + 1, id.length(), 10));
    }

    /** Writes the page that was opened last, or only how far it was said. */
    private void write(String id, OpenImagePage page, boolean whole) throws Exception {
        int place = Integer.parseInt(id, id.lastIndexOf(PLACE) + 1, id.length(), 10);
        if (whole) {
            buckets.put(place, page);
        } else {
            buckets.putHead(place, page);
        }
    }

    /**
     * Judges whom facts have come of, says the rows of what has begun by now, and waits for the next instant at which that
     * changes.
     *
     * @param everybody whether all are judged anew
     */
    private void look(String id, boolean everybody, Registry law, long position) throws Exception {
        unsaid.computeIfPresent(Scopes.operator(id), (operator, pages) -> {
            pages.remove(id);
            return pages;
        });
        OpenImagePage page = open(id);
        if (page == null) {
            return;
        }
        Instant known = registry.knownThrough(page.source());
        Instant before = page.saidThrough();
        boolean anew = isUnsaid(page);
        boolean timePassed =
                known != null && page.next() != null && !page.next().isAfter(known);
        boolean all = everybody || anew || timePassed;
        boolean changed = false;
        Instant next = all ? null : page.next();
        for (OpenImagePage.Entry entry : page.entries()) {
            boolean stale = entry.unjudged();
            boolean judge = everybody || stale;
            if (!judge && !all) {
                continue;
            }
            List<ImageFinding> earlier = images(judge ? entry.person().findings() : entry.findings());
            List<ImageFinding> now = earlier;
            if (judge) {
                now = judge(page, entry.person(), law);
                changed |= stale || !now.equals(earlier);
            }
            say(ImageRow.standing(earlier, before), ImageRow.standing(now, known), anew, position);
            remind(id, now, judge ? null : before, known);
            next = earlier(next, nextMoment(now, known));
        }
        if (changed || anew || timePassed || !Objects.equals(next, page.next()) || before == null) {
            page.said(known, generation);
            page.next(next);
            write(id, page, changed);
        }
        if (next != null) {
            due.wake(page.source(), id, next);
        }
    }

    private static List<ImageFinding> images(List<Finding> findings) {
        return findings.isEmpty()
                ? List.of()
                : findings.stream().map(Finding::image).toList();
    }

    private List<ImageFinding> judge(OpenImagePage page, PersonImages person, Registry law) {
        PersonFacts facts = person.judged(withConsents.contains(page.source()));
        List<ImageFinding> findings = facts.records().isEmpty() ? List.of() : ImageJudgements.findings(facts, law);
        String mappingVersion = person.newestMappingVersion();
        person.found(replace(person.findings(), findings, mappingVersion), mappingVersion, false);
        return findings;
    }

    /**
     * Remembers a page with findings that may have to be told.
     *
     * @param before what began up to here was looked at then; {@code null} for nothing
     */
    private void remind(String id, List<ImageFinding> findings, Instant before, Instant known) {
        for (ImageFinding finding : findings) {
            if (hasBegun(finding, known) && (before == null || finding.from().isAfter(before))) {
                ImageSlot slot = ImageSlot.of(finding);
                if (evidence.few(slot)) {
                    untold.add(id);
                } else {
                    crowded.add(slot);
                }
            }
        }
    }

    /** Takes back what is found no longer and counts what is new; the rest stays told or not. */
    private List<Finding> replace(List<Finding> earlier, List<ImageFinding> findings, String mappingVersion) {
        Map<ImageFinding, Finding> gone = new LinkedHashMap<>();
        earlier.forEach(finding -> gone.put(finding.image(), finding));
        List<Finding> now = new ArrayList<>(findings.size());
        boolean news = false;
        for (ImageFinding image : findings) {
            Finding same = gone.remove(image);
            if (same == null) {
                news = true;
                evidence.add(ImageSlot.of(image), false);
            }
            now.add(same == null ? new Finding(image, false) : same);
        }
        for (Finding finding : gone.values()) {
            evidence.remove(ImageSlot.of(finding.image()), finding.told());
            if (finding.told()) {
                tally.forget(finding.image());
            }
        }
        if (news || !gone.isEmpty()) {
            tally.remove(earlier.stream().map(Finding::image).toList(), mappingVersion);
            tally.add(findings, mappingVersion);
        }
        return now;
    }

    private void tellEvidence() throws Exception {
        Map<String, Instant> known = new HashMap<>();
        for (String source : registry.sources()) {
            known.put(source, registry.knownThrough(source));
        }
        boolean all = evidence.decide(slot -> {
            Instant through = known.get(Scopes.source(slot.operator(), slot.system()));
            return through != null && !slot.at().isAfter(through);
        });
        all |= crowded.stream().anyMatch(evidence::tells);
        for (String id : all ? pages() : untold) {
            OpenImagePage page = open(id);
            if (page != null && tell(page, known.get(page.source()))) {
                write(id, page, true);
            }
        }
        untold.clear();
        crowded.clear();
    }

    /** Whether something was told or forgotten that was not before. */
    private boolean tell(OpenImagePage page, Instant known) {
        boolean changed = false;
        for (OpenImagePage.Entry entry : page.entries()) {
            PersonImages person = entry.person();
            List<Finding> said = new ArrayList<>(person.findings().size());
            for (Finding finding : person.findings()) {
                said.add(say(finding, known));
            }
            if (!said.equals(person.findings())) {
                person.found(said, person.mappingVersion(), person.unjudged());
                changed = true;
            }
        }
        return changed;
    }

    private Finding say(Finding finding, Instant known) {
        ImageSlot slot = ImageSlot.of(finding.image());
        boolean tell = hasBegun(finding.image(), known) && evidence.tells(slot);
        if (tell == finding.told()) {
            return finding;
        }
        if (tell) {
            tally.tell(finding.image());
        } else {
            tally.forget(finding.image());
        }
        evidence.said(slot, tell);
        return new Finding(finding.image(), tell);
    }

    private static boolean hasBegun(ImageFinding finding, Instant known) {
        return known != null && !finding.from().isAfter(known);
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

    /** Says what is new among the rows, and takes back what vanished. */
    private void say(Map<String, ImageRow> said, Map<String, ImageRow> rows, boolean anew, long position) {
        for (Map.Entry<String, ImageRow> entry : said.entrySet()) {
            if (!rows.containsKey(entry.getKey())) {
                ImageRow gone = entry.getValue();
                RowDraft row = AuditJson.imageFinding(gone.finding(), gone.cleared());
                emit(ROWS, RowDraft.farewell(row.table(), row.farewell(), generation, position));
            }
        }
        for (Map.Entry<String, ImageRow> entry : rows.entrySet()) {
            ImageRow row = entry.getValue();
            ImageRow same = said.get(entry.getKey());
            if (anew || same == null || !same.saysTheSameAs(row)) {
                emit(ROWS, AuditJson.imageFinding(row.finding(), row.cleared(), generation, position));
            }
        }
    }
}
