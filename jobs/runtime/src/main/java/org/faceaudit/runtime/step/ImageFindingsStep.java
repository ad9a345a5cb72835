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
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.faceaudit.core.event.Consent;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.Purpose;
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
import org.faceaudit.runtime.sink.AuditJson;
import org.faceaudit.runtime.sink.RowDraft;
import org.faceaudit.runtime.sink.TableRow;
import org.faceaudit.runtime.types.RecordTypes;

/**
 * Keeps the images, purposes and consents of each person together, has them judged at the cut, and says by how much the number of
 * overdue images changed, net, and on which changes they rest where they are few. Each finding is a row from the instant
 * at which it begins to count, as far as its source is known.
 */
public final class ImageFindingsStep extends CutStep<Fact>
        implements TwoInputStreamOperator<ImageFact, RegistryFact, Fact> {

    private static final long serialVersionUID = 1L;

    /** Findings as rows. */
    public static final OutputTag<TableRow> ROWS = new OutputTag<>("finding-rows", RecordTypes.of(TableRow.class));

    private final HashSet<String> withConsents;
    private final long generation;
    private final Standpoint standpoint;

    private transient MapState<String, ImageFact> facts;
    private transient MapState<String, Said> said;
    private transient ValueState<Found> found;
    private transient RegistryState registry;
    private transient Digests digests;
    private transient DueDays due;
    private transient ImageEvidence evidence;
    private transient ImageTally tally;
    private transient Set<String> untold;
    private transient Set<String> touched;
    private transient boolean judgeAll;

    /** A finding, and whether the judging step has been told on which changes it rests. */
    public record Finding(ImageFinding image, boolean told) {

        public Finding {
            Objects.requireNonNull(image, "image");
        }
    }

    /** What was found last of one person. */
    public record Found(String source, String mappingVersion, List<Finding> findings) {

        public Found {
            Objects.requireNonNull(source, "source");
            findings = List.copyOf(findings);
        }
    }

    /**
     * A step over all images.
     *
     * @param withConsents the sources that map consents, {@code operator/system}
     * @param generation the generation of this start of the job
     * @param standpoint from where the registry is read
     */
    public ImageFindingsStep(Set<String> withConsents, long generation, Standpoint standpoint) {
        this.withConsents = new HashSet<>(withConsents);
        this.generation = generation;
        this.standpoint = Objects.requireNonNull(standpoint, "standpoint");
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        registry = new RegistryState(context.getOperatorStateStore(), standpoint);
        facts = context.getKeyedStateStore()
                .getMapState(new MapStateDescriptor<>("facts", Types.STRING, RecordTypes.of(ImageFact.class)));
        said = context.getKeyedStateStore()
                .getMapState(new MapStateDescriptor<>("said", Types.STRING, RecordTypes.of(Said.class)));
        found = context.getKeyedStateStore().getState(new ValueStateDescriptor<>("found", RecordTypes.of(Found.class)));
        digests = new Digests();
        due = new DueDays();
        evidence = new ImageEvidence();
        tally = new ImageTally();
        untold = new HashSet<>();
        touched = new HashSet<>();
        for (String key : context.isRestored() ? keys("found") : Set.<String>of()) {
            setCurrentKey(key);
            found.value().findings().forEach(finding -> evidence.add(ImageSlot.of(finding.image()), finding.told()));
        }
        // Whoever restores may judge otherwise than whoever saved, and due days are not kept.
        judgeAll = true;
    }

    @Override
    public void processElement1(StreamRecord<ImageFact> element) throws Exception {
        ImageFact fact = element.getValue();
        if (fact.isGone()) {
            facts.remove(fact.entry());
        } else {
            facts.put(fact.entry(), fact);
        }
        if (registry.known()) {
            touched.add(fact.key());
        }
    }

    @Override
    public void processElement2(StreamRecord<RegistryFact> element) throws Exception {
        judgeAll |= registry.take(element.getValue());
    }

    @Override
    protected void atCut(long position) throws Exception {
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
            keys.addAll(keys("facts"));
        }
        for (String key : keys) {
            setCurrentKey(key);
            judge(key, registry.read(), position);
        }
        if (!keys.isEmpty()) {
            tellEvidence();
        }
        tally.take().forEach(delta -> emit(Fact.of(delta)));
        touched.clear();
        judgeAll = false;
    }

    private Set<String> keys(String state) {
        try (Stream<String> keys = this.<String>getKeyedStateBackend().getKeys(state, VoidNamespace.INSTANCE)) {
            return keys.collect(Collectors.toSet());
        }
    }

    private void judge(String key, Registry law, long position) throws Exception {
        List<FaceRecord> records = new ArrayList<>();
        List<Purpose> purposes = new ArrayList<>();
        List<Consent> consents = new ArrayList<>();
        Found before = found.value();
        String source = before == null ? null : before.source();
        String mappingVersion = before == null ? null : before.mappingVersion();
        for (ImageFact fact : facts.values()) {
            source = fact.source();
            if (fact.record() != null) {
                records.add(fact.record());
                mappingVersion = fact.record().mappingVersion();
            } else if (fact.purpose() != null) {
                purposes.add(fact.purpose());
            } else {
                consents.add(fact.consent());
            }
        }
        if (source == null) {
            return;
        }
        PersonFacts person = new PersonFacts(records, purposes, consents, withConsents.contains(source));
        List<ImageFinding> findings = records.isEmpty() ? List.of() : ImageJudgements.findings(person, law);
        List<Finding> earlier = before == null ? List.of() : before.findings();
        List<Finding> now = replace(earlier, findings, mappingVersion);
        if (now.isEmpty()) {
            found.clear();
        } else if (!now.equals(earlier)) {
            found.update(new Found(source, mappingVersion, now));
        }
        Instant known = registry.knownThrough(source);
        say(standing(findings, known), position);
        if (now.stream().anyMatch(finding -> !finding.told() && hasBegun(finding.image(), known))) {
            untold.add(key);
        }
        Instant next = nextMoment(findings, known);
        if (next != null) {
            due.wake(source, key, next);
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
        for (String key : all ? keys("found") : untold) {
            setCurrentKey(key);
            Found standing = found.value();
            List<Finding> said = new ArrayList<>(standing.findings().size());
            for (Finding finding : standing.findings()) {
                said.add(say(finding, known.get(standing.source())));
            }
            if (!said.equals(standing.findings())) {
                found.update(new Found(standing.source(), standing.mappingVersion(), said));
            }
        }
        untold.clear();
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

    /** The finding of each record and cause as far as the source is known: the newest stretch that has begun. */
    private static Map<String, RowDraft> standing(List<ImageFinding> findings, Instant known) {
        Map<String, ImageFinding> newest = new TreeMap<>();
        for (ImageFinding finding : findings) {
            if (hasBegun(finding, known) && ImageJudgements.isOfImage(finding)) {
                newest.merge(
                        finding.recordKey() + '/' + finding.cause(),
                        finding,
                        (one, other) -> other.from().isBefore(one.from()) ? one : other);
            }
        }
        Map<String, RowDraft> rows = new TreeMap<>();
        newest.forEach((id, finding) -> {
            boolean over = finding.to() != null && !finding.to().isAfter(known);
            if (!over || finding.cleared()) {
                rows.put(id, AuditJson.imageFinding(finding, over ? finding.to() : null));
            }
        });
        return rows;
    }

    private static Instant nextMoment(List<ImageFinding> findings, Instant known) {
        return findings.stream()
                .flatMap(finding -> Stream.of(finding.from(), finding.to()))
                .filter(moment -> moment != null && (known == null || moment.isAfter(known)))
                .min(Instant::compareTo)
                .orElse(null);
    }

    private void say(Map<String, RowDraft> rows, long position) throws Exception {
        List<Map.Entry<String, Said>> vanished = new ArrayList<>();
        for (Map.Entry<String, Said> entry : said.entries()) {
            if (!rows.containsKey(entry.getKey())) {
                vanished.add(Map.entry(entry.getKey(), entry.getValue()));
            }
        }
        for (Map.Entry<String, Said> entry : vanished) {
            Said gone = entry.getValue();
            emit(ROWS, RowDraft.farewell(gone.table(), gone.farewell(), generation, position));
            said.remove(entry.getKey());
        }
        for (Map.Entry<String, RowDraft> entry : rows.entrySet()) {
            RowDraft row = entry.getValue();
            Said before = said.get(entry.getKey());
            long digest = digests.of(generation, row.columns().toString(), StringSerializer.INSTANCE);
            if (before == null || before.digest() != digest) {
                said.put(entry.getKey(), Said.of(digest, row.table(), row.farewell()));
                emit(ROWS, row.row(generation, position));
            }
        }
    }
}
