package org.faceaudit.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.runtime.step.ImageFindingsScene.LONG_AFTER;
import static org.faceaudit.runtime.step.ImageFindingsScene.SOON;
import static org.faceaudit.runtime.step.ImageFindingsScene.STORED;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
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

    private void manyWithTwoPagesPerCut(int images) throws Exception {
        scene.close();
        scene = new ImageFindingsScene(2, 2);
        scene.law(SOON);
        scene.known("gym", SOON);
        for (int number = 0; number < images; number++) {
            scene.image(number);
        }
        assertThat(scene.cut()).isEmpty();
        scene.known("gym", LONG_AFTER);
    }

    private static List<String> records(List<String> rows) {
        return rows.stream()
                .map(row -> row.replaceAll(".*\"record_key\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    @Test
    void aDayOnWhichManyAreDueIsSweptPageByPageAndNoAlertWaitsForIt() throws Exception {
        manyWithTwoPagesPerCut(1_000);

        assertThat(counted("period-ended")).as("told long before").isEqualTo(1_000);
        List<String> first = scene.cut();
        assertThat(first).isNotEmpty().hasSizeLessThan(500);
        List<String> all = new ArrayList<>(first);
        for (List<String> rows = first; !rows.isEmpty(); all.addAll(rows)) {
            rows = scene.cut();
            assertThat(rows).hasSizeLessThan(500);
        }
        assertThat(records(all)).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(all).allMatch(row -> row.contains("VIOLATION"));
    }

    @Test
    void aSweepGoesOnWhereItStoodAfterARestartElsewhere() throws Exception {
        manyWithTwoPagesPerCut(1_000);
        List<String> all = new ArrayList<>(scene.cut());
        all.addAll(scene.cut());
        assertThat(all).hasSizeLessThan(1_000);

        scene.restart(3);
        // How far a source is known is told anew with the next heartbeat, and remembered until then.
        for (int cut = 0; cut < 1_000; cut++) {
            all.addAll(scene.cut());
        }

        assertThat(records(all)).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(counted("period-ended")).isEqualTo(1_000);
    }

    @Test
    void whatChangesInTheMiddleOfASweepIsSaidAsItStands() throws Exception {
        manyWithTwoPagesPerCut(1_000);
        List<String> all = new ArrayList<>(scene.cut());
        for (int number = 0; number < 1_000; number += 10) {
            scene.image(number, SOON);
        }

        all.addAll(scene.cut());
        all.addAll(scene.end());

        Map<String, String> newest = new HashMap<>();
        for (String row : all) {
            newest.put(records(List.of(row)).get(0), row);
        }
        assertThat(newest.values().stream().filter(row -> row.contains("\"VIOLATION\"")))
                .as("not those that were deleted before they were due")
                .hasSize(900);
        assertThat(newest.values().stream().filter(row -> row.contains("\"deleted\":true")))
                .as("said before, and taken back")
                .hasSizeLessThan(100);
        assertThat(counted("period-ended")).isEqualTo(900);
    }

    @Test
    void theEndOfAllInputLeavesNothingUnsaid() throws Exception {
        manyWithTwoPagesPerCut(1_000);

        assertThat(records(scene.end())).hasSize(1_000).doesNotHaveDuplicates();
    }

    /** Everything that is said until no row of an older generation is left, and at one cut more. */
    private List<String> rest() throws Exception {
        List<String> all = new ArrayList<>();
        while (!scene.unsaid().isEmpty()) {
            all.addAll(scene.cut());
        }
        all.addAll(scene.cut());
        return all;
    }

    @Test
    void aNewGenerationSaysAllRowsAnewPageByPageAndCountsNothingTwice() throws Exception {
        manyWithTwoPagesPerCut(1_000);
        scene.end();

        scene.restartInNextGeneration(2);
        List<String> rows = new ArrayList<>(scene.cut());
        assertThat(rows).as("two pages of each instance").isNotEmpty().hasSizeLessThan(250);
        assertThat(scene.unsaid()).as("old rows must not be swept yet").containsExactlyInAnyOrder(0, 1);
        rows.addAll(rest());

        assertThat(scene.unsaid()).isEmpty();
        assertThat(records(rows)).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(rows).allMatch(row -> row.contains("\"generation\":2"));
        assertThat(counted("period-ended")).isEqualTo(1_000);
    }

    @Test
    void aNewGenerationThatIsInterruptedSaysTheRestAfterwards() throws Exception {
        manyWithTwoPagesPerCut(1_000);
        scene.end();
        scene.restartInNextGeneration(2);
        List<String> rows = new ArrayList<>(scene.cut());

        scene.restart(3);
        rows.addAll(scene.cut());
        assertThat(scene.unsaid()).isNotEmpty();
        rows.addAll(rest());

        assertThat(scene.unsaid()).isEmpty();
        assertThat(records(rows)).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(counted("period-ended")).isEqualTo(1_000);
    }

    @Test
    void whatChangesWhileANewGenerationSpeaksIsSaidAsItStands() throws Exception {
        manyWithTwoPagesPerCut(1_000);
        scene.end();
        scene.restartInNextGeneration(2);
        List<String> rows = new ArrayList<>(scene.cut());
        for (int number = 0; number < 1_000; number += 10) {
            scene.image(number, LONG_AFTER);
        }
        rows.addAll(rest());

        Map<String, String> newest = new HashMap<>();
        for (String row : rows) {
            newest.put(records(List.of(row)).get(0), row);
        }
        assertThat(newest).hasSize(1_000);
        assertThat(newest.values()).allMatch(row -> row.contains("\"generation\":2"));
        assertThat(newest.values().stream().filter(row -> !row.contains("\"cleared_at\":null")))
                .hasSize(100);
    }

    @Test
    void aNewGenerationIsJudgedTheSameWhetherInOneCutOrInMany() throws Exception {
        manyWithTwoPagesPerCut(300);
        scene.end();
        List<ImageDelta> before = scene.heard();

        scene.restartInNextGeneration(2);
        scene.cut();
        assertThat(scene.heard()).as("counts and evidence, on the way").isEqualTo(before);
        rest();
        assertThat(scene.heard()).as("in the end").isEqualTo(before);
    }

    @Test
    void aRowOfTheRegistryHasThoseJudgedAnewWhomItConcernsOrDidBefore() throws Exception {
        scene.law(LONG_AFTER);
        scene.known("gym", LONG_AFTER);
        scene.image(1);
        assertThat(scene.cut()).singleElement().asString().contains("VIOLATION");

        scene.hold("somebody-else");
        assertThat(scene.cut()).isEmpty();
        scene.hold("op");
        assertThat(scene.cut()).singleElement().asString().contains("WARNING");
        scene.hold("somebody-else");
        assertThat(scene.cut()).as("no longer held").singleElement().asString().contains("VIOLATION");
    }

    /** What many cuts say, each no more than some pages hold. */
    private List<String> piecemeal() throws Exception {
        List<String> all = new ArrayList<>();
        for (int cut = 0; cut < 100; cut++) {
            List<String> rows = scene.cut();
            assertThat(rows).as("of two pages of each instance").hasSizeLessThan(400);
            all.addAll(rows);
        }
        return all;
    }

    private static Map<String, String> newest(List<String> rows) {
        Map<String, String> newest = new HashMap<>();
        rows.forEach(row -> newest.put(records(List.of(row)).get(0), row));
        return newest;
    }

    /** What the judging step hears in the end, when so many images were held all at once. */
    private List<ImageDelta> heardOfHeld(int images) throws Exception {
        try (ImageFindingsScene whole = new ImageFindingsScene(1)) {
            whole.law(LONG_AFTER);
            whole.known("gym", LONG_AFTER);
            whole.hold("op");
            for (int number = 0; number < images; number++) {
                whole.image(number);
            }
            whole.cut();
            return whole.heard();
        }
    }

    /** Without the changes, which an instance may tell even where all together have too many to list. */
    private static List<ImageDelta> counts(List<ImageDelta> deltas) {
        return deltas.stream()
                .map(delta -> new ImageDelta(
                        delta.slot(),
                        delta.begun(),
                        delta.ended(),
                        delta.added(),
                        delta.cleared(),
                        delta.persons(),
                        delta.stored(),
                        delta.hash(),
                        delta.mappingVersion(),
                        List.of()))
                .toList();
    }

    @Test
    void aRowOfTheRegistryThatConcernsManyIsFollowedPageByPage() throws Exception {
        manyWithTwoPagesPerCut(1_000);
        scene.end();

        scene.hold("op");
        List<String> rows = piecemeal();

        assertThat(records(rows)).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(rows).allMatch(row -> row.contains("WARNING"));
        assertThat(scene.heard()).isEqualTo(heardOfHeld(1_000));
        assertThat(scene.unsaid())
                .as("what older generations said was swept before")
                .isEmpty();
    }

    @Test
    void whoeverFactsComeOfIsJudgedAtTheNextCutWhileOthersAwaitTheirTurn() throws Exception {
        manyWithTwoPagesPerCut(1_000);
        scene.end();
        scene.hold("op");
        scene.image(1_000);
        scene.image(1_001);

        assertThat(newest(scene.cut())).containsKeys("public.face/1000", "public.face/1001");
    }

    @Test
    void pagesThatAwaitTheirTurnMaySplitAndMayBeRestoredElsewhere() throws Exception {
        manyWithTwoPagesPerCut(1_000);
        scene.end();
        scene.hold("op");
        List<String> rows = new ArrayList<>(scene.cut());
        for (int number = 1_000; number < 4_000; number++) {
            scene.image(number);
        }
        rows.addAll(scene.cut());
        assertThat(newest(rows).keySet()).hasSizeBetween(3_000, 3_999);

        rows.addAll(piecemeal());
        assertThat(newest(rows)).hasSize(4_000);
        assertThat(newest(rows).values()).allMatch(row -> row.contains("WARNING"));
        assertThat(counts(scene.heard())).isEqualTo(counts(heardOfHeld(4_000)));

        scene.hold("somebody-else");
        List<String> back = new ArrayList<>(scene.cut());
        scene.restart(3);
        back.addAll(piecemeal());
        assertThat(newest(back)).hasSize(4_000);
        assertThat(newest(back).values()).allMatch(row -> row.contains("VIOLATION"));
        assertThat(counted("period-ended")).isEqualTo(4_000);
    }

    @Test
    void imagesThatWereThereBeforeTheRegistryAreJudgedPageByPageAndNothingOlderIsSweptMeanwhile() throws Exception {
        scene.close();
        scene = new ImageFindingsScene(2, 2);
        scene.known("gym", LONG_AFTER);
        for (int number = 0; number < 1_000; number++) {
            scene.image(number);
        }
        assertThat(scene.cut()).isEmpty();
        scene.law(LONG_AFTER);

        List<String> rows = new ArrayList<>(scene.cut());
        assertThat(rows).isNotEmpty().hasSizeLessThan(250);
        assertThat(scene.unsaid()).containsExactlyInAnyOrder(0, 1);
        scene.restart(3);
        rows.addAll(piecemeal());

        assertThat(scene.unsaid()).isEmpty();
        assertThat(records(rows)).hasSize(1_000).doesNotHaveDuplicates();
        assertThat(counted("period-ended")).isEqualTo(1_000);
    }

    @Test
    void onDiskWherePagesHaveLeavesTheSameIsSaid() throws Exception {
        scene.close();
        scene = new ImageFindingsScene(2, new EmbeddedRocksDBStateBackend(), Set.of());
        scene.law(SOON);
        scene.known("gym", SOON);
        for (int number = 0; number < 6_000; number++) {
            scene.image(number);
            if (number == 4_000) {
                assertThat(scene.cut()).isEmpty();
            }
        }
        assertThat(scene.cut()).isEmpty();
        scene.restart(3);
        scene.image(7, SOON);
        assertThat(scene.cut()).isEmpty();

        scene.known("gym", LONG_AFTER);
        assertThat(records(scene.cut())).hasSize(5_999).doesNotHaveDuplicates().doesNotContain("public.face/7");
        scene.hold("op");
        assertThat(scene.cut()).hasSize(5_999).allMatch(row -> row.contains("WARNING"));
        assertThat(counts(scene.heard()).stream().mapToInt(ImageDelta::begun).max())
                .hasValue(5_999);
    }
}
