package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.ColumnAbsence;
import org.faceaudit.core.event.HeartbeatPromise;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.event.Resnapshot;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaDriftTest {

    private static final String TABLE = "public.member";
    private static final String PHONE = TABLE + ".phone";
    private static final String PHOTO = TABLE + ".照片";

    private static final Instant KNOWN = Instant.parse("2026-12-01T00:00:00Z");

    private final OperatorScene scene = new OperatorScene();
    private final List<ColumnAbsence> absences = new ArrayList<>();
    private final List<Resnapshot> resnapshots = new ArrayList<>();

    @Test
    void rowsThatNoLongerCarryAMappedColumnAreUnknownSinceTheFirstOfThem() {
        absent("phone", "2026-03-02T20:00:00Z", "2026-03-05T00:00:00Z", null);

        assertThat(episodes("sys")).singleElement().satisfies(drift -> {
            assertThat(drift.verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(drift.status()).isEqualTo(Status.OPEN);
            assertThat(drift.severity()).isEqualTo(3);
            assertThat(drift.systemId()).isEqualTo("sys");
            assertThat(drift.occurredOn()).isEqualTo(LegalDay.of(2026, 3, 3));
            assertThat(drift.openedAt()).isEqualTo(Instant.parse("2026-03-02T20:00:00Z"));
            assertThat(drift.dueOn()).isNull();
            assertThat(drift.measured()).isEqualByComparingTo("1");
            assertThat(drift.unit()).isEqualTo("columns");
            assertThat(drift.explanationEn()).contains("mapped columns are gone or not told: public.member.phone.");
            assertThat(drift.explanationZh()).contains("映射所用的列已不见或未被捕获:public.member.phone。", "某物业公司");
            assertThat(drift.evidence().positions()).hasSize(1);
        });
    }

    @Test
    void aRowThatCarriesItAgainResolvesIt() {
        absent("phone", "2026-03-02T20:00:00Z", "2026-03-03T00:00:00Z", "2026-03-04T01:00:00Z");

        assertThat(episodes("sys")).singleElement().satisfies(drift -> {
            assertThat(drift.status()).isEqualTo(Status.RESOLVED);
            assertThat(drift.resolvedAt()).isEqualTo(Instant.parse("2026-03-04T01:00:00Z"));
            assertThat(drift.explanationEn()).contains("it fits again since 2026-03-04");
            assertThat(drift.explanationZh()).contains("2026-03-04起已恢复一致");
            assertThat(drift.evidence().positions()).hasSize(2);
        });
    }

    @ParameterizedTest
    @CsvSource({
        // The newest row that lacks it is of 2026-03-03T00:00:00Z.
        "2026-03-02T23:59:59Z, , ",
        "2026-03-03T00:00:00Z, , ",
        "2026-03-03T00:00:01Z, , 2026-03-03T00:00:01Z",
        "2026-03-03T00:00:01Z, 2026-03-04T01:00:00Z, 2026-03-03T00:00:01Z",
        "2026-03-04T02:00:00Z, 2026-03-04T01:00:00Z, 2026-03-04T01:00:00Z"
    })
    void aLookThatFindsItAgainResolvesItOnlyIfNoRowLacksItSince(String lookedAt, String back, String resolved) {
        absent("phone", "2026-03-02T20:00:00Z", "2026-03-03T00:00:00Z", back);
        looked("l1", lookedAt, "", "", "");

        assertThat(episodes("sys"))
                .singleElement()
                .satisfies(drift ->
                        assertThat(drift.resolvedAt()).isEqualTo(resolved == null ? null : Instant.parse(resolved)));
    }

    @Test
    void aLookThatMissesItTooDoesNotResolveItAndNeitherDoesAnOlderOne() {
        absent("phone", "2026-03-02T20:00:00Z", "2026-03-02T20:00:00Z", null);
        looked("l0", "2026-03-01T00:00:00Z", "", "", "");
        looked("l1", "2026-03-03T00:00:00Z", PHONE, "", "");

        assertThat(episodes("sys"))
                .extracting(Episode::openedAt, Episode::status)
                .containsExactly(tuple(Instant.parse("2026-03-02T20:00:00Z"), Status.OPEN));

        looked("l2", "2026-03-04T00:00:00Z", "", "", "");
        assertThat(episodes("sys"))
                .extracting(Episode::resolvedAt, Episode::status)
                .containsExactly(tuple(Instant.parse("2026-03-04T00:00:00Z"), Status.RESOLVED));
    }

    @ParameterizedTest
    @CsvSource({
        "public.member.phone, '', '', mapped columns are gone or not told: public.member.phone",
        "'', public.member.phone, '', mapped columns changed their type: public.member.phone",
        "'', '', public.member.照片, new columns look like a store of images and the mapping says nothing of them: public.member.照片"
    })
    void whatOnlyTheCatalogueShowsIsUnknownFromOneLookToTheNextThatDoesNotShowIt(
            String gone, String retyped, String photoLike, String told) {
        looked("l0", "2026-03-01T00:00:00Z", "", "", "");
        assertThat(episodes("sys")).isEmpty();

        looked("l1", "2026-03-02T00:00:00Z", gone, retyped, photoLike);
        assertThat(episodes("sys")).singleElement().satisfies(drift -> {
            assertThat(drift.verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(drift.status()).isEqualTo(Status.OPEN);
            assertThat(drift.openedAt()).isEqualTo(Instant.parse("2026-03-02T00:00:00Z"));
            assertThat(drift.explanationEn()).contains(told);
            assertThat(drift.evidence().positions()).hasSize(1);
        });

        looked("l2", "2026-03-03T00:00:00Z", "", "", "");
        assertThat(episodes("sys"))
                .extracting(Episode::status, Episode::resolvedAt)
                .containsExactly(tuple(Status.RESOLVED, Instant.parse("2026-03-03T00:00:00Z")));
    }

    @Test
    void aTableThatWentTookRowsWithItOfWhichNoLogTells() {
        looked("l1", "2026-03-02T00:00:00Z", "public.face_202501.* public.face[p1].*", "", "");

        assertThat(episodes("sys")).singleElement().satisfies(drift -> {
            assertThat(drift.status()).isEqualTo(Status.OPEN);
            assertThat(drift.openedAt()).isEqualTo(Instant.parse("2026-03-02T00:00:00Z"));
            assertThat(drift.measured()).isEqualByComparingTo("2");
            assertThat(drift.explanationEn())
                    .contains("tables or partitions are gone, and no log tells what became of their rows:"
                            + " public.face[p1], public.face_202501.")
                    .doesNotContain("mapped columns");
            assertThat(drift.explanationZh()).contains("已不见且其行去向不明的表或分区:public.face[p1]、public.face_202501。");
        });
    }

    @ParameterizedTest
    @CsvSource({
        // The look that misses the table is of 2026-03-02T00:00:00Z.
        "2026-03-02T00:00:00Z, true, ",
        "2026-03-02T00:00:01Z, true, 2026-03-02T00:00:01Z",
        "2026-03-02T00:00:01Z, false, ",
    })
    void theFirstWholeSnapshotTakenLaterAccountsForTheRowsOfATable(String takenAt, boolean done, String resolved) {
        looked("l1", "2026-03-02T00:00:00Z", "public.face_202501.*", "", "");
        read(takenAt, done);
        read("2026-03-09T00:00:00Z", false);

        assertThat(episodes("sys"))
                .singleElement()
                .satisfies(drift ->
                        assertThat(drift.resolvedAt()).isEqualTo(resolved == null ? null : Instant.parse(resolved)));
    }

    @Test
    void aSnapshotSaysNothingOfAColumnAndAFileThatConfirmsATableNeedsNone() {
        looked("l1", "2026-03-02T00:00:00Z", PHONE + " public.face_202501.*", "", "");
        read("2026-03-03T00:00:00Z", true);
        assertThat(episodes("sys"))
                .singleElement()
                .satisfies(drift -> assertThat(drift.status()).isEqualTo(Status.OPEN));

        looked("l2", "2026-03-02T12:00:00Z", "", "", "");
        assertThat(episodes("sys"))
                .singleElement()
                .satisfies(drift -> assertThat(drift.resolvedAt()).isEqualTo(Instant.parse("2026-03-02T12:00:00Z")));
    }

    @Test
    void whatStandsTogetherIsOneEpisodeAndARelapseTheNext() {
        absent("phone", "2026-03-02T00:00:00Z", "2026-03-02T00:00:00Z", "2026-03-04T00:00:00Z");
        looked("l1", "2026-03-03T00:00:00Z", PHONE, "", PHOTO);
        looked("l2", "2026-03-05T00:00:00Z", "", "", "");
        looked("l3", "2026-03-06T00:00:00Z", "", "", PHOTO);

        assertThat(episodes("sys"))
                .extracting(
                        Episode::episode,
                        Episode::openedAt,
                        Episode::resolvedAt,
                        e -> e.measured().intValue())
                .containsExactly(
                        tuple(1, Instant.parse("2026-03-02T00:00:00Z"), Instant.parse("2026-03-05T00:00:00Z"), 2),
                        tuple(2, Instant.parse("2026-03-06T00:00:00Z"), null, 1));
        assertThat(episodes("sys").get(0).explanationEn())
                .contains("not told: public.member.phone; new columns", PHOTO)
                .containsOnlyOnce("public.member.phone");
    }

    @Test
    void whatBeginsAtTheInstantAtWhichAllElseEndsGoesOnWithoutABreak() {
        looked("l1", "2026-03-02T00:00:00Z", PHONE, "", "");
        looked("l2", "2026-03-03T00:00:00Z", "", "", PHOTO);

        assertThat(episodes("sys"))
                .extracting(Episode::openedAt, Episode::status)
                .containsExactly(tuple(Instant.parse("2026-03-02T00:00:00Z"), Status.OPEN));
    }

    @ParameterizedTest
    @CsvSource({
        // Before the Measures nothing had to be on record.
        "2025-04-01T00:00:00Z, 2025-05-31T15:59:59Z, 0",
        "2025-04-01T00:00:00Z, 2025-05-31T16:00:00Z, 0",
        "2025-04-01T00:00:00Z, 2025-05-31T16:00:01Z, 1",
        "2025-06-02T00:00:00Z, 2025-06-02T00:00:00Z, 0",
        "2025-06-02T00:00:00Z, 2025-06-02T00:00:01Z, 1"
    })
    void nothingLastsThatWasOverBeforeTheMeasuresOrAtOnce(String from, String to, int episodes) {
        looked("l1", from, PHONE, "", "");
        looked("l2", to, "", "", "");
        absent("name", from, from, to);

        assertThat(episodes("sys")).hasSize(episodes);
        assertThat(episodes("sys"))
                .allSatisfy(
                        drift -> assertThat(drift.openedAt()).isAfterOrEqualTo(Instant.parse("2025-05-31T16:00:00Z")));
    }

    @Test
    void beforeTheMeasuresAreInForceNothingIsSaid() {
        looked("l1", "2025-04-01T00:00:00Z", PHONE, "", "");

        Judged before = judged(Instant.parse("2025-05-31T15:59:59Z"));
        assertThat(OperatorScene.none(before, "schema-drift")).isTrue();
        assertThat(before.wakeAt()).isEqualTo(Instant.parse("2025-05-31T16:00:00Z"));
        assertThat(OperatorScene.only(judged(Instant.parse("2025-05-31T16:00:00Z")), "schema-drift")
                        .openedAt())
                .isEqualTo(Instant.parse("2025-05-31T16:00:00Z"));
    }

    @Test
    void manyColumnsAreCountedAndTheFirstOfThemNamed() {
        String columns = IntStream.range(0, 25)
                .mapToObj(i -> String.format("public.member.c%02d", i))
                .collect(Collectors.joining(" "));
        looked("l1", "2026-03-02T00:00:00Z", columns, "", "");

        assertThat(episodes("sys")).singleElement().satisfies(drift -> {
            assertThat(drift.measured()).isEqualByComparingTo("25");
            assertThat(drift.explanationEn()).contains("c19 and more").doesNotContain("c20");
        });
    }

    @Test
    void systemsAndOperatorsAreKeptApartAndTheOrderOfTellingDoesNotMatter() {
        scene.law
                .schemaLook("a1", OperatorScene.OPERATOR, "gate", "2026-03-02T01:00:00Z", PHONE, "", PHOTO)
                .schemaLook("a2", OperatorScene.OPERATOR, "gate", "2026-03-03T01:00:00Z", "", "", PHOTO)
                .schemaLook("b1", OperatorScene.OPERATOR, "gym", "2026-03-02T01:00:00Z", "", "", "")
                .schemaLook("c1", "other", "gate", "2026-03-04T01:00:00Z", "", "", "");
        List<RegistryChange> backwards = new ArrayList<>(scene.law.rows());
        Collections.reverse(backwards);

        assertThat(episodes("gate"))
                .singleElement()
                .satisfies(drift -> assertThat(drift.status()).isEqualTo(Status.OPEN));
        assertThat(episodes("gym")).isEmpty();
        assertThat(derive("gate", Registry.of(backwards))).isEqualTo(derive("gate", scene.law.registry()));
    }

    @Test
    void anEpisodeIsToldOfTheSourceAndOfNothingBeforeTheRegistryIsKnown() {
        absent("phone", "2026-03-02T20:00:00Z", "2026-03-02T20:00:00Z", null);

        assertThat(derive("sys", scene.law.registry()).key()).satisfies(key -> {
            assertThat(key.ruleId()).isEqualTo("schema-drift");
            assertThat(key.subjectKind()).isEqualTo("source");
            assertThat(key.subjectId()).isEqualTo("sys");
            assertThat(key.trigger()).isEmpty();
        });
        assertThat(judged(null).derivations()).isEmpty();
        assertThat(judged(Instant.parse("2026-03-03T00:00:00Z")).derivations())
                .filteredOn(derivation -> derivation.key().ruleId().equals("schema-drift"))
                .singleElement()
                .satisfies(derivation -> assertThat(derivation.episodes()).hasSize(1));
    }

    private Judged judged(Instant registryKnown) {
        return SourceJudgements.judge(
                OperatorScene.OPERATOR,
                "sys",
                HeartbeatPromise.UNSPOKEN,
                List.of(),
                null,
                resnapshots,
                absences,
                scene.law.registry(),
                registryKnown);
    }

    private void absent(String column, String from, String last, String back) {
        Instant to = back == null ? null : Instant.parse(back);
        absences.add(new ColumnAbsence(
                TABLE,
                column,
                Instant.parse(from),
                place(Instant.parse(from)),
                Instant.parse(last),
                to,
                to == null ? null : place(to)));
    }

    @Test
    void aTableThatWentAndWasReadAnewBeforeTheMeasuresIsNoneOfTheirs() {
        looked("1", "2025-05-20T00:00:00Z", "public.note_07.*", "", "");
        assertThat(episodes("sys"))
                .singleElement()
                .satisfies(drift -> assertThat(drift.openedAt()).isEqualTo(Instant.parse("2025-05-31T16:00:00Z")));

        read("2025-05-25T00:00:00Z", true);
        assertThat(episodes("sys")).isEmpty();
    }

    private void read(String takenAt, boolean done) {
        Instant at = Instant.parse(takenAt);
        resnapshots.add(new Resnapshot(OperatorScene.OPERATOR, "sys", at.minusSeconds(9), at, done, place(at)));
    }

    private static Position place(Instant at) {
        return new Position("cdc.op.sys", 0, at.getEpochSecond(), "0/1", "7", TABLE, "k", at, false);
    }

    private void looked(String id, String at, String gone, String retyped, String photoLike) {
        scene.law.schemaLook(id, OperatorScene.OPERATOR, "sys", at, gone, retyped, photoLike);
    }

    private Derivation derive(String system, Registry registry) {
        return SchemaDrift.derive(
                OperatorScene.OPERATOR, system, resnapshots, absences, registry, KNOWN, new Wake(KNOWN));
    }

    private List<Episode> episodes(String system) {
        return derive(system, scene.law.registry()).episodes();
    }
}
