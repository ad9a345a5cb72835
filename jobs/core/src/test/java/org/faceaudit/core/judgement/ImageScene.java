package org.faceaudit.core.judgement;

import static org.faceaudit.core.counting.FaceRecordFixture.record;
import static org.faceaudit.core.event.PurposeFixture.purpose;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.counting.FaceRecordFixture;
import org.faceaudit.core.event.Consent;
import org.faceaudit.core.event.ConsentFixture;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.Purpose;
import org.faceaudit.core.event.PurposeFixture;
import org.faceaudit.core.images.ImageCounts;
import org.faceaudit.core.images.ImageDelta;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.images.ImageTally;
import org.faceaudit.core.law.RegistryFixture;

/** A gym that keeps images, and what the law makes of it. */
final class ImageScene {

    static final String STORED = "2026-05-01T02:00:00Z";

    final RegistryFixture law = RegistryFixture.law().operator("gym", "某健身公司", "310115");
    private final List<Consent> consents = new ArrayList<>();
    private boolean consentsMapped;

    static FaceRecordFixture image(String key) {
        return record("gym", "sys", key).image(true);
    }

    /** A membership of person {@code p}. */
    static PurposeFixture membership(String key) {
        return purpose("gym", "sys", key, "p");
    }

    /** A consent row of person {@code p}: separate, for the face, on the basis of consent, with no end. */
    static ConsentFixture consent(String key) {
        return ConsentFixture.consent("gym", "sys", key, "p");
    }

    /** The source maps consents, and these are all that it has. */
    ImageScene consents(ConsentFixture... rows) {
        consentsMapped = true;
        consents.clear();
        for (ConsentFixture row : rows) {
            consents.add(row.build());
        }
        return this;
    }

    List<ImageFinding> findings(FaceRecordFixture... records) {
        return findings(List.of(records));
    }

    List<ImageFinding> findings(List<FaceRecordFixture> records, PurposeFixture... purposes) {
        List<FaceRecord> built = records.stream().map(FaceRecordFixture::build).toList();
        List<Purpose> rows =
                List.of(purposes).stream().map(PurposeFixture::build).toList();
        return ImageJudgements.findings(new PersonFacts(built, rows, consents, consentsMapped), law.registry());
    }

    /** What replacing some findings by others changes, with all the changes they rest on. */
    static List<ImageDelta> deltas(List<ImageFinding> before, List<ImageFinding> after) {
        ImageTally tally = new ImageTally();
        tally.remove(before, "m1");
        before.forEach(tally::forget);
        tally.add(after, "m1");
        after.forEach(tally::tell);
        return tally.take();
    }

    Derivation periodEnded(List<ImageFinding> findings, Instant known) {
        return alert(findings, "period-ended", known);
    }

    Derivation purposeEnded(List<ImageFinding> findings, Instant known) {
        return alert(findings, "purpose-ended", known);
    }

    /** The alert of one cause. */
    Derivation alert(List<ImageFinding> findings, String cause, Instant known) {
        return judge(findings, known).derivations().stream()
                .filter(derivation -> derivation.key().subjectId().equals("sys/" + cause))
                .findFirst()
                .orElseThrow();
    }

    /** The alert about children. */
    Derivation children(List<ImageFinding> findings, Instant known) {
        return judge(findings, known).derivations().stream()
                .filter(derivation -> derivation.key().ruleId().equals(MinorWithoutGuardianConsent.RULE_ID))
                .findFirst()
                .orElseThrow();
    }

    Judged judge(List<ImageFinding> findings, Instant known) {
        ImageCounts counts = new ImageCounts();
        deltas(List.of(), findings).forEach(counts::add);
        return judge(counts, known);
    }

    Judged judge(ImageCounts counts, Instant known) {
        return ImageJudgements.judge("gym", "sys", counts, law.registry(), known);
    }
}
