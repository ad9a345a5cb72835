package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.intake.rows.Logged.again;
import static org.faceaudit.intake.rows.Logged.delete;
import static org.faceaudit.intake.rows.Logged.insert;
import static org.faceaudit.intake.rows.Logged.last;
import static org.faceaudit.intake.rows.Logged.update;

import org.faceaudit.core.event.DayValue;
import org.faceaudit.core.event.DeclaredFiling;
import org.faceaudit.core.event.DeclaredUse;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.intake.Envelopes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclaredRowsTest {

    private static final String MAPPING = """
            mapping:
              tables:
                public.uses:
                  key: [id, branch]
                  facts:
                    - event: technology-use
                      scene: {column: scene, values: {"1": gate}}
                      started-on: {column: begun, type: timestamp}
                      terminated-on: {column: ended}
                  where: {column: demo, equals: "0"}
                public.filings:
                  key: [id]
                  facts:
                    - event: declared-filing
                      kind: {column: kind, values: {first: INITIAL, changed: CHANGE, end: DEREGISTRATION}}
                      submitted-on: {column: submitted}
                      returned-on: {column: returned}
                      accepted-on: {column: accepted}
                      withdrawn-on: {column: withdrawn}
                      authority: {column: authority, values: {浙江: "330000"}}
                      declared-persons: {column: persons}
            """;

    private static final String NOVEMBER_2 = "2026-11-02T00:00:00Z";
    private static final String NOVEMBER_3 = "2026-11-03T00:00:00Z";
    private static final String USE =
            "{'id':1,'branch':'a/b','scene':'1','begun':'2026-01-31T17:00:00Z','ended':%s,'demo':0}";

    private final SourceUnderTest source = new SourceUnderTest(MappingsUnderTest.of(MAPPING));

    @BeforeEach
    void nothingStandsThereAtFirst() {
        source.read(last("uses", USE.formatted("null").replace("'demo':0", "'demo':1")));
    }

    private static String use(String ended) {
        return USE.formatted(ended == null ? "null" : "'" + ended + "'");
    }

    private DeclaredUse use() {
        return source.facts.uses.get("public.uses/1/a%2Fb");
    }

    private DeclaredUse used(String row) {
        source.read(update("uses", row, 200, NOVEMBER_2));
        return use();
    }

    private static String filing(String... others) {
        String row = "{'id':7,'kind':'first','submitted':'2026-10-30','returned':null,'accepted':null,'withdrawn':null,"
                + "'authority':'浙江','persons':120}";
        for (String other : others) {
            String column = other.substring(0, other.indexOf(':'));
            row = row.replaceFirst(column + ":('[^']*'|[a-z0-9]+)", other);
        }
        return row;
    }

    private DeclaredFiling filed(String... others) {
        source.read(insert("filings", filing(others), 200, NOVEMBER_2));
        return source.facts.filings.get("public.filings/7");
    }

    private static DayValue day(String day) {
        return DayValue.present(LegalDay.parse(day));
    }

    @Test
    void aRowIsAUseByTheLegalDaysOfItsZone() {
        assertThat(source.facts.uses).isEmpty();
        DeclaredUse use = used(use("2026-10-31"));

        assertThat(use.present()).isTrue();
        assertThat(use.scene()).isEqualTo(FieldValue.present("gate"));
        assertThat(use.startedOn()).isEqualTo(day("2026-01-31"));
        assertThat(use.terminatedOn()).isEqualTo(day("2026-10-31"));
        RegistryChange row = use.asRow();
        assertThat(row.values())
                .containsEntry("id", "one/public.uses%2F1%2Fa%252Fb")
                .containsEntry("operator_id", "acme")
                .containsEntry("terminated_on", "2026-10-31")
                .doesNotContainKey("end_unknown");
        assertThat(Registry.unreadable(row)).isEmpty();
        assertThat(source.facts.unreadable).isEmpty();
    }

    @Test
    void whatIsEmptyWhatCannotBeReadAndWhatIsUnchangedAreThreeThings() {
        assertThat(used(use(null)).terminatedOn()).isEqualTo(DayValue.ABSENT);

        source.read(update("uses", use("soon"), 300, NOVEMBER_3));
        assertThat(use().terminatedOn()).isEqualTo(DayValue.UNKNOWN);
        assertThat(use().asRow().values()).containsKey("end_unknown").doesNotContainKey("terminated_on");
        assertThat(source.facts.unreadable).hasSize(1).first().asString().startsWith("ended: ");

        source.read(update("uses", use("2026-11-03"), 400, NOVEMBER_3));
        source.read(update("uses", use("__debezium_unavailable_value"), 500, NOVEMBER_3));
        assertThat(use().terminatedOn()).isEqualTo(day("2026-11-03"));
    }

    @Test
    void whatEndedBeforeItBeganEndedOnNoKnownDay() {
        DeclaredUse use = used(use("2026-01-30"));

        assertThat(use.terminatedOn()).isEqualTo(DayValue.UNKNOWN);
        assertThat(Registry.unreadable(use.asRow())).isEmpty();
        assertThat(source.facts.unreadable).containsExactly("ended: ended-before-begun");
    }

    @Test
    void aPlannedEndIsOne() {
        assertThat(used(use("2027-01-31")).terminatedOn()).isEqualTo(day("2027-01-31"));
    }

    @Test
    void whatIsFilteredAwayOrDeletedIsNoUseAnyMore() {
        used(use(null));
        source.read(update("uses", use(null).replace("'demo':0", "'demo':1"), 300, NOVEMBER_3));
        assertThat(use().present()).isFalse();

        source.read(update("uses", use(null), 400, NOVEMBER_3));
        assertThat(use().present()).isTrue();
        source.read(delete("uses", "{'id':1,'branch':'a/b'}", 500, NOVEMBER_3));
        assertThat(use().present()).isFalse();
        assertThat(use().asRow().present()).isFalse();
    }

    @Test
    void truncateAndASnapshotThatDoesNotFindTheRowEndIt() {
        used(use(null));
        source.read(Envelopes.record(Logged.TOPIC, "t", "public.uses", null, null)
                .at(NOVEMBER_3)
                .lsn(300)
                .tx(300));
        assertThat(use().present()).isFalse();

        filed();
        source.read(again("uses", use(null), 900, "2026-11-05T00:00:00Z").snapshot("last"));
        assertThat(use().present()).isTrue();
        assertThat(source.facts.filings.get("public.filings/7").present()).isFalse();
    }

    @Test
    void theSameAgainIsNoNews() {
        used(use(null));
        int calls = source.facts.calls;
        used(use(null));
        source.read(again("uses", use(null), 900, "2026-11-05T00:00:00Z").snapshot("last"));

        assertThat(source.facts.calls).isEqualTo(calls);
    }

    @Test
    void aRowIsAFiling() {
        DeclaredFiling filing = filed("'accepted':'2026-10-31'");

        assertThat(filing.kind()).isEqualTo(FieldValue.present("INITIAL"));
        assertThat(filing.submittedOn()).isEqualTo(day("2026-10-30"));
        assertThat(filing.acceptedOn()).isEqualTo(day("2026-10-31"));
        assertThat(filing.returnedOn()).isEqualTo(DayValue.ABSENT);
        assertThat(filing.authority()).isEqualTo(FieldValue.present("330000"));
        assertThat(filing.declaredPersons()).isEqualTo(FieldValue.present("120"));
        assertThat(filing.asRow().present()).isTrue();
        assertThat(filing.asRow().values()).containsEntry("id", "one/public.filings%2F7");
        assertThat(Registry.of(java.util.List.of(filing.asRow())).declaredFilings("acme"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    'kind':'other'             | kind: unmapped-word          | false
                    'kind':null                | kind: unmapped-word          | false
                    'submitted':'2026-11-03'   | submitted: future-submission | false
                    'withdrawn':'2026-10-29'   | withdrawn: before-submission | false
                    'returned':'2026-10-29'    | returned: before-submission  | false
                    'accepted':'2026-10-29'    | accepted: before-submission  | true
                    'persons':-1               | persons: absurd-count        | true
                    'persons':'12.5'           | persons: absurd-count        | true
                    'authority':'somebody'     | authority: unmapped-word     | true
                    """, quoteCharacter = '"')
    void whatCannotHaveBeenIsSaidAndMakesNoDate(String odd, String complaint, boolean says) {
        DeclaredFiling filing = filed(odd);

        assertThat(source.facts.unreadable).containsExactly(complaint);
        assertThat(filing.saysSubmitted()).isEqualTo(says);
        assertThat(filing.asRow().present()).isEqualTo(says);
        assertThat(Registry.unreadable(filing.asRow())).isEmpty();
        assertThat(source.rejects).isEmpty();
    }

    @Test
    void theDayOfTheCommitIsNotInTheFutureAndWhoWritesTheRowOverSaysItAnew() {
        assertThat(filed("'submitted':'2026-11-02'").saysSubmitted()).isTrue();

        source.read(update("filings", filing("'submitted':'2026-11-03'"), 300, NOVEMBER_2));
        assertThat(source.facts.filings.get("public.filings/7").saysSubmitted()).isFalse();
        source.read(update("filings", filing("'submitted':'2026-11-03'"), 400, NOVEMBER_3));
        assertThat(source.facts.filings.get("public.filings/7").saysSubmitted()).isTrue();
    }

    @Test
    void aDraftIsNoFiling() {
        DeclaredFiling draft = filed("'submitted':null");

        assertThat(draft.submittedOn().state()).isEqualTo(FieldState.ABSENT);
        assertThat(draft.asRow().present()).isFalse();
        assertThat(source.facts.unreadable).isEmpty();
    }
}
