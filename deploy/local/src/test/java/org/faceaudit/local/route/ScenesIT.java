package org.faceaudit.local.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.awaitility.core.ConditionFactory;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.local.capture.Captures;
import org.faceaudit.local.route.ScenesSource.Past;
import org.faceaudit.local.stack.Stack;
import org.faceaudit.local.stack.StackExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What happened at a gym in the summer of 2026, from its tables to the alert table: each scene one breach, and beside it what
 * looks like it. All is told before
 * the first scene is looked at: to the binary log with the days on which it happened, and whoever tried to pass by rows of some
 * weeks ago, since how late those may come is measured against the log.
 */
@ExtendWith(StackExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScenesIT {
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final String SOLE = "sole-face-method";
    private static final String IMAGES = "raw-image-retained";
    private static final String REFUSED = "refusal-without-alternative";
    private static final String USELESS = "unusable-fallback";

    private static final String REGISTERED = """
            INSERT INTO registry.operator (id, name, sector, region) VALUES ('scene-gym', '场景健身', 'gym', '500100');
            INSERT INTO registry.exception
              (id, rule_id, operator_id, subject_id, citation, valid_from, valid_to, entered_by, approved_by) VALUES
              ('scene-roof', 'sole-face-method', 'scene-gym', 'gym/roof', 'test instrument', '2026-05-01', '2026-08-31', 'registrar-a', 'registrar-b'),
              ('scene-dome', 'sole-face-method', 'scene-gym', 'gym/dome', 'test instrument', '2026-05-01', '2099-12-31', 'registrar-a', 'registrar-b'),
              ('scene-hold', 'raw-image-retained', 'scene-gym', 'gym/period-ended', 'hold: test dispute', '2026-05-01', '2026-08-31', 'registrar-a', 'registrar-b')
            """;

    private final Stack stack;
    private final ScenesSource gym;
    private final AlertTable table;
    /** On which people try to pass: long enough ago for what follows from it to be over, and not too long for a log. */
    private final LocalDate day = LegalDay.of(Instant.now()).date().minusDays(20);

    private CapturedJob job;

    ScenesIT(Stack stack) {
        this.stack = stack;
        this.gym = new ScenesSource(stack.source(StackExtension.SCENES_SOURCE));
        this.table = new AlertTable(stack.audit(), new TopicDump(stack.bootstrap()), ScenesSource.OPERATOR);
    }

    @BeforeAll
    void theSummerIsTold() throws Exception {
        Path path = CapturedJob.written(stack, "scenes", ScenesSource.OPERATOR, gym.operatorFile());
        OperatorFile file = Captures.read(path.getParent()).get(0);
        gym.create();
        gym.letCapture(file.mapping());
        job = CapturedJob.start(stack, file, ScenesSource.TOPIC, REGISTERED);
        patiently("the end of the snapshot, so that all that follows is the log's")
                .until(() -> !table.query("SELECT known_through::text FROM audit_api.source_v1 WHERE operator_id = '"
                                + ScenesSource.OPERATOR + "' AND known_through IS NOT NULL")
                        .isEmpty());
        try (Past past = gym.past()) {
            gatesAreConfigured(past);
            peopleTryToPass(past);
            membersComeAndGo(past);
        }
    }

    @AfterAll
    void leave() throws Exception {
        if (job != null) {
            job.close();
        }
    }

    private static void gatesAreConfigured(Past past) throws SQLException {
        past.gate("2026-06-01 09:00", "hall-main", "hall", "face,card");
        past.gate("2026-06-01 09:00", "hall-side", "hall", "face");
        past.gate("2026-06-01 09:00", "tower", "tower", "face,card,qr");
        past.gate("2026-06-01 09:00", "pool", "pool", "face,card");
        past.gate("2026-06-01 09:00", "pool-terrace", "pool", "face,card");
        past.gate("2026-06-01 09:00", "spa", "spa", "face");
        past.gate("2026-06-01 09:00", "sauna", "sauna", "face,card");
        past.gate("2026-06-01 09:00", "roof", "roof", "face");
        past.gate("2026-06-01 09:00", "dome", "dome", "face");

        past.offers("2026-06-10 09:00", "tower", "face");
        past.offers("2026-06-10 09:10", "tower", "face,card,qr");
        past.offers("2026-06-12 09:00", "tower", "face");
    }

    private void peopleTryToPass(Past past) throws SQLException {
        for (int hour = 0; hour < 24; hour++) {
            LocalDateTime at = day.atStartOfDay().plusHours(hour);
            past.tried(at, "pool", "face", "passed");
            past.tried(at.plusMinutes(10), "pool", "card", "failed");
            past.tried(at, "pool-terrace", "face", "passed");
            past.tried(at.plusMinutes(10), "pool-terrace", "card", hour % 2 == 0 ? "passed" : "failed");
        }
        for (int days = 0; days < 3; days++) {
            LocalDateTime at = day.plusDays(days).atTime(10, 0);
            past.tried(at, "spa", "face", "declined");
            past.tried(at, "sauna", "face", "declined");
            past.tried(at.plusMinutes(5), "sauna", "card", "passed");
        }
    }

    private static void membersComeAndGo(Past past) throws SQLException {
        past.joins("2026-06-01 10:00", 1, null);
        past.at("2026-06-20 10:00", "UPDATE membership SET ended_on = '2026-06-30' WHERE id = 1");
        past.deletesImage("2026-07-20 10:00", 1);
        past.photographed("2026-08-03 10:00", 1, null);

        past.joins("2026-06-01 10:00", 2, null);
        past.at("2026-08-20 10:00", "UPDATE consent SET withdrawn_at = now() WHERE id = 2");
        past.at("2026-09-04 23:59:59", "UPDATE consent SET given_at = now(), withdrawn_at = NULL WHERE id = 2");
        past.at("2026-10-01 10:00", "UPDATE consent SET withdrawn_at = now() WHERE id = 2");

        past.joins("2026-06-01 10:00", 3, "2026-07-31");
    }

    @Test
    @Order(1)
    void aSideGateIsFaceOnlyWhileTheMainGateHasCards() {
        awaitEpisodes(SOLE, "gym/hall-side", "1: SUSPECTED OPEN on 2026-06-01 from 2026-06-01 10:00:00");
    }

    @Test
    @Order(2)
    void everyOtherMethodIsOffForTenMinutesWhichIsNothingAndThenForTwoDays() throws Exception {
        awaitEpisodes(SOLE, "gym/tower", "1: VIOLATION OPEN on 2026-06-12 from 2026-06-12 10:00:00");

        try (Past past = gym.past()) {
            past.offers("2026-06-14 09:00", "tower", "face,qr");
        }
        awaitEpisodes(
                SOLE,
                "gym/tower",
                "1: VIOLATION RESOLVED on 2026-06-12 from 2026-06-12 10:00:00 to 2026-06-14 09:00:00");
        assertThat(table.history(SOLE, "gym/tower", 1)).containsExactly("VIOLATION OPEN", "VIOLATION RESOLVED");
    }

    @Test
    @Order(3)
    void aCardReaderAlwaysFails() {
        awaitEpisodes(
                USELESS, "gym/pool/CARD", "1: SUSPECTED OPEN on " + day + " 11.92 percent from " + day + " 19:10:00");
    }

    @Test
    @Order(4)
    void threeRefuseTheFaceAtAGateThatOffersNothingElse() {
        awaitEpisodes(SOLE, "gym/spa", "1: VIOLATION OPEN on 2026-06-01 from 2026-06-01 10:00:00");
        awaitEpisodes(
                REFUSED,
                "gym/spa",
                "1: VIOLATION RESOLVED on " + day.plusDays(2) + " 3 attempts from " + day.plusDays(2) + " 10:15:00 to "
                        + day.plusDays(7) + " 10:00:00");
    }

    @Test
    @Order(5)
    void aMembershipEndsTheImageOutlivesTheGraceIsDeletedAndComesBack() throws Exception {
        String first =
                "1: VIOLATION RESOLVED on 2026-07-01 due 2026-07-15 1 images from 2026-07-01 00:00:00 to 2026-07-20 10:00:00";
        awaitEpisodes(
                IMAGES,
                "gym/purpose-ended",
                first,
                "2: VIOLATION OPEN on 2026-08-03 due 2026-07-15 1 images from 2026-08-03 10:00:00");

        try (Past past = gym.past()) {
            past.deletesImage("2026-08-10 10:00", 1);
        }
        awaitEpisodes(
                IMAGES,
                "gym/purpose-ended",
                first,
                "2: VIOLATION RESOLVED on 2026-08-03 due 2026-07-15 1 images from 2026-08-03 10:00:00 to 2026-08-10 10:00:00");
        assertThat(table.history(IMAGES, "gym/purpose-ended", 2))
                .containsExactly("VIOLATION OPEN", "VIOLATION RESOLVED");
    }

    @Test
    @Order(6)
    void consentIsWithdrawnGivenAgainInTheLastSecondOfTheDeletionDaysAndWithdrawnForGood() {
        awaitEpisodes(
                IMAGES,
                "gym/consent-withdrawn",
                "1: WARNING RESOLVED on 2026-08-20 due 2026-09-04 1 images from 2026-08-20 10:00:00 to 2026-09-04 23:59:59",
                "2: VIOLATION OPEN on 2026-10-01 due 2026-10-16 1 images from 2026-10-01 10:00:00");
    }

    @Test
    @Order(7)
    void anExceptionExpiresAtMidnightInShanghaiAndAnotherIsInForce() {
        awaitEpisodes(
                IMAGES,
                "gym/period-ended",
                "1: VIOLATION OPEN on 2026-09-01 due 2026-08-31 1 images from 2026-09-01 00:00:00");
        awaitEpisodes(SOLE, "gym/roof", "1: SUSPECTED OPEN on 2026-06-01 from 2026-06-01 10:00:00");
        awaitEpisodes(SOLE, "gym/dome", "1: VIOLATION EXEMPT on 2026-06-01 from 2026-06-01 10:00:00");
    }

    @Test
    @Order(8)
    void nothingElseIsSaidOfTheGymWhateverLooksLikeIt() throws Exception {
        assertThat(table.query("SELECT DISTINCT rule_id || ' ' || subject_id FROM audit_api.alert_v1"
                        + " WHERE operator_id = 'scene-gym'"))
                .containsExactlyInAnyOrder(
                        SOLE + " gym/hall-side",
                        SOLE + " gym/tower",
                        SOLE + " gym/spa",
                        SOLE + " gym/roof",
                        SOLE + " gym/dome",
                        USELESS + " gym/pool/CARD",
                        REFUSED + " gym/spa",
                        IMAGES + " gym/purpose-ended",
                        IMAGES + " gym/consent-withdrawn",
                        IMAGES + " gym/period-ended");
    }

    private void awaitEpisodes(String rule, String subject, String... episodes) {
        patiently(rule + ' ' + subject)
                .untilAsserted(() -> assertThat(table.episodes(rule, subject)).containsExactly(episodes));
    }

    private static ConditionFactory patiently(String what) {
        return await(what).atMost(LIMIT).pollInterval(Duration.ofMillis(500)).ignoreExceptions();
    }
}
