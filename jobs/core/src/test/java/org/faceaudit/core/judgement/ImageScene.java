package org.faceaudit.core.judgement;

import static org.faceaudit.core.counting.FaceRecordFixture.record;
import static org.faceaudit.core.event.PurposeFixture.purpose;

import java.time.Instant;
import java.util.List;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.counting.FaceRecordFixture;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.Purpose;
import org.faceaudit.core.event.PurposeFixture;
import org.faceaudit.core.images.ImageCounts;
import org.faceaudit.core.images.ImageDelta;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.images.ImageTally;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.RegistryFixture;

/** A gym that keeps images, and what the law makes of it. */
final class ImageScene {

    static final String STORED = "2026-05-01T02:00:00Z";

    private final Registry registry =
            RegistryFixture.law().operator("gym", "某健身公司", "310115").registry();

    static FaceRecordFixture image(String key) {
        return record("gym", "sys", key).image(true);
    }

    /** A membership of person {@code p}. */
    static PurposeFixture membership(String key) {
        return purpose("gym", "sys", key, "p");
    }

    List<ImageFinding> findings(FaceRecordFixture... records) {
        return findings(List.of(records));
    }

    List<ImageFinding> findings(List<FaceRecordFixture> records, PurposeFixture... purposes) {
        List<FaceRecord> built = records.stream().map(FaceRecordFixture::build).toList();
        List<Purpose> rows =
                List.of(purposes).stream().map(PurposeFixture::build).toList();
        return ImageJudgements.findings(built, rows, registry);
    }

    /** What replacing some findings by others changes, with all the changes they rest on. */
    static List<ImageDelta> deltas(List<ImageFinding> before, List<ImageFinding> after) {
        ImageTally tally = new ImageTally();
        for (ImageFinding finding : before) {
            tally.remove(finding, "m1");
            tally.forget(finding);
        }
        for (ImageFinding finding : after) {
            tally.add(finding, "m1");
            tally.tell(finding);
        }
        return tally.take();
    }

    Derivation periodEnded(List<ImageFinding> findings, Instant known) {
        return judge(findings, known).derivations().get(0);
    }

    Derivation purposeEnded(List<ImageFinding> findings, Instant known) {
        return judge(findings, known).derivations().get(1);
    }

    Judged judge(List<ImageFinding> findings, Instant known) {
        ImageCounts counts = new ImageCounts();
        deltas(List.of(), findings).forEach(counts::add);
        return judge(counts, known);
    }

    Judged judge(ImageCounts counts, Instant known) {
        return ImageJudgements.judge("gym", "sys", counts, registry, known);
    }
}
