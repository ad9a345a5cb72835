package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.faceaudit.core.counting.OperatorCountsFixture.counts;
import static org.faceaudit.core.judgement.OperatorScene.at;
import static org.faceaudit.core.judgement.OperatorScene.clock;
import static org.faceaudit.core.judgement.OperatorScene.episodes;
import static org.faceaudit.core.judgement.OperatorScene.none;
import static org.faceaudit.core.judgement.OperatorScene.only;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.event.AccessPointFixture;
import org.faceaudit.core.event.AttemptFixture;
import org.faceaudit.core.event.AttemptOutcome;
import org.faceaudit.core.event.ConsentScope;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The cases a careful lawyer would raise of Art. 8, of Art. 10 and 12, and of Art. 15 on a threshold of 100 persons, one test each. Which case is judged
 * where, and which is left to people, stands in {@code regulation-cases.csv}; {@link RegulationCasesTableTest} holds it true.
 */
class RegulationCasesTest {

    private static final Instant JULY_6 = AttemptScene.at("06 00:00");

    private final OperatorScene scene = new OperatorScene();
    /** Reached on 2026-08-21: due 2026-10-09, cautiously 2026-10-08. */
    private final OperatorCounts reached =
            counts("op").add(at("2026-08-21"), 100).build();

    private Verdict verdict(OperatorCounts counts, String rule) {
        return only(scene.judge(counts, "2026-12-01"), rule).verdict();
    }

    @Nested
    class FaceOnly {

        private static final String SOLE = "sole-face-method";
        private static final String REFUSED = "refusal-without-alternative";
        private static final String USELESS = "unusable-fallback";
        private static final String JUNE = "2026-06-01T00:00:00Z";

        private final AttemptScene gym = new AttemptScene();
        private final AccessPointFixture faceOnly =
                AttemptScene.gate().site("hall").offers(JUNE, "FACE");

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

        private void threeRefusals() {
            gym.declined("03 10:00", null).declined("04 10:00", null).declined("05 10:00", null);
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
            threeRefusals();
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
            threeRefusals();
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
                        rule,
                        rule,
                        "gym",
                        "gate/1",
                        "2026-01-01",
                        "2026-12-31",
                        "citation",
                        "no-equivalent: clean room");
            }
            assertThat(configured(faceOnly)).extracting(Episode::verdict).containsExactly(Verdict.SUSPECTED);

            gym.point = faceOnly;
            threeRefusals();
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
            threeRefusals();

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
                gym.attempt(
                        LegalDay.of(2025, 5, day).start(), AttemptFixture.member("7"), "FACE", AttemptOutcome.DECLINED);
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

    @Nested
    class HundredThousandPersons {

        @Test
        void exactlyTheThresholdIsReached() {
            OperatorCounts one = counts("op").add(at("2026-08-21"), 99).build();

            assertThat(none(scene.judge(one, "2026-12-01"), "storage-reached")).isTrue();
            assertThat(verdict(reached, "storage-reached")).isEqualTo(Verdict.NOTICE);
        }

        @Test
        void noCommonKeyReachesByTheLowAndPossiblyByTheHigh() {
            OperatorCounts low = counts("op")
                    .add(at("2026-08-21"), 100)
                    .addLocal(at("2026-08-21"), 50)
                    .build();
            OperatorCounts high = counts("op")
                    .add(at("2026-08-21"), 60)
                    .addLocal(at("2026-08-21"), 40)
                    .build();

            assertThat(verdict(low, "storage-reached")).isEqualTo(Verdict.NOTICE);
            assertThat(verdict(high, "storage-reached")).isEqualTo(Verdict.SUSPECTED);
            assertThat(verdict(high, "filing-overdue")).isEqualTo(Verdict.SUSPECTED);
        }

        @Test
        void strangerClustersWithoutANameAreInTheUpperBound() {
            OperatorCounts clusters = counts("op")
                    .add(at("2026-08-21"), 99)
                    .addTokenless(at("2026-08-21"), 1)
                    .build();

            assertThat(verdict(clusters, "storage-reached")).isEqualTo(Verdict.SUSPECTED);
        }

        @Test
        void resultOnlyIntegrationsStoreNobody() {
            Judged judged = scene.judge(counts("op").build(), "2026-12-01");

            assertThat(judged.derivations()).isEmpty();
            assertThat(judged.clocks()).isEmpty();
        }

        @Test
        void oscillationAroundTheThresholdLatchesTheFirstDate() {
            OperatorCounts oscillating = counts("op")
                    .add(at("2026-08-21"), 100)
                    .remove(at("2026-08-22"), 5)
                    .add(at("2026-08-23"), 5)
                    .build();

            Judged judged = scene.judge(oscillating, "2026-12-01");

            assertThat(only(judged, "storage-reached").occurredOn()).isEqualTo(LegalDay.of(2026, 8, 21));
            assertThat(clock(judged, "FILING").dueOn()).isEqualTo(LegalDay.of(2026, 10, 9));
        }

        @Test
        void fallsBelowBeforeTheDeadlineAndNotFiledIsSuspected() {
            OperatorCounts fell = counts("op")
                    .add(at("2026-08-21"), 100)
                    .remove(at("2026-09-21"), 1)
                    .build();

            Judged judged = scene.judge(fell, "2026-12-01");

            assertThat(only(judged, "filing-overdue").verdict()).isEqualTo(Verdict.SUSPECTED);
            assertThat(only(judged, "storage-reached").explanationEn())
                    .contains("below the threshold since 2026-09-21");
        }

        @Test
        void importErrorsAndRollbacksRetractWhatTheyReached() {
            OperatorCounts corrected = counts("op").add(at("2026-08-21"), 40).build();

            assertThat(none(scene.judge(reached, "2026-12-01"), "storage-reached"))
                    .isFalse();
            assertThat(none(scene.judge(corrected, "2026-12-01"), "storage-reached"))
                    .as("no episode: the ledger withdraws it, with its history")
                    .isTrue();
            assertThat(scene.judge(corrected, "2026-12-01").clocks()).isEmpty();
        }

        @Test
        void aMergerAddsPersonsAtOnce() {
            OperatorCounts merged = counts("op")
                    .add(at("2026-01-05"), 60)
                    .add(at("2026-08-21"), 60)
                    .build();

            assertThat(only(scene.judge(merged, "2026-12-01"), "storage-reached")
                            .occurredOn())
                    .isEqualTo(LegalDay.of(2026, 8, 21));
        }

        @Test
        void reachedBeforeTheMeasuresIsDueOnTheAuthoritysDate() {
            OperatorCounts old = counts("op").add(at("2024-08-21"), 100).build();

            assertThat(clock(scene.judge(old, "2025-06-02"), "FILING").dueOn()).isEqualTo(LegalDay.of(2025, 7, 14));
        }

        @Test
        void reachedLongAgoWithLateEvidenceCountsFromTheEvent() {
            assertThat(only(scene.judge(reached, "2026-12-01"), "filing-overdue")
                            .occurredOn())
                    .as("whenever the evidence came")
                    .isEqualTo(LegalDay.of(2026, 10, 10));
        }

        @Test
        void approachingIsAWarning() {
            OperatorCounts near = counts("op").add(at("2026-08-21"), 80).build();

            assertThat(verdict(near, "storage-approaching")).isEqualTo(Verdict.WARNING);
        }
    }

    @Nested
    class MissedDeadlines {

        private void onFile() {
            scene.law.filing("f1", "op", "2026-08-24", "310000", "accepted_on", "2026-08-26");
        }

        @Test
        void submittedInTimeAndAcceptedLaterIsOnTime() {
            scene.law.filing("f1", "op", "2026-10-09", "310000", "accepted_on", "2026-11-20");

            Judged judged = scene.judge(reached, "2026-12-01");

            assertThat(none(judged, "filing-overdue")).isTrue();
            assertThat(clock(judged, "FILING").state()).isEqualTo(ClockStanding.MET);
            assertThat(clock(judged, "FILING").filedOn()).isEqualTo(LegalDay.of(2026, 10, 9));
        }

        @Test
        void returnedIsSuspectedUntilResubmittedAndThenOnTime() {
            scene.law.filing("f1", "op", "2026-10-09", "310000", "returned_on", "2026-10-20");
            assertThat(verdict(reached, "filing-overdue")).isEqualTo(Verdict.SUSPECTED);

            scene.law.filing("f2", "op", "2026-11-02", "310000");
            Judged judged = scene.judge(reached, "2026-12-01");
            assertThat(only(judged, "filing-overdue").status()).isEqualTo(Status.RESOLVED);
            assertThat(clock(judged, "FILING").state()).isEqualTo(ClockStanding.MET);
        }

        @Test
        void filedOnTheLegalDayButAfterTheStrictOneIsCompliant() {
            scene.law.filing("f1", "op", "2026-10-09", "310000");

            Judged judged = scene.judge(reached, "2026-12-01");

            assertThat(clock(judged, "FILING").dueOnStrict()).isEqualTo(LegalDay.of(2026, 10, 8));
            assertThat(clock(judged, "FILING").state()).isEqualTo(ClockStanding.MET);
        }

        @Test
        void filingByAParentCoversTheListedEntitiesOnly() {
            scene.law.filing("g1", "parent", "2026-09-01", "310000", "covers", "[\"sister\"]");
            assertThat(verdict(reached, "filing-overdue")).isEqualTo(Verdict.VIOLATION);

            scene.law.filing("g1", "parent", "2026-09-01", "310000", "covers", "[\"sister\",\"op\"]");
            assertThat(none(scene.judge(reached, "2026-12-01"), "filing-overdue"))
                    .isTrue();
        }

        @Test
        void theWrongAuthorityIsSuspected() {
            scene.law.filing("f1", "op", "2026-09-01", "310115");

            assertThat(verdict(reached, "filing-overdue")).isEqualTo(Verdict.SUSPECTED);
        }

        @Test
        void aChangeOutsideTheListIsAWarning() {
            onFile();
            scene.law.change("c1", "op", "purpose", "2026-09-01").change("c2", "op", "telephone", "2026-09-01");

            Judged judged = scene.judge(reached, "2026-12-01");

            assertThat(episodes(judged, "change-filing-overdue", "c1"))
                    .extracting(Episode::verdict)
                    .containsExactly(Verdict.VIOLATION);
            assertThat(episodes(judged, "change-filing-overdue", "c2"))
                    .extracting(Episode::verdict)
                    .containsExactly(Verdict.WARNING);
        }

        @Test
        void oneChangeFilingClosesAllChangesUpToItsDay() {
            onFile();
            scene.law
                    .change("c1", "op", "purpose", "2026-09-01")
                    .change("c2", "op", "scene", "2026-09-15")
                    .changeFiling("f2", "op", "2026-09-15");

            assertThat(none(scene.judge(reached, "2026-12-01"), "change-filing-overdue"))
                    .isTrue();
        }

        @Test
        void aChangeWhileTheFirstFilingIsPendingIsSuspected() {
            scene.law.filing("f1", "op", "2026-08-24", "310000").change("c1", "op", "purpose", "2026-09-01");

            assertThat(verdict(reached, "change-filing-overdue")).isEqualTo(Verdict.SUSPECTED);
        }

        @Test
        void oneSceneOfSeveralIsAChangeAndAllOfThemATermination() {
            onFile();
            scene.law.use("gate", "op", "2026-01-01", "2026-09-01").use("till", "op", "2026-01-01", null);
            Judged one = scene.judge(reached, "2026-12-01");
            assertThat(one.clocks()).extracting(ClockState::kind).containsExactly("FILING", "CHANGE");

            scene.law.use("till", "op", "2026-01-01", "2026-09-15");
            Judged all = scene.judge(reached, "2026-12-01");
            assertThat(all.clocks()).extracting(ClockState::kind).containsExactly("FILING", "CHANGE", "DEREGISTRATION");
            assertThat(only(all, "deregistration-overdue").verdict()).isEqualTo(Verdict.VIOLATION);
        }

        @Test
        void deregisteredButFacesRemainIsAViolation() {
            onFile();
            scene.law.use("gate", "op", "2026-01-01", "2026-09-01").deregistration("d1", "op", "2026-09-15");

            assertThat(verdict(reached, "faces-after-termination")).isEqualTo(Verdict.VIOLATION);
        }

        @Test
        void deregisteredAndReachedAgainIsANewClock() {
            onFile();
            scene.law.deregistration("d1", "op", "2026-09-15");
            OperatorCounts again = counts("op")
                    .add(at("2026-08-21"), 100)
                    .remove(at("2026-09-15"), 100)
                    .add(at("2026-10-12"), 100)
                    .build();

            Judged judged = scene.judge(again, "2026-12-01");

            assertThat(judged.clocks()).extracting(ClockState::triggerId).containsExactly("1", "2");
            assertThat(judged.clocks())
                    .extracting(ClockState::state)
                    .containsExactly(ClockStanding.MET, ClockStanding.OVERDUE);
        }

        @Test
        void terminatedBeforeEverFilingAfterReachingIsSuspected() {
            scene.law.use("gate", "op", "2026-01-01", "2026-09-01");

            assertThat(verdict(reached, "deregistration-overdue")).isEqualTo(Verdict.SUSPECTED);
        }

        @Test
        void theSuccessorOfAMergedHandlerTakesOverItsClock() {
            scene.law
                    .row("operator", "op", "id", "op", "name", "某物业公司", "region", "310115", "successor_id", "heir")
                    .operator("heir", "承继公司", "310000")
                    .filing("h1", "heir", "2026-10-09", "310000");

            Judged judged = scene.judge(reached, "2026-12-01");

            assertThat(none(judged, "filing-overdue")).isTrue();
            assertThat(clock(judged, "FILING").operator()).isEqualTo("op");
            assertThat(clock(judged, "FILING").state()).isEqualTo(ClockStanding.MET);
        }

        @Test
        void whoNeverReachedAndFiledVoluntarilyIsWarnedOnly() {
            onFile();
            scene.law.change("c1", "op", "purpose", "2026-09-01").use("gate", "op", "2026-01-01", "2026-09-15");
            OperatorCounts few = counts("op").add(at("2026-08-21"), 50).build();

            assertThat(verdict(few, "change-filing-overdue")).isEqualTo(Verdict.WARNING);
            assertThat(verdict(few, "deregistration-overdue")).isEqualTo(Verdict.WARNING);
            assertThat(none(scene.judge(few, "2026-12-01"), "filing-overdue")).isTrue();
        }

        @Test
        void aDeadlineAfterTheCalendarIsProvisionalAndRecomputed() {
            OperatorCounts late = counts("op").add(at("2026-11-20"), 100).build();
            ClockState before = clock(scene.judge(late, "2026-12-01"), "FILING");
            assertThat(before.provisional()).isTrue();
            assertThat(before.dueOn()).isEqualTo(LegalDay.of(2027, 1, 4));

            scene.law
                    .notice("gov-2027", "2026-11-25", "2027-01-01", "2027-12-31", true)
                    .days("gov-2027", 2027, "HOLIDAY", "01-01..01-04");
            ClockState after = clock(scene.judge(late, "2026-12-01"), "FILING");
            assertThat(after.provisional()).isFalse();
            assertThat(after.dueOn()).isEqualTo(LegalDay.of(2027, 1, 5));
            assertThat(after.calendarVersion()).endsWith("+gov-2027");
        }
    }

    @Nested
    class RawImages {

        private final ImageScene gym = new ImageScene();

        private List<ImageFinding> image() {
            return gym.findings(ImageScene.image("1").person("p").storedAt(ImageScene.STORED));
        }

        @Test
        void keptWithSeparateConsentIsNothingUntilThePeriodEndsThenAViolation() {
            gym.consents(ImageScene.consent("c").at(ImageScene.STORED));
            assertThat(image()).isEmpty();

            gym.consents(ImageScene.consent("c").expires("2026-06-30").at(ImageScene.STORED));
            assertThat(image())
                    .extracting(ImageFinding::cause, ImageFinding::stage, ImageFinding::dueOn)
                    .containsExactly(tuple("period-ended", Verdict.VIOLATION, LegalDay.of(2026, 6, 30)));
            assertThat(gym.findings(ImageScene.image("1")
                            .person("p")
                            .retainUntil("2026-05-31")
                            .storedAt(ImageScene.STORED)))
                    .extracting(ImageFinding::cause, ImageFinding::stage, ImageFinding::dueOn)
                    .containsExactly(tuple("period-ended", Verdict.VIOLATION, LegalDay.of(2026, 5, 31)));
        }

        @Test
        void bundledOrForAnotherPurposeIsSuspected() {
            for (ConsentScope scope : List.of(ConsentScope.BUNDLED, ConsentScope.OTHER)) {
                gym.consents(ImageScene.consent("c").scope(scope).at(ImageScene.STORED));
                assertThat(image())
                        .extracting(ImageFinding::cause, ImageFinding::stage)
                        .containsExactly(tuple("kept-after-verification", Verdict.SUSPECTED));
            }
        }

        @Test
        void withdrawnConsentIsAWarningAndAViolationAfterTheDeletionDays() {
            gym.consents(ImageScene.consent("c")
                    .at(ImageScene.STORED)
                    .withdrawn("2026-06-01T00:00:00Z")
                    .at("2026-06-01T00:00:00Z"));

            assertThat(image())
                    .extracting(ImageFinding::stage, ImageFinding::dueOn)
                    .containsExactly(
                            tuple(Verdict.WARNING, LegalDay.of(2026, 6, 16)),
                            tuple(Verdict.VIOLATION, LegalDay.of(2026, 6, 16)));
        }

        @Test
        void endedMembershipIsAViolationAfterTheGrace() {
            assertThat(gym.findings(
                            List.of(ImageScene.image("1").person("p").storedAt(ImageScene.STORED)),
                            ImageScene.membership("m").says(ImageScene.STORED, "2026-05-31")))
                    .extracting(ImageFinding::stage, ImageFinding::dueOn)
                    .contains(tuple(Verdict.VIOLATION, LegalDay.of(2026, 6, 15)));
        }

        private void exception(String citation) {
            gym.law.exception(
                    "x-1", "raw-image-retained", "gym", "sys", "2026-01-01", "2026-12-31", "citation", citation);
        }

        @Test
        void aFloorCoversTheVideoAndNotTheLibraryCutOutOfIt() {
            exception("floor:anti-terror-video 反恐怖主义法 第32条");

            assertThat(gym.findings(
                            ImageScene.image("1")
                                    .dataClass("anti-terror-video")
                                    .retentionDays(10)
                                    .storedAt(ImageScene.STORED),
                            ImageScene.image("2").retentionDays(10).storedAt(ImageScene.STORED)))
                    .extracting(ImageFinding::recordKey, ImageFinding::exempt, ImageFinding::dueOn)
                    .containsExactly(
                            tuple("1", true, LegalDay.of(2026, 7, 30)),
                            tuple("1", false, LegalDay.of(2026, 7, 30)),
                            tuple("2", false, LegalDay.of(2026, 5, 11)));
        }

        @Test
        void aStandardForAccessLogsKeepsNoImage() {
            exception("floor:DB11/T 2552-2026 §8.4.3");

            assertThat(gym.findings(ImageScene.image("1")
                            .dataClass("access-log")
                            .retentionDays(10)
                            .storedAt(ImageScene.STORED)))
                    .extracting(ImageFinding::stage, ImageFinding::exempt, ImageFinding::dueOn)
                    .containsExactly(tuple(Verdict.VIOLATION, false, LegalDay.of(2026, 5, 11)));
        }

        @Test
        void aTemplateIsNoRawImage() {
            gym.consents();

            assertThat(gym.findings(ImageScene.image("1")
                            .image(false)
                            .person("p")
                            .retentionDays(10)
                            .storedAt(ImageScene.STORED)))
                    .isEmpty();
        }

        @Test
        void aHoldIsExemptWithItsIdAndExpiry() {
            exception("hold: litigation 2026-17");

            Episode episode = gym.periodEnded(
                            gym.findings(ImageScene.image("1").retentionDays(10).storedAt(ImageScene.STORED)),
                            LegalDay.of(2026, 7, 1).start())
                    .episodes()
                    .get(0);
            assertThat(episode.status()).isEqualTo(Status.EXEMPT);
            assertThat(episode.exceptionId()).isEqualTo("x-1");
            assertThat(episode.dueOn()).isEqualTo(LegalDay.of(2026, 12, 31));
        }

        @Test
        void aShortCacheIsNothing() {
            gym.consents();

            assertThat(gym.findings(ImageScene.image("1")
                            .person("p")
                            .storedAt(ImageScene.STORED)
                            .deletedAt("2026-05-02T02:00:00Z")))
                    .isEmpty();
        }

        @Test
        void aSoftDeletedImageIsStored() {
            assertThat(gym.findings(ImageScene.image("1")
                            .retentionDays(10)
                            .storedAt(ImageScene.STORED)
                            .storedAt("2026-05-05T00:00:00Z")))
                    .as("the row with its flag set is a version that is still stored")
                    .extracting(ImageFinding::stage)
                    .containsExactly(Verdict.VIOLATION);
        }
    }
}
