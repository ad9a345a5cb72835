package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.AccessPointFixture;
import org.faceaudit.core.event.AttemptFixture;
import org.faceaudit.core.event.AttemptOutcome;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

/**
 * The cases that a careful lawyer would raise of Art. 10 and 12, the face as the only way in, one test each. Which case is judged where, and which is left to people,
 * stands in {@code regulation-cases.csv}; {@link RegulationCasesTableTest} holds it true.
 */
class FaceOnlyCasesTest {

    private static final Instant JULY_6 = AttemptScene.at("06 00:00");

    private static final String SOLE = "sole-face-method";
    private static final String REFUSED = "refusal-without-alternative";
    private static final String USELESS = "unusable-fallback";
    private static final String JUNE = "2026-06-01T00:00:00Z";

    private final AttemptScene gym = new AttemptScene();
    private final AccessPointFixture faceOnly = AttemptScene.gate().site("hall").offers(JUNE, "FACE");

    private List<Episode> configured(AccessPointFixture... points) {
        return configured(JULY_6, points);
    }

    private List<Episode> configured(Instant known, AccessPointFixture... points) {
        Judged judged = AccessJudgements.judge(
                AttemptScene.OPERATOR,
                AttemptScene.SYSTEM,
                Stream.of(points).map(AccessPointFixture::build).toList(),
                gym.law.registry(),
                known);
        return AttemptScene.episodes(judged, SOLE);
    }

    private AccessPointFixture main(String... methods) {
        return AccessPointFixture.point(AttemptScene.OPERATOR, AttemptScene.SYSTEM, "main")
                .site("hall")
                .offers(JUNE, methods);
    }

    private Episode attempted(String rule) {
        return AttemptScene.only(gym.judge(JULY_6), rule);
    }

    private boolean nothing(String rule) {
        return AttemptScene.episodes(gym.judge(JULY_6), rule).isEmpty();
    }

    @Test
    void aFallbackThatNeverWorksIsSuspectedWithItsFigures() {
        gym.tries("02 08:00", "CARD", 25, 0).tries("02 09:00", "FACE", 25, 25);

        assertThat(configured(gym.point)).as("it is offered").isEmpty();
        assertThat(attempted(USELESS).verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(attempted(USELESS).explanationZh()).contains("尝试25次、通过0次", "尝试20次、通过20次");
    }

    @Test
    void refusersWhoseOnlyFallbackNeverWorksAreAViolation() {
        gym.threeRefusals();
        assertThat(attempted(REFUSED).verdict()).isEqualTo(Verdict.SUSPECTED);

        gym.tries("02 08:00", "CARD", 25, 0).tries("02 09:00", "FACE", 25, 25);
        assertThat(attempted(REFUSED).verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void promptsAgainAfterARefusalAreSuspected() {
        gym.declined("04 10:00", "7").declined("04 18:00", "7").declined("05 10:00", "7");

        Episode episode = AttemptScene.only(gym.judgeSystem(JULY_6), "repeated-prompt");
        assertThat(episode.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(episode.explanationEn()).contains("a recommended standard");
    }

    @Test
    void aSideGateIsJudgedByItselfAndSuspected() {
        assertThat(configured(faceOnly, main("CARD", "FACE")))
                .extracting(Episode::verdict)
                .containsExactly(Verdict.SUSPECTED);
        assertThat(configured(faceOnly, main("FACE")))
                .extracting(Episode::verdict)
                .containsExactly(Verdict.VIOLATION, Verdict.VIOLATION);
    }

    @Test
    void anotherBiometricIsAnotherMethodWithANote() {
        assertThat(configured(main("FACE", "PALM"))).isEmpty();
        assertThat(configured(faceOnly, main("FACE", "PALM")))
                .singleElement()
                .satisfies(episode -> assertThat(episode.explanationEn()).contains("biometric too"));

        gym.point = main("FACE", "PALM");
        gym.threeRefusals();
        assertThat(attempted(REFUSED).explanationZh()).contains("是否必要、适度须另行判断");
        gym.passed("04 10:05", null, "PALM");
        assertThat(nothing(REFUSED)).as("whoever showed a palm was let in").isTrue();
    }

    @Test
    void aGateIsInScopeHoweverItCompares() {
        assertThat(configured(faceOnly))
                .as("no field tells one from the other, and none is asked for")
                .extracting(Episode::verdict)
                .containsExactly(Verdict.VIOLATION);
    }

    @Test
    void unlockByTheUsersOwnDeviceIsOutOfScope() {
        assertThat(configured(main("DEVICE"), AttemptScene.gate().offers(JUNE, "DEVICE", "FACE")))
                .isEmpty();
    }

    @Test
    void aStateMandateIsExemptAndSuspectedOnceExpiredOrOutOfScope() {
        gym.law.exception("x1", SOLE, "gym", "gate/1", "2026-01-01", "2026-12-31");
        assertThat(configured(faceOnly)).extracting(Episode::status).containsExactly(Status.EXEMPT);
        assertThat(configured(main("FACE"), faceOnly))
                .as("it names another point of the place")
                .extracting(Episode::verdict)
                .containsExactly(Verdict.VIOLATION, Verdict.SUSPECTED);

        gym.law.exception("x1", SOLE, "gym", "gate/1", "2026-01-01", "2026-06-30");
        assertThat(configured(faceOnly)).extracting(Episode::verdict).containsExactly(Verdict.SUSPECTED);
    }

    @Test
    void aStatementThatNoMethodIsEquivalentIsSuspectedForGateAndRefuser() {
        for (String rule : List.of(SOLE, REFUSED)) {
            gym.law.exception(
                    rule, rule, "gym", "gate/1", "2026-01-01", "2026-12-31", "citation", "no-equivalent: clean room");
        }
        assertThat(configured(faceOnly)).extracting(Episode::verdict).containsExactly(Verdict.SUSPECTED);

        gym.point = faceOnly;
        gym.threeRefusals();
        assertThat(attempted(REFUSED).verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(attempted(REFUSED).status()).isEqualTo(Status.OPEN);
    }

    @Test
    void whatIsOfferedCountsAndNotWhatIsUsed() {
        gym.tries("02 09:00", "FACE", 25, 25);

        assertThat(nothing(USELESS)).as("a card that nobody showed").isTrue();
        assertThat(nothing(REFUSED)).as("nobody has refused").isTrue();
        assertThat(configured(faceOnly))
                .as("and yet the configuration tells")
                .extracting(Episode::verdict)
                .containsExactly(Verdict.VIOLATION);
    }

    @Test
    void aLogWithoutConfigurationIsSuspectedAtMost() {
        gym.point = null;
        gym.threeRefusals();

        assertThat(attempted(REFUSED).verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(attempted(REFUSED).explanationZh()).contains("数据中没有该验证点的配置");
    }

    @Test
    void repeatedFailuresWithoutAWayInAreSuspected() {
        gym.failed("03 10:00", "7").failed("03 10:01", "7");
        assertThat(nothing(REFUSED)).isTrue();

        gym.failed("04 10:00", "7");
        assertThat(attempted(REFUSED).verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(attempted(REFUSED).explanationZh()).contains("第五条第三款");
    }

    @Test
    void employeesAreInScope() {
        assertThat(configured(AccessPointFixture.point("gym", "gate", "staff-entrance")
                        .offers(JUNE, "FACE")))
                .as("whose door it is, is not asked")
                .extracting(Episode::verdict)
                .containsExactly(Verdict.VIOLATION);
    }

    @Test
    void beforeTheMeasuresNothingIsABreach() {
        AccessPointFixture old = AttemptScene.gate()
                .offers("2024-01-01T00:00:00Z", "FACE")
                .offers("2025-05-31T16:00:00Z", "CARD", "FACE");
        assertThat(configured(old)).isEmpty();

        gym.point = old;
        for (int day = 1; day < 29; day++) {
            gym.attempt(LegalDay.of(2025, 5, day).start(), AttemptFixture.member("7"), "FACE", AttemptOutcome.DECLINED);
        }
        assertThat(nothing(REFUSED)).isTrue();
        assertThat(AttemptScene.episodes(gym.judgeSystem(JULY_6), "repeated-prompt"))
                .isEmpty();
    }

    @Test
    void anOutageOfTenMinutesIsWithinTheGrace() {
        assertThat(configured(AttemptScene.gate()
                        .offers(JUNE, "CARD", "FACE")
                        .offers("2026-07-01T02:00:00Z", "FACE")
                        .offers("2026-07-01T02:10:00Z", "CARD", "FACE")))
                .isEmpty();
    }
}
