package org.faceaudit.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.runtime.step.ImageFindingsScene.LONG_AFTER;
import static org.faceaudit.runtime.step.ImageFindingsScene.SOON;
import static org.faceaudit.runtime.step.ImageFindingsScene.STORED;

import java.util.Set;
import org.faceaudit.core.images.ImageDelta;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImageFindingsStepTest {

    private ImageFindingsScene scene;

    @BeforeEach
    void start() throws Exception {
        scene = new ImageFindingsScene(1);
    }

    @AfterEach
    void close() throws Exception {
        scene.close();
    }

    @Test
    void anImageIsAFindingOnceItsSourceIsKnownPastTheDueDay() throws Exception {
        scene.law(SOON);
        scene.known("gym", SOON);
        scene.image(1);
        assertThat(scene.cut()).as("not due yet").isEmpty();
        assertThat(scene.heard())
                .as("what will count, with its instant")
                .extracting(ImageDelta::begun)
                .containsExactly(1);

        scene.known("gym", LONG_AFTER);
        assertThat(scene.cut())
                .singleElement()
                .asString()
                .contains("period-ended")
                .contains("VIOLATION");
        assertThat(scene.cut()).isEmpty();
    }

    @Test
    void theSilenceOfOneSourceLeavesItsImagesUnjudged() throws Exception {
        scene.law(LONG_AFTER);
        scene.known("other", LONG_AFTER);
        scene.image(1);

        assertThat(scene.cut()).isEmpty();
    }

    @Test
    void anImageDeletedInTimeTakesItsCountsBack() throws Exception {
        scene.law(SOON);
        scene.known("gym", SOON);
        scene.image(1);
        scene.cut();

        scene.image(1, SOON);
        scene.cut();
        scene.known("gym", LONG_AFTER);

        assertThat(scene.cut()).isEmpty();
        assertThat(scene.heard()).isEmpty();
    }

    @Test
    void aRestoredStepWakesOnTheDueDay() throws Exception {
        scene.law(SOON);
        scene.known("gym", SOON);
        scene.image(1);
        scene.cut();

        scene.restart(1);
        assertThat(scene.cut()).isEmpty();
        assertThat(scene.heard())
                .as("counts are not repeated")
                .extracting(ImageDelta::begun)
                .containsExactly(1);
        scene.known("gym", LONG_AFTER);

        assertThat(scene.cut()).hasSize(1);
    }

    private void withConsents() throws Exception {
        scene.close();
        scene = new ImageFindingsScene(3, null, Set.of("op/gym"));
        scene.law(LONG_AFTER);
        scene.known("gym", LONG_AFTER);
    }

    private int counted(String cause) {
        return scene.heard().stream()
                .filter(delta -> delta.slot().cause().equals(cause))
                .filter(delta -> !delta.slot().at().isAfter(LONG_AFTER))
                .mapToInt(delta -> delta.begun() - delta.ended())
                .sum();
    }

    @Test
    void childrenAreCountedAcrossTheClusterAndAreNoRowsOfImages() throws Exception {
        withConsents();
        for (int number = 0; number < 200; number++) {
            scene.image(number);
            scene.consent(number, number % 2 == 0 ? "2016-03-04" : "1996-03-04", null);
        }

        assertThat(scene.cut())
                .as("the images, past their period")
                .hasSize(200)
                .noneMatch(row -> row.contains("minor"));
        assertThat(counted("minor-without-guardian-consent")).isEqualTo(100);
        for (int number = 0; number < 50; number += 2) {
            scene.image(number, SOON);
        }
        scene.cut();
        assertThat(counted("minor-without-guardian-consent")).isEqualTo(75);
    }

    @Test
    void aConsentThatComesLaterTakesTheSuspicionBack() throws Exception {
        withConsents();
        scene.image(1);
        scene.cut();
        assertThat(counted("period-ended")).isEqualTo(1);
        assertThat(scene.heard())
                .extracting(delta -> delta.slot().cause())
                .as("kept without a consent until the period was over")
                .contains("kept-after-verification");

        scene.consent(1, "1996-03-04", null);
        scene.cut();
        assertThat(scene.heard()).extracting(delta -> delta.slot().cause()).containsOnly("period-ended");
    }

    @Test
    void aWithdrawnConsentWakesTheStepOnItsLastDay() throws Exception {
        scene.close();
        scene = new ImageFindingsScene(1, null, Set.of("op/gym"));
        scene.law(SOON);
        scene.known("gym", SOON);
        scene.image(1);
        scene.consent(1, "1996-03-04", STORED);
        assertThat(scene.cut())
                .singleElement()
                .asString()
                .contains("consent-withdrawn")
                .contains("WARNING");

        scene.known("gym", LONG_AFTER);
        assertThat(scene.cut())
                .singleElement()
                .asString()
                .contains("consent-withdrawn")
                .contains("VIOLATION");
        assertThat(scene.cut()).isEmpty();
    }
}
