package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.event.Resnapshot;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceGapTest {

    private static final String RULE = "source-gap";

    private final OperatorScene scene = new OperatorScene();
    private final List<Resnapshot> resnapshots = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "100, 50, 100, 50, , ",
        "100, 50, 99, 50, 1, rows",
        "100, 50, 101, 50, 1, rows",
        "100, 50, 100, 49, 1, persons",
        "100, 50, 90, 40, 10, rows",
        "0, 0, 0, 0, , "
    })
    void anyDifferenceIsUnknownAndNoneIsNot(
            long rowsSource, long personsSource, long rowsHere, long personsHere, Long measured, String unit) {
        reconciled("r1", "2026-03-02T20:00:00Z", rowsSource, personsSource, rowsHere, personsHere);

        List<Episode> episodes = episodes("sys");

        assertThat(episodes.isEmpty()).isEqualTo(measured == null);
        for (Episode gap : episodes) {
            assertThat(gap.verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(gap.status()).isEqualTo(Status.OPEN);
            assertThat(gap.severity()).isEqualTo(3);
            assertThat(gap.systemId()).isEqualTo("sys");
            assertThat(gap.occurredOn()).isEqualTo(LegalDay.of(2026, 3, 3));
            assertThat(gap.openedAt()).isEqualTo(Instant.parse("2026-03-02T20:00:00Z"));
            assertThat(gap.dueOn()).isNull();
            assertThat(gap.measured()).isEqualByComparingTo(measured.toString());
            assertThat(gap.threshold()).isNull();
            assertThat(gap.unit()).isEqualTo(unit);
            assertThat(gap.explanationEn()).contains("log position 0/r1", "2026-03-03");
            assertThat(gap.explanationZh()).contains("0/r1", "对账不符", "某物业公司");
            assertThat(gap.evidence().positions()).hasSize(1);
        }
    }

    @Test
    void onlyALaterReconciliationThatAgreesResolvesIt() {
        reconciled("r1", "2026-03-02T01:00:00Z", 10, 5, 8, 5);
        reconciled("r2", "2026-03-03T01:00:00Z", 10, 5, 9, 5);
        assertThat(episodes("sys")).singleElement().satisfies(gap -> {
            assertThat(gap.status()).isEqualTo(Status.OPEN);
            assertThat(gap.openedAt()).isEqualTo(Instant.parse("2026-03-02T01:00:00Z"));
            assertThat(gap.measured()).isEqualByComparingTo("1");
            assertThat(gap.evidence().positions()).hasSize(2);
        });

        reconciled("r3", "2026-03-04T01:00:00Z", 11, 6, 11, 6);
        assertThat(episodes("sys")).singleElement().satisfies(gap -> {
            assertThat(gap.status()).isEqualTo(Status.RESOLVED);
            assertThat(gap.resolvedAt()).isEqualTo(Instant.parse("2026-03-04T01:00:00Z"));
            assertThat(gap.explanationEn()).contains("agreed again on 2026-03-04");
            assertThat(gap.evidence().positions()).hasSize(3);
        });
    }

    @Test
    void aRelapseOpensTheNextEpisode() {
        reconciled("r1", "2026-03-02T01:00:00Z", 10, 5, 8, 5);
        reconciled("r2", "2026-03-03T01:00:00Z", 10, 5, 10, 5);
        reconciled("r3", "2026-03-04T01:00:00Z", 10, 5, 10, 5);
        reconciled("r4", "2026-03-05T01:00:00Z", 10, 5, 10, 6);

        assertThat(episodes("sys"))
                .extracting(Episode::episode, Episode::status)
                .containsExactly(tuple(1, Status.RESOLVED), tuple(2, Status.OPEN));
    }

    @Test
    void systemsAndOperatorsAreKeptApartAndTheOrderOfTellingDoesNotMatter() {
        scene.law
                .reconciliation("a1", OperatorScene.OPERATOR, "gate", "2026-03-02T01:00:00Z", 1, 1, 0, 0)
                .reconciliation("b1", OperatorScene.OPERATOR, "gym", "2026-03-02T01:00:00Z", 1, 1, 1, 1)
                .reconciliation("c1", "other", "gate", "2026-03-03T01:00:00Z", 1, 1, 1, 1);

        List<RegistryChange> backwards = new ArrayList<>(scene.law.rows());
        Collections.reverse(backwards);

        assertThat(episodes("gate")).hasSize(1);
        assertThat(episodes("gym")).isEmpty();
        assertThat(SourceGap.derive(OperatorScene.OPERATOR, "gate", List.of(), Registry.of(backwards)))
                .isEqualTo(SourceGap.derive(OperatorScene.OPERATOR, "gate", List.of(), scene.law.registry()));
    }

    @Test
    void withoutAReconciliationAndASnapshotNothingIsSaid() {
        assertThat(episodes("sys")).isEmpty();
    }

    @Test
    void aSnapshotInPlaceOfTheLogBoundsWhatWasMissed() {
        resnapshot("2026-03-02T16:00:00Z", "2026-03-03T02:00:00Z", false);
        assertThat(episodes("sys")).singleElement().satisfies(gap -> {
            assertThat(gap.verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(gap.status()).isEqualTo(Status.OPEN);
            assertThat(gap.occurredOn()).isEqualTo(LegalDay.of(2026, 3, 3));
            assertThat(gap.openedAt()).isEqualTo(Instant.parse("2026-03-02T16:00:00Z"));
            assertThat(gap.measured()).isNull();
            assertThat(gap.explanationEn()).contains("has not ended yet");
            assertThat(gap.evidence().rangeTo()).isEqualTo(Instant.parse("2026-03-03T02:00:00Z"));
        });

        resnapshots.clear();
        resnapshot("2026-03-02T16:00:00Z", "2026-03-03T02:00:00Z", true);
        assertThat(episodes("sys")).singleElement().satisfies(gap -> {
            assertThat(gap.status()).isEqualTo(Status.RESOLVED);
            assertThat(gap.resolvedAt()).isEqualTo(Instant.parse("2026-03-03T02:00:00Z"));
            assertThat(gap.explanationEn()).doesNotContain("has not ended yet");
            assertThat(gap.explanationZh()).contains("重新全量读取");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T16:00:00Z, 2026-03-02T16:00:00Z, 0",
        "2026-03-02T16:00:01Z, 2026-03-02T16:00:00Z, 0",
        "2026-03-02T15:59:59Z, 2026-03-02T16:00:00Z, 1",
        // Before the Measures nothing had to be on record.
        "2025-05-01T00:00:00Z, 2025-05-02T00:00:00Z, 0",
        "2025-05-01T00:00:00Z, 2025-06-02T00:00:00Z, 1"
    })
    void aSnapshotOfNoLaterInstantThanIsKnownMissedNothing(String known, String takenAt, int gaps) {
        resnapshot(known, takenAt, true);

        assertThat(episodes("sys")).hasSize(gaps);
    }

    @Test
    void gapsOfBothKindsAreEpisodesInTheOrderOfTime() {
        reconciled("r1", "2026-03-04T01:00:00Z", 10, 5, 8, 5);
        resnapshot("2026-03-05T00:00:00Z", "2026-03-06T00:00:00Z", true);
        resnapshot("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z", true);

        assertThat(episodes("sys"))
                .extracting(Episode::episode, Episode::occurredOn, Episode::status)
                .containsExactly(
                        tuple(1, LegalDay.of(2026, 3, 1), Status.RESOLVED),
                        tuple(2, LegalDay.of(2026, 3, 4), Status.OPEN),
                        tuple(3, LegalDay.of(2026, 3, 5), Status.RESOLVED));
    }

    @Test
    void anEpisodeIsToldOfTheSource() {
        reconciled("r1", "2026-03-02T01:00:00Z", 10, 5, 8, 5);

        assertThat(SourceGap.derive(OperatorScene.OPERATOR, "sys", List.of(), scene.law.registry())
                        .key())
                .satisfies(key -> {
                    assertThat(key.ruleId()).isEqualTo(RULE);
                    assertThat(key.subjectKind()).isEqualTo("source");
                    assertThat(key.subjectId()).isEqualTo("sys");
                    assertThat(key.trigger()).isEmpty();
                });
    }

    private void resnapshot(String known, String takenAt, boolean done) {
        Instant at = Instant.parse(takenAt);
        Position place = new Position("cdc.op.sys", 0, 1, "0/1", null, null, null, at, true);
        resnapshots.add(new Resnapshot(OperatorScene.OPERATOR, "sys", Instant.parse(known), at, done, place));
    }

    private void reconciled(String id, String at, long... counts) {
        scene.law.reconciliation(id, OperatorScene.OPERATOR, "sys", at, counts);
    }

    private List<Episode> episodes(String system) {
        return SourceGap.derive(
                        OperatorScene.OPERATOR,
                        system,
                        resnapshots.stream()
                                .filter(resnapshot -> resnapshot.system().equals(system))
                                .toList(),
                        scene.law.registry())
                .episodes();
    }
}
