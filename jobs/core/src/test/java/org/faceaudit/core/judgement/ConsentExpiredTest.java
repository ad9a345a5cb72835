package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.faceaudit.core.judgement.ImageScene.STORED;
import static org.faceaudit.core.judgement.ImageScene.consent;
import static org.faceaudit.core.judgement.ImageScene.image;

import java.time.Instant;
import java.util.List;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.DayValue;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

class ConsentExpiredTest {

    private final ImageScene scene = new ImageScene();

    private List<ImageFinding> findings() {
        return scene.findings(image("1").person("p").storedAt(STORED));
    }

    @Test
    void anImageKeptPastThePeriodConsentedToIsAViolationFromTheNextLegalDay() {
        scene.consents(consent("c").expires("2026-06-30").at(STORED));

        assertThat(findings())
                .extracting(ImageFinding::cause, ImageFinding::stage, ImageFinding::dueOn, ImageFinding::from)
                .containsExactly(tuple(
                        "period-ended",
                        Verdict.VIOLATION,
                        LegalDay.of(2026, 6, 30),
                        LegalDay.of(2026, 7, 1).start()));
    }

    @Test
    void aRenewalBeforeOrAfterTheEndMovesTheDueDay() {
        scene.consents(consent("c")
                .expires("2026-06-30")
                .at(STORED)
                .expires("2026-12-31")
                .at("2026-06-20T00:00:00Z"));
        assertThat(findings()).extracting(ImageFinding::dueOn).containsExactly(LegalDay.of(2026, 12, 31));

        scene.consents(
                consent("c").expires("2026-06-30").at(STORED), consent("d").at("2026-07-05T00:00:00Z"));
        assertThat(findings())
                .extracting(ImageFinding::dueOn, ImageFinding::to)
                .containsExactly(tuple(LegalDay.of(2026, 6, 30), Instant.parse("2026-07-05T00:00:00Z")));
    }

    @Test
    void aWithdrawalBeforeTheEndIsAWithdrawalAndOneAfterItChangesNothing() {
        scene.consents(consent("c")
                .expires("2026-06-30")
                .at(STORED)
                .withdrawn("2026-06-20T00:00:00Z")
                .at("2026-06-20T00:00:00Z"));
        assertThat(findings()).extracting(ImageFinding::cause).containsOnly("consent-withdrawn");

        scene.consents(consent("c")
                .expires("2026-06-30")
                .at(STORED)
                .withdrawn("2026-07-20T00:00:00Z")
                .at("2026-07-20T00:00:00Z"));
        assertThat(findings()).extracting(ImageFinding::cause).containsOnly("period-ended");
    }

    @Test
    void aConsentThatBecameSomebodyElsesRestsOnTheChangeThatMadeItSo() {
        scene.consents(consent("c")
                .isOf("q")
                .expires("2026-06-30")
                .at(STORED)
                .isOf("p")
                .at("2026-07-05T00:00:00Z"));
        List<ImageFinding> findings = findings();

        assertThat(findings)
                .extracting(ImageFinding::cause, ImageFinding::from)
                .contains(tuple("period-ended", Instant.parse("2026-07-05T00:00:00Z")));
        assertThat(scene.periodEnded(findings, LegalDay.of(2026, 7, 10).start())
                        .episodes()
                        .get(0)
                        .evidence()
                        .positions())
                .filteredOn(position -> position.table().equals("public.consent"))
                .extracting(Position::committedAt)
                .containsExactly(Instant.parse("2026-07-05T00:00:00Z"));
    }

    @Test
    void whatNeverWasASeparateConsentHasNoPeriod() {
        scene.consents(consent("c")
                .separate(FieldValue.present("false"))
                .expires("2026-06-30")
                .at(STORED));

        assertThat(findings()).extracting(ImageFinding::cause).containsExactly("kept-after-verification");
    }

    @Test
    void whatCannotBeReadAsASeparateConsentAccusesNoMoreThanWhatWasNone() {
        scene.consents(
                consent("c").separate(FieldValue.UNKNOWN).expires("2026-06-30").at(STORED));

        assertThat(findings()).extracting(ImageFinding::stage).doesNotContain(Verdict.VIOLATION);
    }

    @Test
    void anEndThatCannotBeReadIsUnknown() {
        scene.consents(consent("c").expires(DayValue.UNKNOWN).at(STORED));

        assertThat(findings()).isEmpty();
    }
}
