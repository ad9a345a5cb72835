package org.faceaudit.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.runtime.step.ImageFindingsScene.LONG_AFTER;
import static org.faceaudit.runtime.step.ImageFindingsScene.SOON;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.images.CountedPosition;
import org.faceaudit.core.images.ImageDelta;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImageEvidenceTest {

    private static final Instant AFTER_THE_DUE_DAY = Instant.parse("2026-04-20T01:00:00Z");

    private ImageFindingsScene scene;

    @AfterEach
    void close() throws Exception {
        scene.close();
    }

    @Test
    void whatAnImageRestsOnIsToldOnceItCountsAndNotBefore() throws Exception {
        start(1, SOON);
        images(0, 3);
        scene.cut();
        assertThat(told()).isEmpty();

        scene.known("gym", LONG_AFTER);
        scene.cut();
        assertThat(told()).isEqualTo(stored(0, 3));
    }

    @Test
    void aThousandAreToldAndWhatIsFarBeyondIsForgottenUntilItFallsBack() throws Exception {
        start(1, LONG_AFTER);
        images(0, 1_000);
        scene.cut();
        assertThat(told()).isEqualTo(stored(0, 1_000));

        images(1_000, 2_001);
        scene.cut();
        assertThat(begun()).isEqualTo(2_001);
        assertThat(told()).isEmpty();

        deleteInTime(1_001, 2_001);
        scene.cut();
        assertThat(begun()).isEqualTo(1_001);
        assertThat(told()).as("one too many to be listed").isEmpty();

        deleteInTime(1_000, 1_001);
        scene.cut();
        assertThat(told()).isEqualTo(stored(0, 1_000));
    }

    @Test
    void whatManyPagesRestOnIsForgottenAndToldAFewPagesAtEachCut() throws Exception {
        start(1, LONG_AFTER);
        scene.close();
        scene = new ImageFindingsScene(1, 2);
        scene.law(LONG_AFTER);
        scene.known("gym", LONG_AFTER);
        images(0, 1_000);
        scene.cut();
        images(1_000, 2_000);
        scene.cut();
        assertThat(told()).as("what is new waits for nothing").isEqualTo(stored(0, 2_000));

        images(2_000, 2_001);
        scene.cut();
        assertThat(told()).as("two pages of them are forgotten").hasSizeBetween(1_850, 1_999);
        scene.restart(1);
        manyCuts();
        assertThat(told()).isEmpty();

        deleteInTime(1_001, 2_001);
        manyCuts();
        assertThat(told()).as("one too many to be listed").isEmpty();
        deleteInTime(1_000, 1_001);
        scene.cut();
        assertThat(told()).as("two pages of them are told").hasSizeBetween(1, 150);
        manyCuts();
        assertThat(told()).isEqualTo(stored(0, 1_000));
    }

    private void manyCuts() throws Exception {
        for (int cut = 0; cut < 100; cut++) {
            scene.cut();
        }
    }

    @Test
    void manyAtOnceAreNeverTold() throws Exception {
        start(1, LONG_AFTER);
        images(0, 1_001);
        scene.cut();

        assertThat(begun()).isEqualTo(1_001);
        assertThat(told()).isEmpty();
    }

    @Test
    void aRestartTellsNothingTwice() throws Exception {
        start(2, LONG_AFTER);
        images(0, 50);
        scene.cut();
        List<ImageDelta> before = scene.heard();

        scene.restart(2);
        scene.cut();
        assertThat(scene.heard()).isEqualTo(before);

        deleteInTime(0, 50);
        scene.cut();
        assertThat(scene.heard()).isEmpty();
    }

    @Test
    void instancesThatEachHoldFewTellAndOneThatHoldsAllForgets() throws Exception {
        start(3, LONG_AFTER);
        images(0, 2_400);
        scene.cut();
        assertThat(told()).as("none of three holds a thousand").hasSize(2_400);

        scene.restart(1);
        scene.cut();
        assertThat(begun()).isEqualTo(2_400);
        assertThat(told()).isEmpty();

        scene.restart(3);
        scene.cut();
        assertThat(told()).isEqualTo(stored(0, 2_400));

        deleteInTime(900, 2_400);
        scene.cut();
        scene.restart(2);
        scene.cut();
        assertThat(told()).isEqualTo(stored(0, 900));
    }

    @Test
    void whateverHappenedUpToAThousandAreHeardOfExactly() throws Exception {
        for (int seed = 0; seed < 2; seed++) {
            Random random = new Random(seed);
            start(1 + random.nextInt(3), LONG_AFTER);
            TreeSet<Integer> stored = new TreeSet<>();
            for (int step = 0; step < 10; step++) {
                int wanted =
                        List.of(0, 300, 999, 1_000, 1_001, 1_600, 2_001, 2_600).get(random.nextInt(8));
                while (stored.size() < wanted) {
                    int number = random.nextInt(3_000);
                    stored.add(number);
                    scene.image(number, random.nextInt(4) == 0 ? AFTER_THE_DUE_DAY : null);
                }
                while (stored.size() > wanted) {
                    Integer number = stored.ceiling(random.nextInt(3_000));
                    if (number != null) {
                        stored.remove(number);
                        scene.image(number, SOON);
                    }
                }
                if (random.nextInt(3) == 0) {
                    scene.restart(1 + random.nextInt(4));
                }
                scene.cut();

                assertThat(begun()).as("seed %d step %d", seed, step).isEqualTo(wanted);
                Set<Position> all =
                        stored.stream().map(ImageFindingsScene::stored).collect(Collectors.toSet());
                if (wanted <= 1_000) {
                    assertThat(told()).as("seed %d step %d", seed, step).isEqualTo(all);
                } else {
                    assertThat(all.containsAll(told()))
                            .as("seed %d step %d", seed, step)
                            .isTrue();
                }
            }
            scene.close();
        }
    }

    private void start(int parallelism, Instant known) throws Exception {
        scene = new ImageFindingsScene(parallelism);
        scene.law(known);
        scene.known("gym", known);
    }

    private void images(int from, int to) throws Exception {
        for (int number = from; number < to; number++) {
            scene.image(number);
        }
    }

    private void deleteInTime(int from, int to) throws Exception {
        for (int number = from; number < to; number++) {
            scene.image(number, SOON);
        }
    }

    private static Set<Position> stored(int from, int to) {
        return IntStream.range(from, to).mapToObj(ImageFindingsScene::stored).collect(Collectors.toSet());
    }

    private Set<Position> told() {
        Set<Position> told = new HashSet<>();
        for (ImageDelta delta : scene.heard()) {
            for (CountedPosition counted : delta.positions()) {
                assertThat(counted.findings()).isEqualTo(1);
                assertThat(told.add(counted.position())).as("once").isTrue();
            }
        }
        return told;
    }

    private int begun() {
        return scene.heard().stream().mapToInt(ImageDelta::begun).sum();
    }
}
