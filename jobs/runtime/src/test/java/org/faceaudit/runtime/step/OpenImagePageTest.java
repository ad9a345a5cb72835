package org.faceaudit.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.Consent;
import org.faceaudit.core.event.ConsentVersion;
import org.faceaudit.core.event.DayValue;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.FaceRecordVersion;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.Purpose;
import org.faceaudit.core.event.PurposeVersion;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.core.event.TimeValue;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.envelope.EnvelopeDecoder;
import org.faceaudit.runtime.fact.ImageFact;
import org.faceaudit.runtime.fact.ImageFacts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenImagePageTest {

    private static final Instant AT = Instant.parse("2026-05-01T02:00:00Z");

    private final Random random = new Random(17);

    private boolean perhaps() {
        return random.nextBoolean();
    }

    private Instant instant() {
        return switch (random.nextInt(6)) {
            case 0 -> Instant.EPOCH;
            case 1 -> AT.plusSeconds(random.nextInt(10_000_000));
            case 2 -> AT.plusMillis(random.nextInt());
            case 3 -> AT.plusNanos(1_000L * random.nextInt());
            case 4 -> AT.minusNanos(random.nextInt());
            default -> Instant.MIN.plusSeconds(random.nextInt(1_000_000));
        };
    }

    private TimeBounds bounds() {
        Instant one = instant();
        Instant other = perhaps() ? one : instant();
        return one.isBefore(other) ? new TimeBounds(one, other, perhaps()) : new TimeBounds(other, one, perhaps());
    }

    private LegalDay day() {
        return LegalDay.of(2026, 1, 1).plusDays(random.nextInt(4_000) - 2_000);
    }

    private PersonToken token() {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> new PersonToken("id-card", "k1", "idcard", "", "%032x".formatted(random.nextInt(3)));
            case 2 -> new PersonToken("local-id", "k2", "none", "sys/1|2", "%032x".formatted(random.nextInt(3)));
            default -> new PersonToken("member-no", "k1", "trim+upper", "", "free text " + random.nextInt(3));
        };
    }

    private Position position(String table, String key, Instant then) {
        return new Position(
                "cdc.op.sys",
                random.nextInt(2),
                random.nextInt(),
                perhaps() ? "0/" + Integer.toHexString(random.nextInt()).toUpperCase() : perhaps() ? "bin.1:7" : null,
                perhaps() ? Integer.toString(random.nextInt()) : null,
                perhaps() ? table : perhaps() ? "registry.exception" : null,
                perhaps() ? EnvelopeDecoder.keyHash(table, key) : perhaps() ? "k9" : null,
                perhaps() ? then : instant(),
                perhaps());
    }

    private FaceRecord record(int key) {
        List<FaceRecordVersion> versions = new ArrayList<>();
        TimeBounds storedAt = null;
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            TimeBounds from = bounds();
            storedAt = random.nextInt(4) == 0 ? null : perhaps() ? from : perhaps() ? storedAt : bounds();
            PersonToken also = token();
            versions.add(new FaceRecordVersion(
                    from,
                    perhaps(),
                    token(),
                    also == null ? List.of() : List.of(also),
                    perhaps(),
                    true,
                    storedAt,
                    perhaps() ? random.nextInt(400) : null,
                    perhaps() ? day() : null,
                    perhaps() ? "anti-terror-video" : null,
                    position("public.face", Integer.toString(key), from.latest())));
        }
        return new FaceRecord("op", "sys", "public.face/" + key, "m" + random.nextInt(2), versions);
    }

    private Purpose purpose(int key) {
        TimeBounds from = bounds();
        return new Purpose(
                "op",
                "sys",
                "public.membership/a%2Fb/" + key,
                "m1",
                List.of(new PurposeVersion(
                        from,
                        perhaps(),
                        new PersonToken("id-card", "k1", "idcard", "", "%032x".formatted(random.nextInt(3))),
                        perhaps() ? day() : null,
                        position("public.membership", "a%2Fb/" + key, from.latest()))));
    }

    private FieldValue value(String text) {
        return switch (random.nextInt(4)) {
            case 0 -> FieldValue.ABSENT;
            case 1 -> FieldValue.UNCHANGED;
            case 2 -> FieldValue.UNKNOWN;
            default -> FieldValue.present(text);
        };
    }

    private Consent consent(int key) {
        TimeBounds from = bounds();
        return new Consent(
                "op",
                "sys",
                "public.consent/" + key,
                "m1",
                List.of(new ConsentVersion(
                        from,
                        perhaps(),
                        new PersonToken("local-id", "k2", "none", "sys/1|2", "%032x".formatted(random.nextInt(3))),
                        FieldState.values()[random.nextInt(4)],
                        value("true"),
                        value("FACE"),
                        value("CONSENT"),
                        value("false"),
                        perhaps() ? TimeValue.UNKNOWN : TimeValue.present(instant()),
                        perhaps() ? DayValue.ABSENT : DayValue.present(day()),
                        perhaps() ? DayValue.UNKNOWN : DayValue.present(day()),
                        position("public.consent", "" + key, from.latest()))));
    }

    private ImageFinding finding(PersonImages person) {
        LegalDay due = day();
        List<Position> positions = new ArrayList<>();
        person.facts().values().stream()
                .map(ImageFact::record)
                .filter(record -> record != null && perhaps())
                .forEach(record -> positions.add(record.versions().get(0).position()));
        if (perhaps()) {
            positions.add(position("registry.technology_use", "x", AT));
        }
        LegalDay low = perhaps() ? day() : null;
        return new ImageFinding(
                "op",
                "sys",
                perhaps() ? "public.face/" + random.nextInt(3) : "some|person",
                "period-ended",
                Verdict.values()[random.nextInt(3)],
                perhaps() ? person.scope().substring(7).replace('/', '|') : perhaps() ? "somebody" : null,
                low,
                perhaps() ? low : perhaps() ? day() : null,
                due,
                perhaps() ? due.plusDays(1).start() : instant(),
                perhaps() ? instant() : null,
                perhaps(),
                perhaps() ? "hold-1" : null,
                perhaps(),
                positions);
    }

    private List<ImageFact> facts(int key) {
        return switch (random.nextInt(4)) {
            case 0 -> ImageFacts.of(null, purpose(key));
            case 1 -> ImageFacts.of(null, consent(key));
            default -> ImageFacts.of(null, record(key), true);
        };
    }

    private static OpenImagePage empty(long sequence) {
        return OpenImagePage.of(ImageLeaf.empty(book(sequence)), null);
    }

    private static PageBook book(long sequence) {
        return new PageBook("op/sys", PageBase.of(AT.getEpochSecond(), sequence), new PageWords());
    }

    private static ImagePage packed(OpenImagePage page) {
        return page.opened(0).packed();
    }

    /** What is kept of a page of several leaves. */
    private static final class Kept {
        private final ImagePage[] leaves = new ImagePage[4];
        private ImagePage book;
        private ImagePage head;
        /** Read anew each time, as after a restart, or kept at hand. */
        private PageBook atHand;

        private OpenImagePage open() throws IOException {
            PageBook read = atHand == null ? PageBook.of(book) : atHand;
            return OpenImagePage.of(
                    read,
                    leaves.length,
                    leaf -> leaves[leaf] == null ? ImageLeaf.sharing(read) : ImageLeaf.read(read, leaves[leaf]),
                    head);
        }

        private void keep(OpenImagePage page, PageBook shared) throws IOException {
            for (int leaf = 0; leaf < leaves.length; leaf++) {
                if (page.opened(leaf) != null && page.opened(leaf).changed()) {
                    leaves[leaf] = page.opened(leaf).packed();
                }
            }
            head = page.head();
            book = shared.packed();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsPutOnAPageIsReadFromItWhateverElseHappensThere(boolean shared) throws IOException {
        Map<String, TreeMap<String, ImageFact>> told = new TreeMap<>();
        Map<String, List<Finding>> found = new TreeMap<>();
        PageBook book = book(0x1_0000_0000L);
        Kept kept = new Kept();
        kept.book = book.packed();
        kept.atHand = book;
        OpenImagePage page = shared ? kept.open() : empty(0x1_0000_0000L);
        for (int round = 0; round < 300; round++) {
            for (ImageFact fact : facts(random.nextInt(5))) {
                ImageFact said = random.nextInt(5) == 0
                        ? new ImageFact(fact.source(), fact.scope(), fact.entry(), null, null, null)
                        : fact;
                page.take(said);
                TreeMap<String, ImageFact> facts = told.computeIfAbsent(fact.scope(), scope -> new TreeMap<>());
                if (said.isGone()) {
                    facts.remove(said.entry());
                } else {
                    facts.put(said.entry(), said);
                }
                assertThat(on(page, fact.scope()).unjudged()).isTrue();
                if (perhaps()) {
                    ImageLeaf.Entry entry = on(page, fact.scope());
                    List<Finding> findings = List.of(new Finding(finding(entry.person()), perhaps()));
                    entry.found(findings, "m7", false);
                    found.put(fact.scope(), findings);
                }
            }
            if (shared) {
                kept.keep(page, book);
                book = perhaps() ? PageBook.of(kept.book) : book;
                kept.atHand = book;
                page = kept.open();
            } else {
                page = OpenImagePage.of(ImageLeaf.read(packed(page)), page.head());
            }
            assertThat(page.entries())
                    .extracting(ImageLeaf.Entry::scope)
                    .containsExactlyInAnyOrderElementsOf(told.keySet());
            for (ImageLeaf.Entry entry : page.entries()) {
                List<Finding> expected = found.getOrDefault(entry.scope(), List.of());
                assertThat(entry.findings())
                        .as("without evidence")
                        .usingRecursiveComparison()
                        .ignoringFields("image.positions")
                        .isEqualTo(expected);
                if (perhaps()) {
                    assertThat(entry.person().facts()).isEqualTo(told.get(entry.scope()));
                    assertThat(entry.person().findings()).isEqualTo(expected);
                }
            }
        }
    }

    private static ImageLeaf.Entry on(OpenImagePage page, String scope) {
        return page.entries().stream()
                .filter(entry -> entry.scope().equals(scope))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPageRemembersWhatWasSaidAndIsGoneWithItsLastPerson() {
        OpenImagePage page = empty(0x1_0000_0000L);
        page.take(ImageFacts.of(null, record(1), true).get(0));
        assertThat(page.saidThrough()).isNull();
        assertThat(page.next()).isNull();
        page.said(AT.plusNanos(1), 7);
        page.next(AT.plusSeconds(9));

        OpenImagePage read = OpenImagePage.of(ImageLeaf.read(packed(page)), page.head());
        assertThat(read.source()).isEqualTo("op/sys");
        assertThat(read.saidThrough()).isEqualTo(AT.plusNanos(1));
        assertThat(read.generation()).isEqualTo(7);
        assertThat(read.next()).isEqualTo(AT.plusSeconds(9));
        assertThat(read.headChanged()).isFalse();
        read.said(AT.plusNanos(1), 7);
        read.next(AT.plusSeconds(9));
        assertThat(read.headChanged()).as("the same again").isFalse();
        read.said(AT.plusNanos(1), 8);
        assertThat(read.headChanged()).isTrue();
        assertThat(packed(read).bytes())
                .as("apart from who is on it")
                .isEqualTo(packed(page).bytes());

        PersonImages last = read.entries().get(0).person();
        last.facts().clear();
        last.found(List.of(), null, false);
        assertThat(packed(read)).isNull();
    }

    @Test
    void personsOfWhomTheSameIsKnownShareTheirShape() {
        OpenImagePage page = empty(0);
        FaceRecord record = record(1);
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            FaceRecord other = new FaceRecord("op", "sys", "public.other/" + (1_000 + i), "m1", record.versions());
            page.take(ImageFacts.of(null, unnamed(other), true).get(0));
            sizes.add(packed(page).bytes().length);
        }
        int first = sizes.get(1) - sizes.get(0);
        assertThat(sizes.get(39) - sizes.get(1))
                .as("each as little as the second")
                .isEqualTo(38 * first);
        PackedEntry packed = new PersonImagesWriter(new PageWords(), PageBase.of(AT.getEpochSecond(), 0))
                .write(on(page, "record/public.other/1001").person());
        assertThat(packed.shape()).hasSizeGreaterThan(10);
        assertThat(first)
                .as("its values, their length and the number of the shape")
                .isLessThanOrEqualTo(packed.values().length + 3);

        // Somebody of whom something else is known has another shape, which goes when that does.
        FaceRecord more = new FaceRecord(
                "op",
                "sys",
                "public.other/1000",
                "m1",
                List.of(
                        record.versions().get(0),
                        record.versions().get(0),
                        record.versions().get(0)));
        page = OpenImagePage.of(ImageLeaf.read(packed(page)), null);
        page.take(ImageFacts.of(null, unnamed(more), true).get(0));
        int grown = packed(page).bytes().length;
        assertThat(grown).isGreaterThan(sizes.get(39));
        page = OpenImagePage.of(ImageLeaf.read(packed(page)), null);
        page.take(ImageFacts.of(
                        null, unnamed(new FaceRecord("op", "sys", "public.other/1000", "m1", record.versions())), true)
                .get(0));
        assertThat(packed(page).bytes().length).isEqualTo(sizes.get(39));
    }

    /** Of nobody known, so that each record is a scope of its own. */
    private static FaceRecord unnamed(FaceRecord record) {
        List<FaceRecordVersion> versions = record.versions().stream()
                .map(version -> new FaceRecordVersion(
                        version.from(),
                        version.stored(),
                        null,
                        List.of(),
                        version.template(),
                        version.image(),
                        version.storedAt(),
                        version.retentionDays(),
                        version.retainUntil(),
                        version.dataClass(),
                        version.position()))
                .toList();
        return new FaceRecord(
                record.operator(), record.system(), record.recordKey(), record.mappingVersion(), versions);
    }

    @Test
    void wordsThatAreGoneDoNotGatherForEver() {
        OpenImagePage page = empty(0x1_0000_0000L);
        FaceRecord record = record(1);
        int most = 0;
        for (int i = 0; i < 1_000; i++) {
            page.take(ImageFacts.of(
                            null,
                            new FaceRecord("op", "sys", "public.face/1", "mapping version " + i, record.versions()),
                            true)
                    .get(0));
            ImagePage packed = packed(page);
            most = Math.max(most, packed.bytes().length);
            page = OpenImagePage.of(ImageLeaf.read(packed), null);
        }
        assertThat(most).isLessThan(4_000);
    }
}
