package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.RegistryFixture;
import org.junit.jupiter.api.Test;

class CalendarNoticeMissingTest {

    private static final LegalDay MISSING_FROM = LegalDay.of(2026, 11, 16);

    @Test
    void aYearWithoutNoticeIsMissedFromTheSixteenthOfNovember() {
        assertThat(judged(RegistryFixture.law(), justBefore(MISSING_FROM)).derivations())
                .allSatisfy(derivation -> assertThat(derivation.episodes()).isEmpty());

        Episode missing = missing2027(RegistryFixture.law(), MISSING_FROM.start());
        assertThat(missing.verdict()).isEqualTo(Verdict.NOTICE);
        assertThat(missing.status()).isEqualTo(Status.OPEN);
        assertThat(missing.severity()).isEqualTo(2);
        assertThat(missing.occurredOn()).isEqualTo(MISSING_FROM);
        assertThat(missing.openedAt()).isEqualTo(Instant.parse("2026-11-15T16:00:00Z"));
        assertThat(missing.dueOn()).isNull();
        assertThat(missing.explanationEn()).contains("2026-11-16").contains("all of 2027");
        assertThat(missing.explanationZh()).contains("覆盖2027年全年");
    }

    @Test
    void itWakesAlthoughNobodySaysAnything() {
        assertThat(judged(RegistryFixture.law(), justBefore(MISSING_FROM)).wakeAt())
                .isEqualTo(MISSING_FROM.start());
        assertThat(judged(RegistryFixture.law(), MISSING_FROM.start()).wakeAt())
                .isEqualTo(LegalDay.of(2027, 11, 16).start());
    }

    @Test
    void theNoticeOfFourthNovember2025LeavesNothingMissing() {
        Judged judged = judged(RegistryFixture.law(), LegalDay.of(2026, 1, 1).start());

        assertThat(judged.derivations()).singleElement().satisfies(derivation -> {
            assertThat(derivation.key().ruleId()).isEqualTo("calendar-notice-missing");
            assertThat(derivation.key().operator()).isEqualTo("registry");
            assertThat(derivation.key().subjectKind()).isEqualTo("calendar");
            assertThat(derivation.key().subjectId()).isEqualTo("2026");
            assertThat(derivation.key().trigger()).isEqualTo("2026");
            assertThat(derivation.episodes()).isEmpty();
        });
    }

    @Test
    void yearsBeforeTheMeasuresAreNotJudged() {
        RegistryFixture without = RegistryFixture.law()
                .notice("gov-2025", "2024-11-12", "2025-01-01", "2025-12-31", false)
                .notice("gov-2026", "2025-11-04", "2026-01-01", "2026-12-31", false);

        assertThat(judged(without, LegalDay.of(2025, 12, 1).start()).derivations())
                .extracting(derivation -> derivation.key().subjectId())
                .containsExactly("2026");
    }

    @Test
    void aNoticePublishedLateResolvesOnItsDayAndOneEnteredLateWasNeverMissing() {
        Instant now = LegalDay.of(2026, 12, 10).start();

        Episode resolved = missing2027(law2027("2026-11-20", "2027-12-31"), now);
        assertThat(resolved.status()).isEqualTo(Status.RESOLVED);
        assertThat(resolved.resolvedAt()).isEqualTo(LegalDay.of(2026, 11, 20).start());
        assertThat(resolved.evidence().positions()).hasSize(1);

        assertThat(of2027(law2027("2026-11-15", "2027-12-31"), now)).isEmpty();
        assertThat(of2027(law2027("2026-11-16", "2027-12-31"), now)).isEmpty();
        assertThat(of2027(law2027("2026-11-17", "2027-12-31"), now)).hasSize(1);
    }

    @Test
    void aNoticeDatedInTheFutureCoversNothingBeforeItsDay() {
        RegistryFixture law = law2027("2026-12-01", "2027-12-31");
        Instant now = LegalDay.of(2026, 11, 25).start();

        assertThat(missing2027(law, now).status()).isEqualTo(Status.OPEN);
        assertThat(judged(law, now).wakeAt()).isEqualTo(LegalDay.of(2026, 12, 1).start());
    }

    @Test
    void onlyActiveNoticesThatCoverEveryDayCount() {
        Instant now = LegalDay.of(2026, 12, 10).start();

        assertThat(missing2027(law2027("2026-11-10", "2027-12-30"), now).status())
                .isEqualTo(Status.OPEN);
        RegistryFixture inactive =
                RegistryFixture.law().notice("gov-2027", "2026-11-10", "2027-01-01", "2027-12-31", false);
        assertThat(missing2027(inactive, now).status()).isEqualTo(Status.OPEN);
        RegistryFixture inTwoParts = law2027("2026-11-10", "2027-06-30")
                .notice("gov-2027-2", "2026-12-05", "2027-07-01", "2027-12-31", true);
        assertThat(missing2027(inTwoParts, now).resolvedAt())
                .isEqualTo(LegalDay.of(2026, 12, 5).start());
    }

    @Test
    void theDayIsAParameter() {
        RegistryFixture earlier = RegistryFixture.law()
                .parameter("calendar-notice-missing.after", "*", "2026-10-31", "date", "2026-01-01");

        assertThat(missing2027(earlier, LegalDay.of(2026, 11, 2).start()).occurredOn())
                .isEqualTo(LegalDay.of(2026, 11, 1));
    }

    @Test
    void nothingIsSaidWhileTheRegistryIsUnknown() {
        assertThat(judged(RegistryFixture.law(), null)).isEqualTo(Judged.NOTHING);
    }

    private static RegistryFixture law2027(String publishedOn, String coversTo) {
        return RegistryFixture.law().notice("gov-2027", publishedOn, "2027-01-01", coversTo, true);
    }

    private static Judged judged(RegistryFixture registry, Instant known) {
        return RegistryJudgements.judge("registry", registry.registry(), known);
    }

    private static Episode missing2027(RegistryFixture registry, Instant known) {
        return of2027(registry, known).get(0);
    }

    private static List<Episode> of2027(RegistryFixture registry, Instant known) {
        return judged(registry, known).derivations().stream()
                .filter(derivation -> derivation.key().subjectId().equals("2027"))
                .findFirst()
                .orElseThrow()
                .episodes();
    }

    private static Instant justBefore(LegalDay day) {
        return day.start().minusNanos(1);
    }
}
