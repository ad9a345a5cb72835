package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.faceaudit.core.judgement.ImageScene.STORED;
import static org.faceaudit.core.judgement.ImageScene.image;
import static org.faceaudit.core.judgement.ImageScene.membership;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.counting.FaceRecordFixture;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.images.ImageCounts;
import org.faceaudit.core.images.ImageDelta;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.images.ImageTally;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

class RawImageEvidenceTest {

    private static final Instant LATE = Instant.parse("2026-07-01T00:00:00Z");

    private final ImageScene scene = new ImageScene();

    @Test
    void oneImageIsShownByTheChangeThatStoredIt() {
        Evidence evidence = ofPeriod(scene.findings(image("1").retentionDays(30).storedAt(STORED)));

        assertThat(evidence.positions())
                .extracting(Position::table, Position::keyHash, Position::logPosition, Position::committedAt)
                .containsExactly(tuple("public.face", "k-1", "0/0", Instant.parse(STORED)));
        assertThat(evidence.rangeFrom()).isNull();
        assertThat(evidence.hash()).isNull();
    }

    @Test
    void aThousandImagesAreListedAndOneMoreIsARange() {
        Evidence thousand = ofPeriod(images(1_000));
        assertThat(thousand.positions()).hasSize(1_000).isSortedAccordingTo(Position.EVIDENCE_ORDER);
        assertThat(thousand.count()).isZero();

        Evidence range = ofPeriod(images(1_001));
        assertThat(range.positions()).isEmpty();
        assertThat(range.count()).isEqualTo(1_001);
        assertThat(range.rangeFrom()).isEqualTo(LegalDay.of(2026, 6, 1).start());
        assertThat(range.rangeTo()).isEqualTo(LegalDay.of(2026, 6, 1).start());
        assertThat(range.hash()).hasSize(16);
    }

    @Test
    void aRangeStandsWhetherOrNotPositionsOfItsImagesAreHeld() {
        List<ImageFinding> findings = images(1_001);
        ImageTally tally = new ImageTally();
        tally.add(findings, "m1");
        ImageCounts counts = new ImageCounts();
        tally.take().forEach(counts::add);

        assertThat(scene.judge(counts, LATE)).isEqualTo(scene.judge(findings, LATE));
    }

    @Test
    void imagesThatComeAndGoAtOneInstantAreAllCounted() {
        List<FaceRecordFixture> images = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            images.add(image("a" + i).retainUntil("2026-05-31").storedAt(STORED).deletedAt("2026-06-10T02:00:00Z"));
            images.add(image("b" + i).retainUntil("2026-05-31").storedAt("2026-06-10T02:00:00Z"));
        }
        List<ImageFinding> findings = scene.findings(images);

        assertThat(ofPeriod(findings).count()).isEqualTo(1_200);
        assertThat(ofPeriod(findings.subList(0, 1_000)).positions()).hasSize(1_000);
    }

    @Test
    void anEpisodeShowsItsOwnImagesAlone() {
        List<ImageFinding> findings = scene.findings(
                image("1").retentionDays(10).storedAt(STORED).deletedAt("2026-05-20T00:00:00Z"),
                image("2").retentionDays(40).storedAt(STORED),
                image("3").retentionDays(90).storedAt(STORED));

        assertThat(scene.periodEnded(findings, LATE).episodes())
                .extracting(episode -> episode.evidence().positions().stream()
                        .map(Position::keyHash)
                        .toList())
                .containsExactly(List.of("k-1"), List.of("k-2"));
    }

    @Test
    void aPeriodThatWasChangedIsShownByTheChangeThatFirstSaidIt() {
        List<ImageFinding> findings = scene.findings(image("1")
                .retainUntil("2026-12-31")
                .storedAt(STORED)
                .retainUntil("2026-05-31")
                .storedAt("2026-05-03T02:00:00Z")
                .person("p")
                .storedAt("2026-05-04T02:00:00Z"));

        assertThat(ofPeriod(findings).positions())
                .extracting(Position::logPosition)
                .containsExactly("0/0", "0/1");
    }

    @Test
    void aPurposeThatEndedIsShownByTheRowThatEndedLast() {
        List<ImageFinding> findings = scene.findings(
                List.of(
                        image("1").person("p").storedAt(STORED),
                        image("2").person("p").storedAt(STORED)),
                membership("a").says(STORED, "2026-05-05"),
                membership("b").says(STORED, null).says("2026-05-02T02:00:00Z", "2026-05-31"));

        assertThat(ofPurpose(findings))
                .as("once, although both images and both stages rest on it")
                .extracting(Position::keyHash, Position::logPosition)
                .containsExactly(tuple("k-1", "0/0"), tuple("k-2", "0/0"), tuple("k-b", "0/2"));
    }

    @Test
    void aRowDeletedBeforeItsEndIsShownByItsDeletionAndOneDeletedLaterByWhatItSaid() {
        List<FaceRecordFixture> image = List.of(image("1").person("p").storedAt(STORED));

        assertThat(ofPurpose(scene.findings(
                        image, membership("a").says(STORED, "2026-12-31").deleted("2026-06-02T02:00:00Z"))))
                .extracting(Position::keyHash, Position::logPosition)
                .containsExactly(tuple("k-1", "0/0"), tuple("k-a", "0/2"));
        assertThat(ofPurpose(scene.findings(
                        image, membership("a").says(STORED, "2026-05-31").deleted("2026-06-02T02:00:00Z"))))
                .extracting(Position::keyHash, Position::logPosition)
                .containsExactly(tuple("k-1", "0/0"), tuple("k-a", "0/1"));
    }

    @Test
    void whatIsTakenBackLeavesNothingBehind() {
        List<ImageFinding> findings = scene.findings(
                List.of(
                        image("1").person("p").storedAt(STORED),
                        image("2").person("p").storedAt(STORED)),
                membership("a").says(STORED, "2026-05-05"));
        ImageCounts counts = new ImageCounts();
        List<ImageDelta> told = ImageScene.deltas(List.of(), findings);
        told.forEach(counts::add);
        ImageScene.deltas(findings, findings.subList(2, 4)).forEach(counts::add);
        assertThat(counts.entries())
                .as("the other image still rests on the membership")
                .containsExactlyElementsOf(ImageScene.deltas(List.of(), findings.subList(2, 4)));

        ImageScene.deltas(findings.subList(2, 4), List.of()).forEach(counts::add);
        assertThat(counts.entries()).isEmpty();
    }

    private List<ImageFinding> images(int count) {
        List<FaceRecordFixture> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            images.add(image("i" + i).retentionDays(30).storedAt(STORED));
        }
        return scene.findings(images);
    }

    private Evidence ofPeriod(List<ImageFinding> findings) {
        return scene.periodEnded(findings, LATE).episodes().get(0).evidence();
    }

    private List<Position> ofPurpose(List<ImageFinding> findings) {
        return scene.purposeEnded(findings, LATE).episodes().get(0).evidence().positions();
    }
}
