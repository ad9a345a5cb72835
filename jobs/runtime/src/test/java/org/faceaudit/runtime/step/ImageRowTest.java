package org.faceaudit.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.runtime.sink.AuditJson;
import org.junit.jupiter.api.Test;

class ImageRowTest {

    private static final LegalDay STORED = LegalDay.of(2026, 5, 1);
    private static final LegalDay DUE = LegalDay.of(2026, 5, 31);
    private static final Instant FROM = DUE.plusDays(1).start();
    private static final Instant LATER = FROM.plusSeconds(100);

    private static ImageFinding finding(
            String record, String person, Verdict stage, Instant from, Instant to, boolean cleared) {
        return new ImageFinding(
                "op",
                "sys",
                record,
                "period-ended",
                stage,
                person,
                STORED,
                STORED,
                DUE,
                from,
                to,
                cleared,
                null,
                false,
                List.of());
    }

    private static Map<String, ImageRow> standing(Instant known, ImageFinding... findings) {
        return ImageRow.standing(List.of(findings), known);
    }

    @Test
    void theTextIsThatOfAnyOtherRow() {
        for (String odd : List.of("public.face/1", "a\"b\\c", "图像/é", "tab\tline\nend\u0001\u007f")) {
            for (String person : new String[] {null, odd}) {
                for (Instant cleared : new Instant[] {null, LATER}) {
                    ImageFinding finding = finding(odd, person, Verdict.VIOLATION, FROM, null, false);
                    assertThat(AuditJson.imageFinding(finding, cleared, 7, 9))
                            .isEqualTo(AuditJson.imageFinding(finding, cleared).row(7, 9));
                }
            }
        }
    }

    @Test
    void theNewestStretchThatHasBegunIsTheRow() {
        ImageFinding warned = finding("1", "p", Verdict.WARNING, FROM, LATER, false);
        ImageFinding late = finding("1", "p", Verdict.VIOLATION, LATER, null, false);

        assertThat(standing(null, warned, late)).isEmpty();
        assertThat(standing(FROM.minusSeconds(1), warned, late)).isEmpty();
        assertThat(standing(FROM, warned, late).values()).containsExactly(new ImageRow(warned, null));
        assertThat(standing(LATER, late, warned).values()).containsExactly(new ImageRow(late, null));
    }

    @Test
    void anImageThatWasDeletedStaysARowAndOneThatCountsNoLongerDoesNot() {
        ImageFinding deleted = finding("1", "p", Verdict.VIOLATION, FROM, LATER, true);
        ImageFinding renewed = finding("2", "p", Verdict.VIOLATION, FROM, LATER, false);

        assertThat(standing(LATER.minusNanos(1), deleted, renewed).values())
                .containsExactly(new ImageRow(deleted, null), new ImageRow(renewed, null));
        assertThat(standing(LATER, deleted, renewed).values()).containsExactly(new ImageRow(deleted, LATER));
        assertThat(standing(LATER, renewed)).isEmpty();
    }

    @Test
    void whatReadersDoNotSeeIsNoNews() {
        ImageRow row = new ImageRow(finding("1", "p", Verdict.VIOLATION, FROM, null, false), null);

        assertThat(row.saysTheSameAs(new ImageRow(finding("1", "p", Verdict.VIOLATION, LATER, LATER, true), null)))
                .isTrue();
        assertThat(row.saysTheSameAs(new ImageRow(finding("1", "q", Verdict.VIOLATION, FROM, null, false), null)))
                .isFalse();
        assertThat(row.saysTheSameAs(new ImageRow(finding("1", "p", Verdict.SUSPECTED, FROM, null, false), null)))
                .isFalse();
        assertThat(row.saysTheSameAs(new ImageRow(row.finding(), LATER))).isFalse();
    }
}
