package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.core.counting.OperatorCountsFixture.counts;
import static org.faceaudit.core.judgement.DeclaredScene.day;
import static org.faceaudit.core.judgement.DeclaredScene.filingId;
import static org.faceaudit.core.judgement.DeclaredScene.useId;
import static org.faceaudit.core.judgement.OperatorScene.at;
import static org.faceaudit.core.judgement.OperatorScene.clock;
import static org.faceaudit.core.judgement.OperatorScene.episodes;
import static org.faceaudit.core.judgement.OperatorScene.none;
import static org.faceaudit.core.judgement.OperatorScene.only;

import java.util.Optional;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.event.DayValue;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator's own database says of its uses and filings, beside the registry. */
class OwnRecordsTest {

    private static final String FILING = "filing-overdue";
    private static final String CHANGE = "change-filing-overdue";
    private static final String DEREGISTRATION = "deregistration-overdue";
    private static final String COUNT = "declared-count-mismatch";

    private final OperatorScene scene = new OperatorScene();
    private final DeclaredScene books = new DeclaredScene(scene.law);
    /** Reached on 2026-08-21: due 2026-10-09. */
    private final OperatorCounts reached =
            counts("op").add(at("2026-08-21"), 100).build();

    private final OperatorCounts early = counts("op").add(at("2026-01-05"), 100).build();

    private Judged judged() {
        return scene.judge(reached, "2026-12-01");
    }

    @Test
    void theLastDayOfTheOperatorsOwnWordIsInTimeAndTheDayAfterIsNot() {
        books.filing("1", "INITIAL", "2026-10-09");
        Episode suspected = only(judged(), FILING);
        assertThat(suspected.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(suspected.status()).isEqualTo(Status.OPEN);
        assertThat(suspected.severity()).isEqualTo(3);
        assertThat(suspected.dueOn()).isEqualTo(LegalDay.of(2026, 10, 9));
        assertThat(suspected.explanationZh()).contains("自身记录称其已于2026-10-09向330000提交", "登记中未见该提交");
        assertThat(suspected.explanationEn())
                .contains("own records say it filed on 2026-10-09 with 330000", "the register knows of no such filing");
        assertThat(suspected.evidence().positions()).contains(DeclaredScene.position("public.filings"));
        assertThat(clock(judged(), "FILING").state()).isEqualTo(ClockStanding.OVERDUE);
        assertThat(clock(judged(), "FILING").filedOn()).isNull();

        books.filing("1", "INITIAL", "2026-10-10");
        assertThat(only(judged(), FILING).verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    CHANGE         | 2026-09-01 |            |
                    DEREGISTRATION | 2026-09-01 |            |
                                   | 2026-09-01 |            |
                    INITIAL        |            |            |
                    INITIAL        | 2026-09-01 | 2026-09-05 |
                    INITIAL        | 2026-09-01 |            | 2026-09-05
                    INITIAL        | 2026-09-01 | ?          |
                    INITIAL        | 2026-09-01 |            | ?
                    """)
    void whatWasReturnedWithdrawnOrCannotBeReadIsNoWordInItsFavour(
            String kind, String submitted, String returned, String withdrawn) {
        books.filing("1", kind, submitted, said(returned), said(withdrawn), null);

        assertThat(only(judged(), FILING).verdict()).isEqualTo(Verdict.VIOLATION);
    }

    private static DayValue said(String day) {
        return "?".equals(day) ? DayValue.UNKNOWN : day(day);
    }

    @Test
    void aReturnThatIsAnnouncedCountsFromItsDay() {
        books.filing("1", "INITIAL", "2026-09-01", day("2026-12-10"), DayValue.ABSENT, null);

        assertThat(only(judged(), FILING).verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(judged().wakeAt()).isEqualTo(LegalDay.of(2026, 12, 10).start());
        assertThat(only(scene.judge(reached, "2026-12-10"), FILING).verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void theRegisterHasTheLastWord() {
        books.filing("1", "INITIAL", "2026-09-01");
        scene.law.filing("f1", "op", "2026-10-19", "310000");
        Episode late = only(judged(), FILING);
        assertThat(late.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(late.status()).isEqualTo(Status.RESOLVED);
        assertThat(clock(judged(), "FILING").state()).isEqualTo(ClockStanding.MET_LATE);

        // Of the same day the register says that it was withdrawn, of another it says nothing.
        scene.law.filing("f1", "op", "2026-09-01", "310000", "withdrawn_on", "2026-09-03");
        assertThat(only(judged(), FILING).verdict()).isEqualTo(Verdict.VIOLATION);
        books.filing("1", "INITIAL", "2026-09-02");
        assertThat(only(judged(), FILING).verdict()).isEqualTo(Verdict.SUSPECTED);
    }

    @Test
    void itMeetsNoDuty() {
        books.filing("1", "INITIAL", "2026-09-01");

        Judged before = scene.judge(reached, "2026-10-08");
        assertThat(none(before, "filing-due-soon")).isFalse();
        assertThat(clock(before, "FILING").state()).isEqualTo(ClockStanding.RUNNING);
    }

    @Test
    void aChangeThatItSaysItFiledIsSuspected() {
        scene.law
                .filing("f1", "op", "2026-02-02", "310000", "accepted_on", "2026-02-10")
                .change("c1", "op", "purpose", "2026-08-21");
        assertThat(only(scene.judge(early, "2026-12-01"), CHANGE).verdict()).isEqualTo(Verdict.VIOLATION);

        books.filing("1", "CHANGE", "2026-10-09");
        Episode suspected = only(scene.judge(early, "2026-12-01"), CHANGE);
        assertThat(suspected.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(suspected.explanationEn()).contains("own records say it filed on 2026-10-09");
        assertThat(suspected.evidence().positions()).contains(DeclaredScene.position("public.filings"));

        books.filing("1", "CHANGE", "2026-08-20");
        assertThat(only(scene.judge(early, "2026-12-01"), CHANGE).verdict()).isEqualTo(Verdict.VIOLATION);
    }

    @Test
    void aDeregistrationThatItSaysItFiledIsSuspected() {
        scene.law
                .filing("f1", "op", "2026-02-02", "310000", "accepted_on", "2026-02-10")
                .use("gate", "op", "2026-01-01", "2026-08-21");
        books.filing("1", "CHANGE", "2026-09-01");
        assertThat(only(scene.judge(early, "2026-12-01"), DEREGISTRATION).verdict())
                .isEqualTo(Verdict.VIOLATION);

        books.filing("1", "DEREGISTRATION", "2026-10-09");
        assertThat(only(scene.judge(early, "2026-12-01"), DEREGISTRATION).verdict())
                .isEqualTo(Verdict.SUSPECTED);
        assertThat(clock(scene.judge(early, "2026-12-01"), "DEREGISTRATION").state())
                .isEqualTo(ClockStanding.OVERDUE);
    }

    @Test
    void aUseOfItsOwnEndsWithTheOthersOrKeepsThemFromBeingAll() {
        scene.law
                .filing("f1", "op", "2026-02-02", "310000", "accepted_on", "2026-02-10")
                .use("gate", "op", "2026-01-01", "2026-03-31");
        books.use("1", "2026-08-21");
        Judged ended = scene.judge(early, "2026-12-01");
        assertThat(episodes(ended, DEREGISTRATION, useId("1"))).hasSize(1);
        assertThat(only(ended, DEREGISTRATION).verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(only(ended, DEREGISTRATION).dueOn()).isEqualTo(LegalDay.of(2026, 10, 9));
        // The gate ended while the other went on: a change of its own.
        assertThat(episodes(ended, CHANGE, "gate")).hasSize(1);

        books.use("1", (String) null);
        Judged goesOn = scene.judge(early, "2026-12-01");
        assertThat(none(goesOn, DEREGISTRATION)).isTrue();
        assertThat(episodes(goesOn, CHANGE, "gate")).hasSize(1);
    }

    @Test
    void anEndThatNobodyCanReadNeitherEndsNorAccuses() {
        scene.law
                .filing("f1", "op", "2026-02-02", "310000", "accepted_on", "2026-02-10")
                .use("gate", "op", "2026-01-01", "2026-03-31");
        books.use("1", DayValue.UNKNOWN);

        Judged judged = scene.judge(early, "2026-12-01");
        assertThat(none(judged, DEREGISTRATION)).isTrue();
        assertThat(none(judged, CHANGE)).isTrue();
        assertThat(OperatorJudgements.faceAttemptsFrom("op", scene.law.registry()))
                .isNull();
    }

    @Test
    void aNumberOfItsOwnWordIsComparedUnlessTheRegisterHasThatFiling() {
        books.filing("1", "INITIAL", "2026-09-01", DayValue.ABSENT, DayValue.ABSENT, "50");
        Episode mismatch = only(judged(), COUNT);
        assertThat(episodes(judged(), COUNT, filingId("1"))).hasSize(1);
        assertThat(mismatch.verdict()).isEqualTo(Verdict.SUSPECTED);
        assertThat(mismatch.threshold()).isEqualByComparingTo("100");
        assertThat(mismatch.explanationEn()).contains("by its own records");

        scene.law.filing("f1", "op", "2026-09-01", "310000", "declared_persons", "100");
        assertThat(none(judged(), COUNT)).isTrue();
    }

    @Test
    void itsOwnWordCorrectsItsOwnNumberAndNoneOfTheRegisters() {
        books.filing("1", "INITIAL", "2026-09-01", DayValue.ABSENT, DayValue.ABSENT, "95");
        books.filing("2", "CHANGE", "2026-09-03", DayValue.ABSENT, DayValue.ABSENT, "94");
        books.filing("3", "CHANGE", "2026-09-05", DayValue.ABSENT, DayValue.ABSENT, "100");
        Episode own = only(judged(), COUNT);
        assertThat(own.occurredOn()).isEqualTo(LegalDay.of(2026, 9, 3));
        assertThat(own.resolvedAt()).isEqualTo(LegalDay.of(2026, 9, 5).start());

        scene.law.filing("f1", "op", "2026-09-02", "310000", "declared_persons", "50");
        assertThat(episodes(judged(), COUNT, "f1"))
                .singleElement()
                .satisfies(registered -> assertThat(registered.resolvedAt()).isNull());
    }

    @Test
    void whatTheOperatorSaysIsNoneOfTheRegistersFilings() {
        books.filing("1", "INITIAL", "2026-09-01").use("1", "2026-09-02");
        Registry registry = scene.law.registry();

        assertThat(registry.filings("op")).isEmpty();
        assertThat(registry.declaredFilings("other")).isEmpty();
        assertThat(registry.declaredFilings("op"))
                .singleElement()
                .satisfies(filing -> assertThat(filing.id()).isEqualTo(filingId("1")));
        assertThat(registry.technologyUses("op"))
                .singleElement()
                .satisfies(use -> assertThat(use.terminatedOn()).isEqualTo(LegalDay.of(2026, 9, 2)));
        assertThat(ImageJudgements.concerned(scene.law.rows().stream()
                        .filter(row -> row.table().equals("declared_use"))
                        .findFirst()
                        .orElseThrow()))
                .isEqualTo(Optional.of("op"));
    }
}
