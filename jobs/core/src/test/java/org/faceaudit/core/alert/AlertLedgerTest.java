package org.faceaudit.core.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

class AlertLedgerTest {

    private static final AlertKey KEY = new AlertKey("sole-face-method", "gym", "access-point", "gate/1", "");
    private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

    @Test
    void theFirstDerivationOpensEveryEpisodeAndCountsRevisionsAcrossThem() {
        Advanced first = AlertLedger.advance(null, derived(resolved(1), open(2, "3")), 4, NOW, null);

        assertThat(first.revisions())
                .extracting(
                        revision -> revision.episode().episode(),
                        AlertRevision::generation,
                        AlertRevision::revision,
                        AlertRevision::reason)
                .containsExactly(tuple(1, 4L, 1L, "resolved"), tuple(2, 4L, 2L, "opened"));
        assertThat(first.revisions())
                .allSatisfy(revision -> assertThat(revision.detectedAt()).isEqualTo(NOW));
        assertThat(first.entry().revision()).isEqualTo(2);
    }

    @Test
    void nothingChangedMeansNoRevision() {
        Advanced first = AlertLedger.advance(null, derived(open(1, "3")), 1, NOW, null);

        Advanced again = AlertLedger.advance(first.entry(), derived(open(1, "3.0")), 1, NOW.plusSeconds(1), null);

        assertThat(again.revisions()).isEmpty();
        assertThat(again.entry().revision()).isEqualTo(1);
    }

    @Test
    void changedColumnsAreNamed() {
        Advanced first = AlertLedger.advance(null, derived(open(1, "3")), 1, NOW, null);

        Advanced amended = AlertLedger.advance(first.entry(), derived(open(1, "4")), 1, NOW, null);

        assertThat(amended.revisions()).extracting(AlertRevision::reason).containsExactly("amended: measured");
    }

    @Test
    void resolvingReopeningAndExemptingAreNamed() {
        Advanced opened = AlertLedger.advance(null, derived(open(1, "3")), 1, NOW, null);
        Advanced resolved = AlertLedger.advance(opened.entry(), derived(resolved(1)), 1, NOW, null);
        Advanced reopened = AlertLedger.advance(resolved.entry(), derived(open(1, "3")), 1, NOW, null);
        Advanced exempted =
                AlertLedger.advance(reopened.entry(), derived(episode(1, Status.EXEMPT, "3")), 1, NOW, null);

        assertThat(List.of(resolved, reopened, exempted))
                .flatExtracting(Advanced::revisions)
                .extracting(AlertRevision::reason)
                .containsExactly("resolved", "reopened", "exempted");
        assertThat(exempted.entry().revision()).isEqualTo(4);
    }

    @Test
    void anEpisodeThatIsNoLongerDerivedIsWithdrawnOnceAndMayComeBack() {
        Advanced opened = AlertLedger.advance(null, derived(resolved(1), open(2, "3")), 1, NOW, null);

        Advanced withdrawn = AlertLedger.advance(opened.entry(), derived(), 1, NOW, null);
        assertThat(withdrawn.revisions()).extracting(AlertRevision::reason).containsExactly("withdrawn", "withdrawn");
        assertThat(withdrawn.revisions())
                .extracting(revision -> revision.episode().resolvedAt())
                .containsOnlyNulls();

        assertThat(AlertLedger.advance(withdrawn.entry(), derived(), 1, NOW, null)
                        .revisions())
                .isEmpty();

        Advanced back = AlertLedger.advance(withdrawn.entry(), derived(resolved(1)), 1, NOW, null);
        assertThat(back.revisions()).extracting(AlertRevision::reason).containsExactly("resolved");
        assertThat(back.entry().episodes())
                .extracting(Episode::status)
                .containsExactly(Status.RESOLVED, Status.WITHDRAWN);
    }

    @Test
    void aNewGenerationSaysEveryEpisodeAgain() {
        Advanced opened = AlertLedger.advance(null, derived(resolved(1), open(2, "3")), 1, NOW, null);

        Advanced next = AlertLedger.advance(opened.entry(), derived(resolved(1)), 2, NOW, null);

        assertThat(next.revisions()).extracting(AlertRevision::reason).containsExactly("rederived", "withdrawn");
        assertThat(next.revisions()).extracting(AlertRevision::generation).containsOnly(2L);
        assertThat(next.revisions()).extracting(AlertRevision::revision).containsExactly(3L, 4L);
    }

    @Test
    void whatBecameOfTheCalendarIsToldWithTheRevisionsThatRestOnIt() {
        Episode counted = due(open(1, "3"), "gov-2026");
        Advanced opened = AlertLedger.advance(null, derived(counted), 1, NOW, null);

        String news = "notice gov-2027 now active";
        Advanced amended =
                AlertLedger.advance(opened.entry(), derived(due(open(1, "3"), "gov-2026+gov-2027")), 1, NOW, news);
        Advanced withdrawn = AlertLedger.advance(opened.entry(), derived(), 1, NOW, news);
        Advanced without = AlertLedger.advance(
                AlertLedger.advance(null, derived(open(1, "3")), 1, NOW, null).entry(),
                derived(open(1, "4")),
                1,
                NOW,
                news);

        assertThat(amended.revisions())
                .extracting(AlertRevision::reason)
                .containsExactly("amended: calendar_version (notice gov-2027 now active)");
        assertThat(withdrawn.revisions())
                .extracting(AlertRevision::reason)
                .containsExactly("withdrawn (notice gov-2027 now active)");
        assertThat(without.revisions()).extracting(AlertRevision::reason).containsExactly("amended: measured");
    }

    private static Episode due(Episode episode, String calendarVersion) {
        return new Episode(
                episode.episode(),
                episode.systemId(),
                episode.verdict(),
                episode.status(),
                episode.severity(),
                episode.occurredOn(),
                episode.openedAt(),
                episode.resolvedAt(),
                LegalDay.of(2026, 12, 31),
                episode.measured(),
                episode.threshold(),
                episode.unit(),
                false,
                calendarVersion,
                episode.lawVersion(),
                episode.mappingVersion(),
                episode.exceptionId(),
                episode.explanationZh(),
                episode.explanationEn(),
                episode.evidence());
    }

    private static Derivation derived(Episode... episodes) {
        return new Derivation(KEY, List.of(episodes));
    }

    private static Episode open(int ordinal, String measured) {
        return episode(ordinal, Status.OPEN, measured);
    }

    private static Episode resolved(int ordinal) {
        return episode(ordinal, Status.RESOLVED, "3");
    }

    private static Episode episode(int ordinal, Status status, String measured) {
        return new Episode(
                ordinal,
                "gate",
                Verdict.VIOLATION,
                status,
                5,
                LegalDay.of(2026, 6, 1),
                Instant.parse("2026-06-01T01:00:00Z"),
                status == Status.RESOLVED ? Instant.parse("2026-06-02T01:00:00Z") : null,
                null,
                new BigDecimal(measured),
                null,
                null,
                false,
                null,
                "measures-2025",
                "m1",
                null,
                "一句话",
                "one sentence",
                Evidence.of(List.of()));
    }
}
