package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.intake.rows.Logged.SNAPSHOT;
import static org.faceaudit.intake.rows.Logged.delete;
import static org.faceaudit.intake.rows.Logged.digest;
import static org.faceaudit.intake.rows.Logged.insert;
import static org.faceaudit.intake.rows.Logged.last;
import static org.faceaudit.intake.rows.Logged.member;
import static org.faceaudit.intake.rows.Logged.row;
import static org.faceaudit.intake.rows.Logged.update;

import java.time.Instant;
import java.util.List;
import org.faceaudit.core.event.ConsentVersion;
import org.faceaudit.core.event.DayValue;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.core.event.TimeValue;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

class ConsentsTest {

    private static final String MAPPING = """
            mapping:
              tables:
                public.consent:
                  key: [id]
                  facts:
                    - event: consent
                      person: {identifies: member-no, column: member_no, via: [member_id -> public.member.id], normalise: [trim, upper]}
                      separate: {column: separate}
                      scope: {column: purpose, values: {entrance: FACE, terms: BUNDLED, ads: OTHER}}
                      legal-basis: {column: basis, values: {agreed: CONSENT, membership: CONTRACT}}
                      given-at: {column: given_at, type: timestamptz}
                      withdrawn-at: {column: withdrawn_at, type: timestamptz}
                      withdrawn: {column: status, in: [withdrawn, revoked]}
                      expires-on: {column: expires_on, type: date}
                      guardian: {column: guardian}
                      birth: {column: birth_on, via: [member_id -> public.member.id], type: date}
            """;

    private static final String NOVEMBER_2 = "2026-11-02T00:00:00Z";
    private static final String NOVEMBER_3 = "2026-11-03T00:00:00Z";

    private final SourceUnderTest source = new SourceUnderTest(MappingsUnderTest.of(MAPPING));

    /** Row 1 of member 1: everything in order, but for the columns given. */
    private static String consent(String... others) {
        String row = "{'id':1,'member_id':1,'separate':true,'purpose':'entrance','basis':'agreed',"
                + "'given_at':'2026-03-01T02:00:00Z','withdrawn_at':null,'status':'given','expires_on':null,"
                + "'guardian':false}";
        for (String other : others) {
            String column = other.substring(0, other.indexOf(':'));
            row = row.replaceFirst(column + ":('[^']*'|[a-z]+)", other);
        }
        return row;
    }

    private static String born(String day) {
        return "{'id':1,'member_no':'" + member(1) + "','birth_on':" + (day == null ? "null" : "'" + day + "'") + "}";
    }

    private List<ConsentVersion> versions() {
        return source.facts.consents.get("public.consent/1").versions();
    }

    private ConsentVersion newest() {
        return versions().get(versions().size() - 1);
    }

    private ConsentVersion found(String row) {
        source.read(row("member", born("2015-05-05")));
        source.read(last("consent", row));
        return newest();
    }

    @Test
    void aRowIsAConsentFromTheDayItWasGivenIfASnapshotFindsIt() {
        ConsentVersion version = found(consent());

        assertThat(version.from()).isEqualTo(TimeBounds.declared(Instant.parse("2026-03-01T02:00:00Z")));
        assertThat(version.present()).isTrue();
        assertThat(version.person().digest()).isEqualTo(digest(1));
        assertThat(version.given()).isEqualTo(FieldState.PRESENT);
        assertThat(version.separate()).isEqualTo(FieldValue.present("true"));
        assertThat(version.scope()).isEqualTo(FieldValue.present("FACE"));
        assertThat(version.legalBasis()).isEqualTo(FieldValue.present("CONSENT"));
        assertThat(version.guardian()).isEqualTo(FieldValue.present("false"));
        assertThat(version.withdrawnAt()).isEqualTo(TimeValue.ABSENT);
        assertThat(version.expiresOn()).isEqualTo(DayValue.ABSENT);
        assertThat(version.bornOn()).isEqualTo(DayValue.present(LegalDay.of(2015, 5, 5)));
    }

    @Test
    void aZeroTimeIsNoTime() {
        ConsentVersion version = found(consent(
                "'given_at':'1970-01-01T00:00:00.000000Z'",
                "'withdrawn_at':'1970-01-01T00:00:00.000000Z'",
                "'expires_on':'1970-01-01'"));

        assertThat(version.given()).isEqualTo(FieldState.ABSENT);
        assertThat(version.withdrawnAt()).isEqualTo(TimeValue.ABSENT);
        assertThat(version.expiresOn()).isEqualTo(DayValue.ABSENT);
    }

    @Test
    void whoWasBornAtTheEpochWasBorn() {
        source.read(row("member", born("1970-01-01")));
        source.read(last("consent", consent()));

        assertThat(newest().bornOn()).isEqualTo(DayValue.present(LegalDay.of(1970, 1, 1)));
    }

    @Test
    void aConsentThatTheLogBringsHoldsFromItsCommit() {
        source.read(last("member", born(null)));
        source.read(insert("consent", consent(), 200, NOVEMBER_2));

        assertThat(newest().from()).isEqualTo(TimeBounds.committed(Instant.parse(NOVEMBER_2)));
    }

    @Test
    void aWithdrawalOfTomorrowCameToPassWhenItWasToldAndNotWithWhatTheRowSaysLater() {
        source.read(last("member", born(null)));
        source.read(insert("consent", consent("'withdrawn_at':'2026-12-01T00:00:00Z'"), 200, NOVEMBER_2));
        source.read(update(
                "consent",
                consent("'withdrawn_at':'2026-12-01T00:00:00Z'", "'expires_on':'2026-12-31'"),
                300,
                NOVEMBER_3));

        assertThat(versions())
                .extracting(ConsentVersion::withdrawnAt)
                .containsExactly(
                        TimeValue.present(Instant.parse(NOVEMBER_2)), TimeValue.present(Instant.parse(NOVEMBER_2)));
    }

    @Test
    void aWithdrawalBeforeTheGivingThatTheSameRowStatesIsOneOfAnEarlierConsent() {
        assertThat(found(consent("'withdrawn_at':'2026-02-01T00:00:00Z'")).withdrawnAt())
                .isEqualTo(TimeValue.ABSENT);

        source.read(update("consent", consent("'withdrawn_at':'2026-03-01T02:00:00Z'"), 300, NOVEMBER_2));
        assertThat(newest().withdrawnAt())
                .as("at the same instant")
                .isEqualTo(TimeValue.present(Instant.parse("2026-03-01T02:00:00Z")));
    }

    @Test
    void whatIsEmptyIsAbsentAndNotUnknown() {
        ConsentVersion version = found(consent(
                "'separate':null",
                "'purpose':null",
                "'basis':null",
                "'given_at':null",
                "'status':null",
                "'guardian':null"));

        assertThat(version.separate()).isEqualTo(FieldValue.ABSENT);
        assertThat(version.scope()).isEqualTo(FieldValue.ABSENT);
        assertThat(version.legalBasis()).isEqualTo(FieldValue.ABSENT);
        assertThat(version.guardian()).isEqualTo(FieldValue.ABSENT);
        assertThat(version.given()).isEqualTo(FieldState.ABSENT);
        assertThat(version.withdrawnAt()).isEqualTo(TimeValue.ABSENT);
        assertThat(source.facts.unreadable).isEmpty();
    }

    @Test
    void whatCannotBeReadIsUnknownAndCounted() {
        ConsentVersion version = found(consent(
                "'separate':'perhaps'",
                "'purpose':'raffle'",
                "'basis':'because'",
                "'given_at':'infinity'",
                "'withdrawn_at':'soon'",
                "'expires_on':'9999-12-31'",
                "'guardian':'mother'"));

        assertThat(version.separate()).isEqualTo(FieldValue.UNKNOWN);
        assertThat(version.scope()).isEqualTo(FieldValue.UNKNOWN);
        assertThat(version.legalBasis()).isEqualTo(FieldValue.UNKNOWN);
        assertThat(version.given()).isEqualTo(FieldState.UNKNOWN);
        assertThat(version.withdrawnAt()).isEqualTo(TimeValue.UNKNOWN);
        assertThat(version.expiresOn()).isEqualTo(DayValue.UNKNOWN);
        assertThat(version.guardian()).isEqualTo(FieldValue.UNKNOWN);
        assertThat(source.facts.unreadable)
                .containsExactlyInAnyOrder(
                        "separate: unreadable-flag",
                        "purpose: unmapped-word",
                        "basis: unmapped-word",
                        "given_at: unreadable-time",
                        "withdrawn_at: unreadable-time",
                        "expires_on: unreadable-time",
                        "guardian: unreadable-flag");
    }

    @Test
    void aWithdrawalIsAColumnAStatusOrBoth() {
        found(consent());
        source.read(update("consent", consent("'withdrawn_at':'2026-11-01T16:30:00Z'"), 200, NOVEMBER_2));
        assertThat(newest().withdrawnAt()).isEqualTo(TimeValue.present(Instant.parse("2026-11-01T16:30:00Z")));

        source.read(update("consent", consent(), 201, NOVEMBER_3));
        assertThat(newest().withdrawnAt()).as("given again in the same row").isEqualTo(TimeValue.ABSENT);

        source.read(update("consent", consent("'status':'revoked'"), 202, "2026-11-04T00:00:00Z"));
        source.read(update("consent", consent("'status':'revoked'", "'guardian':null"), 203, "2026-11-05T00:00:00Z"));
        assertThat(newest().withdrawnAt())
                .as("a status counts from the change that told it")
                .isEqualTo(TimeValue.present(Instant.parse("2026-11-04T00:00:00Z")));
        assertThat(newest().guardian()).isEqualTo(FieldValue.ABSENT);
    }

    @Test
    void aSnapshotThatFindsAWithdrawnStatusKnowsItSinceTheSnapshot() {
        assertThat(found(consent("'status':'withdrawn'")).withdrawnAt())
                .isEqualTo(TimeValue.present(Instant.parse(SNAPSHOT)));
    }

    @Test
    void aWithdrawalThatLiesAheadHasComeToPassAndIsCounted() {
        found(consent());
        source.read(update("consent", consent("'withdrawn_at':'2027-11-01T00:00:00Z'"), 200, NOVEMBER_2));

        assertThat(newest().withdrawnAt()).isEqualTo(TimeValue.present(Instant.parse(NOVEMBER_2)));
        assertThat(source.facts.unreadable).containsExactly("withdrawn_at: future-time");
    }

    @Test
    void aWithdrawalBeforeTheGivingOfTheSameRowIsOneOfAnEarlierConsentAndIsCounted() {
        found(consent("'given_at':'2026-10-30T02:00:00Z'", "'withdrawn_at':'2026-10-30T01:59:59Z'"));
        assertThat(newest().withdrawnAt()).isEqualTo(TimeValue.ABSENT);
        assertThat(source.facts.unreadable).containsExactly("withdrawn_at: withdrawn-before-given");

        source.read(update(
                "consent",
                consent("'given_at':'2026-10-30T02:00:00Z'", "'withdrawn_at':'2026-10-30T02:00:00Z'"),
                200,
                NOVEMBER_2));
        assertThat(newest().withdrawnAt())
                .as("withdrawn in the instant of giving")
                .isEqualTo(TimeValue.present(Instant.parse("2026-10-30T02:00:00Z")));

        source.read(update(
                "consent",
                consent(
                        "'given_at':'2026-10-30T02:00:00Z'",
                        "'withdrawn_at':'2026-10-29T00:00:00Z'",
                        "'status':'revoked'"),
                201,
                NOVEMBER_3));
        assertThat(newest().withdrawnAt())
                .as("a status says that it is withdrawn now")
                .isEqualTo(TimeValue.present(Instant.parse("2026-10-30T02:00:00Z")));
    }

    @Test
    void whereOnlyTheDayOfAWithdrawalIsToldTheDayOfTheGivingIsNotBeforeIt() {
        SourceUnderTest days = new SourceUnderTest(
                MappingsUnderTest.of(MAPPING.replace("withdrawn_at, type: timestamptz", "withdrawn_at, type: date")));
        days.read(row("member", born("2015-05-05")));
        days.read(last("consent", consent("'withdrawn_at':'2026-03-01'")));

        assertThat(days.facts
                        .consents
                        .get("public.consent/1")
                        .versions()
                        .get(0)
                        .withdrawnAt()
                        .state())
                .isEqualTo(FieldState.PRESENT);

        days.read(update("consent", consent("'withdrawn_at':'2026-02-28'"), 200, NOVEMBER_2));
        assertThat(days.facts.consents.get("public.consent/1").versions().get(1).withdrawnAt())
                .isEqualTo(TimeValue.ABSENT);
    }

    @Test
    void aDeletedRowIsAConsentDocumentedNoLonger() {
        found(consent());
        source.read(delete("consent", "{'id':1}", 200, NOVEMBER_2));

        assertThat(versions()).extracting(ConsentVersion::present).containsExactly(true, false);
        assertThat(newest().withdrawnAt()).isEqualTo(TimeValue.ABSENT);
    }

    @Test
    void aBirthMayBeOlderThanTheEpochButNotAbsurd() {
        assertThat(bornOn("1949-10-01")).isEqualTo(DayValue.present(LegalDay.of(1949, 10, 1)));
        assertThat(bornOn(null)).isEqualTo(DayValue.ABSENT);
        assertThat(bornOn("1899-12-31")).isEqualTo(DayValue.UNKNOWN);
        assertThat(bornOn("2026-11-02")).as("born after the row was read").isEqualTo(DayValue.UNKNOWN);
        assertThat(bornOn("2026-11-01")).isEqualTo(DayValue.present(LegalDay.of(2026, 11, 1)));
        assertThat(bornOn("0001-01-01 BC")).isEqualTo(DayValue.UNKNOWN);
    }

    private static DayValue bornOn(String day) {
        SourceUnderTest source = new SourceUnderTest(MappingsUnderTest.of(MAPPING));
        source.read(row("member", born(day)));
        source.read(last("consent", consent()));
        boolean absurd = source.facts.unreadable.contains("birth_on: absurd-birth");
        DayValue bornOn =
                source.facts.consents.get("public.consent/1").versions().get(0).bornOn();
        assertThat(absurd).isEqualTo(bornOn.state() == FieldState.UNKNOWN);
        return bornOn;
    }

    @Test
    void aBirthThatIsCorrectedLaterIsANewVersion() {
        found(consent());
        source.read(update("member", born("2012-05-05"), 200, NOVEMBER_2));

        assertThat(versions())
                .extracting(version -> version.bornOn().day().toString())
                .containsExactly("2015-05-05", "2012-05-05");
    }

    @Test
    void whatIsNotMappedIsSaidOnce() {
        SourceUnderTest plain = new SourceUnderTest(MappingsUnderTest.of("""
                mapping:
                  tables:
                    public.consent:
                      key: [id]
                      facts:
                        - event: consent
                          person: {identifies: member-no, column: member_no, normalise: [trim, upper]}
                          separate: {constant: true}
                """));
        plain.read(last("consent", "{'id':1,'member_no':'" + member(1) + "'}"));

        ConsentVersion version =
                plain.facts.consents.get("public.consent/1").versions().get(0);
        assertThat(version.given()).isEqualTo(FieldState.PRESENT);
        assertThat(version.separate()).isEqualTo(FieldValue.present("true"));
        assertThat(version.scope()).isEqualTo(FieldValue.present("FACE"));
        assertThat(version.legalBasis()).isEqualTo(FieldValue.ABSENT);
        assertThat(version.guardian()).as("nobody said that there is none").isEqualTo(FieldValue.UNKNOWN);
        assertThat(version.bornOn()).isEqualTo(DayValue.ABSENT);
    }
}
