package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.faceaudit.core.judgement.ImageScene.STORED;
import static org.faceaudit.core.judgement.ImageScene.image;

import java.time.Instant;
import java.util.List;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

class AfterTerminationTest {

    private final ImageScene scene = new ImageScene();

    @Test
    void anImageStoredAfterTheDeletionDaysIsAViolation() {
        scene.law.use("u1", "gym", "2025-07-01", "2026-05-20").use("u2", "gym", "2025-07-01", "2026-06-01");
        List<ImageFinding> findings = scene.findings(image("1").storedAt(STORED));

        assertThat(findings)
                .extracting(ImageFinding::cause, ImageFinding::stage, ImageFinding::dueOn, ImageFinding::from)
                .containsExactly(tuple(
                        "after-termination",
                        Verdict.VIOLATION,
                        LegalDay.of(2026, 6, 16),
                        LegalDay.of(2026, 6, 17).start()));
        Episode episode = scene.alert(
                        findings, "after-termination", LegalDay.of(2026, 6, 17).start())
                .episodes()
                .get(0);
        assertThat(episode.explanationEn()).contains("15 ¶4", "has ended the use");
        assertThat(episode.evidence().positions())
                .extracting(Position::table)
                .containsExactlyInAnyOrder("public.face", "registry.technology_use");
    }

    @Test
    void anImageDeletedOnTheLastDayIsNothing() {
        scene.law.use("u", "gym", "2025-07-01", "2026-06-01");

        assertThat(scene.findings(image("1").storedAt(STORED).deletedAt("2026-06-16T15:59:59Z")))
                .isEmpty();
    }

    @Test
    void aUseThatGoesOnIsNoTerminationNorIsNone() {
        assertThat(scene.findings(image("1").storedAt(STORED))).isEmpty();

        scene.law.use("u1", "gym", "2025-07-01", "2026-06-01").use("u2", "gym", "2025-07-01", null);
        assertThat(scene.findings(image("1").storedAt(STORED))).isEmpty();
    }

    @Test
    void anEndThatIsOnlyPlannedHidesNoOtherCause() {
        scene.law
                .use("u", "gym", "2025-07-01", "2026-06-20")
                .exception(
                        "h",
                        RawImageRetained.RULE_ID,
                        "gym",
                        "sys/consent-withdrawn",
                        "2026-06-18",
                        "2026-07-31",
                        "citation",
                        "hold: dispute");
        scene.consents(ImageScene.consent("c")
                .at(STORED)
                .withdrawn("2026-06-05T00:00:00Z")
                .at("2026-06-05T00:00:00Z"));

        assertThat(scene.findings(List.of(image("1").person("p").storedAt(STORED)))
                        .get(0))
                .as("the hold moves its day past that of the planned end")
                .returns("consent-withdrawn", ImageFinding::cause)
                .returns(Verdict.WARNING, ImageFinding::stage)
                .returns(LegalDay.of(2026, 7, 31), ImageFinding::dueOn)
                .returns(Instant.parse("2026-06-05T00:00:00Z"), ImageFinding::from);
    }

    @Test
    void anImageStoredLongAfterTheEndCountsAtOnce() {
        scene.law.use("u", "gym", "2025-07-01", "2026-06-01");

        assertThat(scene.findings(image("1").storedAt("2026-08-01T00:00:00Z")))
                .extracting(ImageFinding::dueOn, ImageFinding::from)
                .containsExactly(tuple(LegalDay.of(2026, 6, 16), Instant.parse("2026-08-01T00:00:00Z")));
    }

    @Test
    void anEndBeforeTheMeasuresHasDaysFromTheirFirst() {
        scene.law.use("u", "gym", "2024-07-01", "2025-01-01");

        assertThat(scene.findings(image("1").storedAt("2024-08-01T00:00:00Z")))
                .extracting(ImageFinding::dueOn)
                .containsExactly(LegalDay.of(2025, 6, 16));
    }
}
