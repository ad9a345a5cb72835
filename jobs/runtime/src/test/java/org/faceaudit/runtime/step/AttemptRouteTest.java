package org.faceaudit.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.event.AccessPointFixture;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.core.event.AttemptOutcome;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.core.law.RegistryFixture;
import org.faceaudit.intake.envelope.Digests;
import org.faceaudit.intake.rows.AttemptTold;
import org.faceaudit.intake.rows.AttemptTold.Part;
import org.faceaudit.intake.rows.AttemptTold.Told;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AttemptRouteTest {

    private static final Instant MORNING = Instant.parse("2026-03-10T01:00:00Z");
    private static final String GATE = "refusal-without-alternative gym/gate-1";

    private final RegistryFixture law = RegistryFixture.law().operator("op", "某健身公司", "310115");
    private AttemptRoute route;
    private long identity;

    @BeforeEach
    void start() throws Exception {
        route = new AttemptRoute(2);
        route.point(AccessPointFixture.point("op", "gym", "gate-1")
                .offers("2026-01-01T00:00:00Z", "FACE")
                .build());
    }

    @AfterEach
    void close() throws Exception {
        route.close();
    }

    private AttemptTold refusal(Told how, String key, Instant at, Instant commit) {
        return told(how, key, "gate-1", null, at, commit, "FACE", AttemptOutcome.DECLINED, Set.of());
    }

    private AttemptTold refusal(String key, Instant at) {
        return refusal(Told.INSERTED, key, at, at.plusSeconds(2));
    }

    /** What intake makes of an insert whose own time is to come. */
    private AttemptTold aheadOfTime(String key, Instant commit) {
        AttemptTold told = refusal(Told.INSERTED, key, commit, commit);
        Attempt attempt = told.attempt();
        return new AttemptTold(
                told.told(),
                told.identity(),
                told.kept(),
                Set.of(Part.TIME),
                new Attempt(
                        attempt.operator(),
                        attempt.system(),
                        attempt.attemptKey(),
                        attempt.pointId(),
                        attempt.person(),
                        TimeBounds.committed(commit),
                        attempt.method(),
                        attempt.outcome(),
                        attempt.mappingVersion(),
                        attempt.position()));
    }

    private AttemptTold told(
            Told how,
            String key,
            String point,
            PersonToken person,
            Instant at,
            Instant commit,
            String method,
            AttemptOutcome outcome,
            Set<Part> unchanged) {
        identity++;
        Position position = new Position(
                "cdc.op.gym",
                0,
                identity,
                "0/" + identity,
                "7",
                "public.passage",
                Digests.key("public.passage", key),
                commit,
                how == Told.FOUND || how == Told.INHERITED);
        return new AttemptTold(
                how,
                identity,
                true,
                unchanged,
                new Attempt(
                        "op",
                        "gym",
                        "public.passage/" + key,
                        point,
                        person,
                        TimeBounds.declared(at),
                        method,
                        outcome,
                        "m1",
                        position));
    }

    private void threeRefusals() throws Exception {
        for (int i = 0; i < 3; i++) {
            route.told(refusal(Integer.toString(i), MORNING.plusSeconds(600L * i)));
        }
    }

    private static Instant opened(Derivation derivation) {
        return derivation.episodes().get(0).openedAt();
    }

    @Test
    void attemptsWaitForTheRegistryAndForTheirSource() throws Exception {
        threeRefusals();
        route.cut();
        assertThat(route.alerts).isEmpty();

        route.law(law, MORNING.plusSeconds(9_000));
        route.cut();
        assertThat(route.alerts).as("nobody knows yet who was let in").isEmpty();

        route.known(MORNING.plusSeconds(2_099));
        route.cut();
        assertThat(route.alerts).isEmpty();
        route.known(MORNING.plusSeconds(2_100));
        route.cut();
        assertThat(route.alerts).containsOnlyKeys(GATE);
        assertThat(opened(route.alerts.get(GATE))).isEqualTo(MORNING.plusSeconds(2_100));
    }

    @Test
    void whatWasSaidOfASourceStaysWhenItsFileIsGone() throws Exception {
        route.law(law, MORNING.plusSeconds(9_000));
        threeRefusals();
        route.told(told(
                Told.INSERTED,
                "3",
                "nobody-knows-this-gate",
                null,
                MORNING,
                MORNING.plusSeconds(2),
                "FACE",
                AttemptOutcome.DECLINED,
                Set.of()));
        route.known(MORNING.plusSeconds(9_000));
        route.cut();
        route.fileIsGone();
        route.restart(2);

        route.law(law, MORNING.plusSeconds(9_500));
        route.cut();

        assertThat(route.alerts).containsOnlyKeys(GATE);
    }

    @Test
    void aCorrectionTakesTheAlertBack() throws Exception {
        route.law(law, MORNING.plusSeconds(9_000));
        threeRefusals();
        route.known(MORNING.plusSeconds(9_000));
        route.cut();
        assertThat(route.alerts).containsOnlyKeys(GATE);
        route.restart(3);

        route.told(told(
                Told.UPDATED,
                "1",
                "gate-2",
                null,
                MORNING.plusSeconds(600),
                MORNING.plusSeconds(9_100),
                null,
                AttemptOutcome.DECLINED,
                Set.of(Part.METHOD)));
        route.cut();

        assertThat(route.alerts).as("one of them was made elsewhere").isEmpty();
    }

    @Test
    void aRepetitionOfWhatWasCorrectedChangesNothing() throws Exception {
        route.law(law, MORNING.plusSeconds(9_000));
        AttemptTold first = refusal("0", MORNING);
        route.told(first);
        route.told(told(
                Told.UPDATED,
                "0",
                "gate-1",
                null,
                MORNING,
                MORNING.plusSeconds(5),
                "FACE",
                AttemptOutcome.PASSED,
                Set.of()));
        route.told(refusal("1", MORNING.plusSeconds(600)));
        route.told(refusal("2", MORNING.plusSeconds(1_200)));
        route.told(first);
        route.known(MORNING.plusSeconds(9_000));
        route.cut();

        assertThat(route.alerts).isEmpty();
    }

    @Test
    void aSnapshotThatFindsARowAgainMakesItsAttemptNoLaterOne() throws Exception {
        Instant ahead = MORNING.plus(Duration.ofDays(2));
        Instant snapshot = MORNING.plus(Duration.ofDays(20));
        route.law(law, snapshot);
        route.told(refusal("0", MORNING));
        route.told(refusal("1", MORNING.plusSeconds(600)));
        route.told(aheadOfTime("2", MORNING.plusSeconds(1_200)));
        route.told(refusal(Told.FOUND, "2", ahead, snapshot));
        route.known(snapshot);
        route.cut();
        assertThat(opened(route.alerts.get(GATE)))
                .as("the clock ran ahead when the row was written, and still did")
                .isEqualTo(MORNING.plusSeconds(2_100));
        assertThat(route.countedByLog("snapshot-confirmed")).isEqualTo(1);
        route.restart(3);

        Instant earlier = MORNING.plusSeconds(900);
        route.told(refusal(Told.FOUND, "2", earlier, snapshot.plusSeconds(60)));
        route.cut();
        assertThat(opened(route.alerts.get(GATE)))
                .as("corrected while nobody looked")
                .isEqualTo(earlier.plusSeconds(900));

        route.told(refusal(Told.UPDATED, "2", ahead, snapshot.plusSeconds(90)));
        route.cut();
        assertThat(opened(route.alerts.get(GATE))).as("said anew").isEqualTo(ahead.plusSeconds(900));
    }

    @Test
    void aRowThatComesAgainWithATokenOfAnotherKeyIsTheSameAttempt() throws Exception {
        route.law(law, MORNING.plusSeconds(9_000));
        for (String keyId : List.of("k1", "k2")) {
            PersonToken person = new PersonToken("member-no", keyId, "none", "", "%s%030x".formatted(keyId, 5));
            for (int i = 0; i < 3; i++) {
                Instant at = MORNING.plusSeconds(600L * i);
                route.told(told(
                        keyId.equals("k1") ? Told.INSERTED : Told.FOUND,
                        Integer.toString(i),
                        i < 2 ? "gate-1" : "gate-2",
                        person,
                        at,
                        MORNING.plusSeconds(8_000),
                        "FACE",
                        AttemptOutcome.DECLINED,
                        Set.of()));
            }
            route.known(MORNING.plusSeconds(9_000));
            route.cut();

            assertThat(route.prompts).containsOnlyKeys(person.digest());
            assertThat(route.alerts)
                    .as("two refusals at one gate are not enough, four would be")
                    .isEmpty();
        }
    }

    @Test
    void whatComesTooLateIsKeptOutAlsoFromALaterSnapshot() throws Exception {
        route.law(law, MORNING.plusSeconds(9_000));
        Instant limit = MORNING.plusSeconds(1_200).plus(Duration.ofDays(30));
        for (Told how : List.of(Told.INSERTED, Told.FOUND)) {
            route.told(refusal(how, "a" + how, MORNING, limit));
            route.told(refusal(how, "b" + how, MORNING.plusSeconds(1_199), limit));
        }
        route.told(refusal(Told.FOUND, "c", MORNING.plusSeconds(1_200), limit));
        route.told(refusal(Told.INSERTED, "d", MORNING.plusSeconds(1_300), limit));
        route.known(limit.plusSeconds(3_600));
        route.cut();
        assertThat(route.alerts).isEmpty();
        assertThat(route.countedByLog("beyond-horizon")).isEqualTo(4);
        assertThat(occurrences(route.unjudgedByLog()))
                .containsOnlyKeys("public.passage")
                .containsValue(4L);

        route.restart(3);
        route.told(refusal(Told.INSERTED, "e", MORNING.plusSeconds(1_400), limit));
        route.cut();
        assertThat(route.alerts).containsOnlyKeys(GATE);
        assertThat(occurrences(route.unjudgedByLog()))
                .as("said again by who came after, and no more of them")
                .containsValue(4L);
    }

    /** How many came too late by table, of all instances. */
    private static Map<String, Long> occurrences(List<String> rows) {
        Map<String, Long> occurrences = new HashMap<>();
        for (String row : rows) {
            assertThat(row).contains("\"reason\":\"beyond-horizon\"");
            String subject = row.replaceFirst(".*\"subject\":\"([^\"]*)\".*", "$1");
            occurrences.merge(
                    subject, Long.valueOf(row.replaceFirst(".*\"occurrences\":([0-9]+),.*", "$1")), Long::sum);
        }
        return occurrences;
    }

    @Test
    void whatTheFirstSnapshotFindsNeverComesTooLate() throws Exception {
        route.law(law, MORNING.plusSeconds(9_000));
        Instant snapshot = MORNING.plus(Duration.ofDays(100));
        for (int i = 0; i < 3; i++) {
            AttemptTold found = refusal(Told.INHERITED, Integer.toString(i), MORNING.plusSeconds(600L * i), snapshot);
            route.told(found);
            route.told(found);
        }
        route.cut();
        route.restart(3);
        // The snapshot was given up, and is taken once more.
        route.told(refusal(Told.INHERITED, "1", MORNING.plusSeconds(600), snapshot.plusSeconds(60)));
        route.told(refusal(Told.INSERTED, "9", snapshot.plusSeconds(90), snapshot.plusSeconds(90)));
        route.known(snapshot.plusSeconds(100));
        route.cut();

        assertThat(route.alerts).containsOnlyKeys(GATE);
        assertThat(route.alerts.get(GATE).episodes())
                .singleElement()
                .satisfies(past -> assertThat(past.resolvedAt()).isBefore(snapshot))
                .satisfies(past -> assertThat(past.measured()).isEqualByComparingTo("3"));
    }

    @Test
    void aRowWithTheKeyOfAnEarlierOneIsAnotherAttempt() throws Exception {
        route.law(law, MORNING.plusSeconds(9_000));
        for (int i = 0; i < 3; i++) {
            route.told(refusal("1", MORNING.plusSeconds(600L * i)));
        }
        route.known(MORNING.plusSeconds(9_000));
        route.cut();
        assertThat(route.alerts).containsOnlyKeys(GATE);

        Instant last = MORNING.plusSeconds(1_200);
        route.told(told(
                Told.INSERTED,
                "1",
                "gate-1",
                null,
                last,
                last.plusSeconds(60),
                "CARD",
                AttemptOutcome.PASSED,
                Set.of()));
        route.cut();
        assertThat(route.alerts).as("replaced, with the same time").isEmpty();
    }

    private void threeRefuseAtAPointThatIsNotThere() throws Exception {
        for (int i = 0; i < 3; i++) {
            Instant at = MORNING.plusSeconds(600L * i);
            route.told(told(
                    Told.INSERTED,
                    Integer.toString(i),
                    "gate-9",
                    null,
                    at,
                    at.plusSeconds(1),
                    "FACE",
                    AttemptOutcome.DECLINED,
                    Set.of()));
        }
    }

    @Test
    void attemptsAtAnUnknownPointAreCountedWhenTheirSourceIsKnownWhateverRestartCameBefore() throws Exception {
        route.law(law, MORNING.plusSeconds(9_000));
        threeRefuseAtAPointThatIsNotThere();
        route.cut();
        assertThat(route.countedByPoints("attempt-at-unknown-point"))
                .as("the point may still be told of")
                .isZero();

        route.restart(2);
        route.cut();
        assertThat(route.unjudged()).isEmpty();
        route.known(MORNING.plusSeconds(9_000));
        route.cut();
        assertThat(route.countedByPoints("attempt-at-unknown-point")).isEqualTo(3);
        assertThat(route.unjudged())
                .singleElement()
                .asString()
                .contains(
                        "\"subject\":\"access-point gate-9\"",
                        "\"reason\":\"attempt-at-unknown-point\"",
                        "\"occurrences\":3,");

        route.restart(1);
        route.cut();
        assertThat(route.countedByPoints("attempt-at-unknown-point"))
                .as("counted by who was there before")
                .isZero();
        assertThat(route.unjudged())
                .as("and said again by who came after")
                .singleElement()
                .asString()
                .contains("\"occurrences\":3,");
    }

    @Test
    void configurationMayComeLater() throws Exception {
        route.law(law, MORNING.plusSeconds(9_000));
        threeRefuseAtAPointThatIsNotThere();
        route.known(MORNING.plusSeconds(9_000));
        route.cut();
        assertThat(route.alerts).as("the source holds no such point").isEmpty();
        assertThat(route.countedByPoints("attempt-at-unknown-point")).isEqualTo(3);
        route.cut();
        assertThat(route.countedByPoints("attempt-at-unknown-point")).as("once").isEqualTo(3);
        route.restart(3);

        route.point(AccessPointFixture.point("op", "gym", "gate-9")
                .offers("2026-01-01T00:00:00Z", "FACE")
                .build());
        route.cut();
        assertThat(route.alerts).containsOnlyKeys("refusal-without-alternative gym/gate-9");
    }

    /** Whoever was let in by what the log does not tell legibly may have been the refuser. */
    @Test
    void whatCannotBeReadAccusesNobody() throws Exception {
        route.law(law, MORNING.plusSeconds(9_000));
        threeRefusals();
        for (int i = 0; i < 3; i++) {
            Instant at = MORNING.plusSeconds(600L * i + 60);
            route.told(told(
                    Told.INSERTED,
                    "answer-" + i,
                    "gate-1",
                    null,
                    at,
                    at.plusSeconds(1),
                    i == 0 ? null : "CARD",
                    i == 0 ? AttemptOutcome.PASSED : null,
                    Set.of()));
        }
        route.known(MORNING.plusSeconds(9_000));
        route.cut();
        assertThat(route.alerts).isEmpty();

        for (int i = 3; i < 6; i++) {
            route.told(refusal(Integer.toString(i), MORNING.plusSeconds(1_200L * i)));
        }
        route.cut();
        assertThat(route.alerts).as("once three surely were left alone").containsOnlyKeys(GATE);
    }

    @Test
    void whereNothingIsConfiguredTheLogIsAllThereIs() throws Exception {
        route.close();
        route = new AttemptRoute(1, false);
        route.law(law, MORNING.plusSeconds(9_000));
        threeRefusals();
        route.known(MORNING.plusSeconds(9_000));
        route.cut();

        assertThat(route.alerts.get(GATE).episodes().get(0).verdict().name()).isEqualTo("SUSPECTED");
    }

    @Test
    void ofAPersonWhoRefusedOnceNothingRemains() throws Exception {
        PersonToken person = new PersonToken("member-no", "k1", "none", "", "%032x".formatted(5));
        route.law(law, MORNING);
        route.told(told(
                Told.INSERTED,
                "1",
                "gate-1",
                person,
                MORNING,
                MORNING.plusSeconds(1),
                "FACE",
                AttemptOutcome.DECLINED,
                Set.of()));
        route.known(MORNING.plusSeconds(1));
        route.cut();
        assertThat(route.entriesOfPersons()).isEqualTo(1);

        for (int day = 1; day < 60; day++) {
            route.known(MORNING.plus(Duration.ofDays(day)));
            route.cut();
        }
        assertThat(route.entriesOfPersons())
                .as("nothing is concluded by a law that is not known as far")
                .isEqualTo(1);

        route.lawKnown(MORNING.plus(Duration.ofDays(60)));
        for (int day = 60; day < 70; day++) {
            route.known(MORNING.plus(Duration.ofDays(day)));
            route.cut();
        }
        assertThat(route.entriesOfPersons()).as(route.stateEntries()).isZero();
    }
}
