package org.faceaudit.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.runtime.step.ImageFindingsScene.LONG_AFTER;
import static org.faceaudit.runtime.step.ImageFindingsScene.SOON;

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
}
