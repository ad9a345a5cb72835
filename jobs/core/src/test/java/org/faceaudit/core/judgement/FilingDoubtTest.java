package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.core.counting.OperatorCountsFixture.counts;
import static org.faceaudit.core.judgement.OperatorScene.at;
import static org.faceaudit.core.judgement.OperatorScene.episodes;
import static org.faceaudit.core.judgement.OperatorScene.only;

import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a filing that came too late is suspected only. */
class FilingDoubtTest {

    private static final String RULE = "filing-overdue";

    private final OperatorScene scene = new OperatorScene();
    /** Reached on 2026-08-21: due 2026-10-09. */
    private final OperatorCounts reached =
            counts("op").add(at("2026-08-21"), 100).build();

    @Test
    void betweenBoundsASuspicionNamesItsOwnReason() {
        OperatorCounts fell = counts("op")
                .addBetween(at("2026-01-05"), at("2026-08-21"), 100)
                .remove(at("2026-10-08"), 1)
                .build();

        Episode overdue = only(scene.judge(fell, "2026-12-01"), RULE);
        assertThat(overdue.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(overdue.dueOn()).isEqualTo(LegalDay.of(2026, 2, 14));
        assertThat(overdue.explanationEn())
                .contains("no valid submission in time", "fell below")
                .doesNotContain("returned");

        scene.law.filing("f1", "op", "2026-02-02", "310115");
        OperatorCounts bounds =
                counts("op").addBetween(at("2026-01-05"), at("2026-08-21"), 100).build();
        overdue = only(scene.judge(bounds, "2026-12-01"), RULE);
        assertThat(overdue.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(overdue.explanationEn()).contains("wrong authority").doesNotContain("returned");

        scene.law.filing("f1", "op", "2026-03-02", "310000", "returned_on", "2026-04-01");
        assertThat(episodes(scene.judge(bounds, "2026-12-01"), RULE, "1"))
                .extracting(Episode::explanationEn)
                .satisfiesExactly(
                        first -> assertThat(first).contains("16 days late", "not certain"),
                        second -> assertThat(second).contains("not again", "returned or withdrawn"));
    }

    @ParameterizedTest
    @CsvSource({
        "330000,            , SUSPECTED",
        "330100,            , VIOLATION",
        "330000, 2026-03-02 , VIOLATION",
        "330000, 2026-08-21 , SUSPECTED"
    })
    void onlyASuccessorThatIsOnFileLeavesADoubt(String authority, String deregisteredOn, Verdict verdict) {
        scene.law
                .row("operator", "op", "id", "op", "name", "某物业公司", "region", "310115", "successor_id", "heir")
                .operator("heir", "承继公司", "330100")
                .filing("h1", "heir", "2026-02-02", authority);
        if (deregisteredOn != null) {
            scene.law.deregistration("h2", "heir", deregisteredOn, "authority", "330000");
        }

        assertThat(only(scene.judge(reached, "2026-12-01"), RULE).verdict()).isEqualTo(verdict);
    }
}
