package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.oracle.Scene.day;
import static org.faceaudit.oracle.Scene.episodes;
import static org.faceaudit.oracle.Scene.of;
import static org.faceaudit.oracle.Scene.only;
import static org.faceaudit.oracle.Scene.shanghai;

import java.util.List;
import org.faceaudit.oracle.history.RegistrySource;
import org.junit.jupiter.api.Test;

/** Three refusals in seven days, each without another way in within fifteen minutes. */
class RefusalOpinionTest {

    private static final String RULE = "refusal-without-alternative";

    /** Two refusals at a gate that takes faces alone. */
    private static GymDoors twoRefusals() {
        return twoRefusals("face");
    }

    private static GymDoors twoRefusals(String... methods) {
        return new GymDoors()
                .offers("2026-03-02T08:00", "gate", methods)
                .tries("2026-03-03T10:00", "gate", "ada face declined")
                .tries("2026-03-04T10:00", "gate", "bob face declined");
    }

    @Test
    void threeRefusersWhoGetNoOtherWayIn() {
        OracleAlert alert = only(
                twoRefusals("face", "card")
                        .tries("2026-03-05T10:00", "gate", "- face declined")
                        .known("2026-03-06T09:00"),
                RULE);

        assertThat(alert.subjectId()).isEqualTo("gym/gate");
        assertThat(alert.verdict()).isEqualTo("SUSPECTED");
        assertThat(alert.status()).isEqualTo("OPEN");
        assertThat(alert.occurredOn()).isEqualTo(day("2026-03-05"));
        assertThat(alert.openedAt()).isEqualTo(shanghai("2026-03-05T10:15"));
        assertThat(alert.measured()).hasToString("3");
        assertThat(alert.threshold()).hasToString("3");
    }

    @Test
    void whoIsKnownByAnotherTokenKeyMayBeWhoWasLetIn() {
        GymDoors gym = twoRefusals("face", "card").tries("2026-03-05T10:00", "gate", "ada face declined");

        assertThat(of(gym.tries("2026-03-05T10:05", "gate", "k2/1f card passed").known("2026-03-06T09:00"), RULE))
                .isEmpty();
        assertThat(of(
                        twoRefusals("face", "card")
                                .tries("2026-03-05T10:00", "gate", "ada face declined")
                                .tries("2026-03-05T10:05", "gate", "bob card passed")
                                .known("2026-03-06T09:00"),
                        RULE))
                .hasSize(1);
    }

    @Test
    void aViolationWhereNothingButAFaceWasEnabled() {
        assertThat(episodes(
                        twoRefusals()
                                .tries("2026-03-05T10:00", "gate", "- face declined")
                                .known("2026-03-06T09:00"),
                        RULE))
                .containsExactly("VIOLATION 2026-03-05T10:15 -");
    }

    @Test
    void aCardThatHardlyEverWorksIsNoChoice() {
        assertThat(episodes(
                        new GymDoors()
                                .offers("2026-03-02T08:00", "gate", "face", "card")
                                .triesOften(20, "2026-03-02T09:00", "gate", "- card failed")
                                .triesOften(20, "2026-03-02T12:00", "gate", "- face passed")
                                .triesOften(3, "2026-03-03T10:00", "gate", "- face declined")
                                .known("2026-03-06T09:00"),
                        RULE))
                .containsExactly("VIOLATION 2026-03-03T10:17 -");
    }

    @Test
    void twoAreNotEnough() {
        assertThat(of(twoRefusals().known("2026-03-06T09:00"), RULE)).isEmpty();
    }

    @Test
    void whoPassesByCardIsServed() {
        assertThat(of(
                        twoRefusals("face", "card")
                                .tries("2026-03-05T10:00", "gate", "cid face declined")
                                .tries("2026-03-05T10:10", "gate", "cid card passed")
                                .known("2026-03-06T09:00"),
                        RULE))
                .isEmpty();
    }

    @Test
    void theWindowIsHalfOpen() {
        for (String passed : List.of("10:00", "10:14", "10:15")) {
            assertThat(of(
                            twoRefusals("face", "card")
                                    .tries("2026-03-05T10:00", "gate", "cid face declined")
                                    .tries("2026-03-05T" + passed, "gate", "cid card passed")
                                    .known("2026-03-06T09:00"),
                            RULE))
                    .as(passed)
                    .hasSize(passed.equals("10:15") ? 1 : 0);
        }
    }

    @Test
    void whoPassesByFaceAfterAllIsNot() {
        assertThat(of(
                        twoRefusals("face", "card")
                                .tries("2026-03-05T10:00", "gate", "cid face declined")
                                .tries("2026-03-05T10:10", "gate", "cid face passed")
                                .known("2026-03-06T09:00"),
                        RULE))
                .hasSize(1);
    }

    @Test
    void somebodyElsesCardServesNobodyButAStrangersMay() {
        assertThat(of(
                        twoRefusals("face", "card")
                                .tries("2026-03-05T10:00", "gate", "cid face declined")
                                .tries("2026-03-05T10:10", "gate", "dan card passed")
                                .known("2026-03-06T09:00"),
                        RULE))
                .hasSize(1);
        assertThat(of(
                        twoRefusals("face", "card")
                                .tries("2026-03-05T10:00", "gate", "cid face declined")
                                .tries("2026-03-05T10:10", "gate", "- card passed")
                                .known("2026-03-06T09:00"),
                        RULE))
                .isEmpty();
    }

    @Test
    void whatCannotBeReadMayHaveBeenAWayIn() {
        assertThat(of(
                        twoRefusals("face", "card")
                                .tries("2026-03-05T10:00", "gate", "cid face declined")
                                .tries("2026-03-05T10:10", "gate", "cid sauna? passed")
                                .known("2026-03-06T09:00"),
                        RULE))
                .isEmpty();
    }

    @Test
    void aRefusalCountsOnceItsWindowIsKnownToBeOver() {
        GymDoors gym = twoRefusals().tries("2026-03-05T10:00", "gate", "- face declined");

        assertThat(of(gym.known("2026-03-05T10:14"), RULE)).isEmpty();
        assertThat(of(gym.known("2026-03-05T10:15"), RULE)).hasSize(1);
    }

    @Test
    void thePeriodIsHalfOpen() {
        assertThat(of(
                        twoRefusals()
                                .tries(shanghai("2026-03-10T10:00"), "gate", "- face declined")
                                .known("2026-03-11T09:00"),
                        RULE))
                .isEmpty();
        assertThat(of(
                        twoRefusals()
                                .tries(shanghai("2026-03-10T10:00").minusMillis(1), "gate", "- face declined")
                                .known("2026-03-11T09:00"),
                        RULE))
                .hasSize(1);
    }

    @Test
    void itEndsWhenNoPeriodHoldsEnough() {
        GymDoors gym = twoRefusals().tries("2026-03-05T10:00", "gate", "- face declined");

        assertThat(episodes(gym.known("2026-03-20T09:00"), RULE))
                .containsExactly("VIOLATION 2026-03-05T10:15 2026-03-10T10:00");
    }

    @Test
    void failuresOfOnePersonAreSuspectedAndAreNoRefusals() {
        GymDoors gym = twoRefusals().tries("2026-03-05T10:00", "gate", "ada face failed");

        assertThat(of(gym.known("2026-03-06T09:00"), RULE)).isEmpty();
        assertThat(episodes(
                        gym.tries("2026-03-06T10:00", "gate", "ada face failed")
                                .tries("2026-03-06T10:20", "gate", "ada face failed")
                                .known("2026-03-07T09:00"),
                        RULE))
                .containsExactly("SUSPECTED 2026-03-06T10:35 -");
    }

    @Test
    void failuresOfSeveralPersonsAreNoSign() {
        assertThat(of(
                        new GymDoors()
                                .offers("2026-03-02T08:00", "gate", "face")
                                .tries("2026-03-03T10:00", "gate", "ada face failed")
                                .tries("2026-03-04T10:00", "gate", "bob face failed")
                                .tries("2026-03-05T10:00", "gate", "- face failed")
                                .known("2026-03-06T09:00"),
                        RULE))
                .isEmpty();
    }

    @Test
    void aPointThatIsConfiguredLaterIsSuspectedAtMostAndNothingBefore() {
        GymDoors gym = new GymDoors()
                .tries("2026-03-03T10:00", "gate", "ada face declined")
                .tries("2026-03-04T10:00", "gate", "bob face declined")
                .tries("2026-03-05T10:00", "gate", "cid face declined");
        assertThat(of(gym.known("2026-03-06T09:00"), RULE)).isEmpty();

        assertThat(episodes(gym.offers("2026-03-06T10:00", "gate", "face").known("2026-03-06T11:00"), RULE))
                .containsExactly("SUSPECTED 2026-03-05T10:15 -");
    }

    @Test
    void aPointOutOfServiceRefusesNobody() {
        assertThat(of(
                        twoRefusals()
                                .sets("2026-03-04T18:00", "gate", "in_service", false)
                                .tries("2026-03-05T10:00", "gate", "cid face declined")
                                .known("2026-03-06T09:00"),
                        RULE))
                .isEmpty();
    }

    @Test
    void anExceptionExemptsAndAMereStatementIsSuspected() {
        for (List<String> expected :
                List.of(List.of("某部门规章", "VIOLATION", "EXEMPT"), List.of("no-equivalent: 报告", "SUSPECTED", "OPEN"))) {
            Scene scene = new Scene().register(transaction -> {
                var exception = RegistrySource.exception(
                        "x", "op", "gym/gate", expected.get(0), day("2026-01-01"), null, "auditor");
                exception.put("rule_id", RULE);
                transaction.insert("registry.exception", exception);
            });
            OracleAlert alert = only(
                    twoRefusals()
                            .tries("2026-03-05T10:00", "gate", "- face declined")
                            .known("2026-03-06T09:00", scene),
                    RULE);

            assertThat(alert.verdict()).isEqualTo(expected.get(1));
            assertThat(alert.status()).isEqualTo(expected.get(2));
            assertThat(alert.exceptionId()).isEqualTo("x");
        }
    }
}
