package org.faceaudit.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every test runs in a transaction that is rolled back. */
class RegistryTest {

    private Connection registrar;

    @BeforeEach
    void begin() throws SQLException {
        registrar = AuditServer.started().as("registrar");
        registrar.setAutoCommit(false);
        AuditServer.run(registrar, "INSERT INTO registry.operator (id, name, region) VALUES ('gym', '健身', '310112')");
    }

    @AfterEach
    void rollBack() throws SQLException {
        registrar.rollback();
        registrar.close();
    }

    @Test
    void anOperatorIsIdentifiedAndPlaced() throws SQLException {
        refused("operator_id_is_a_slug", "INSERT INTO registry.operator (id, name) VALUES ('Gym 1', 'x')");
        refused("operator_uscc_has_18", "INSERT INTO registry.operator (id, name, uscc) VALUES ('a', 'x', '9131')");
        refused("operator_region", "INSERT INTO registry.operator (id, name, region) VALUES ('a', 'x', 'Shanghai')");
        refused("operator_has_a_name", "INSERT INTO registry.operator (id, name) VALUES ('a', ' ')");
        refused("operator_name_is_not_blank", "INSERT INTO registry.operator (id, name) VALUES ('a', '\u3000\t')");
        refused("is_not_the_registry", "INSERT INTO registry.operator (id, name) VALUES ('registry', 'x')");
        refused("in_a_province", "INSERT INTO registry.operator (id, name, region) VALUES ('a', 'x', '990100')");
        refused("own_parent", "INSERT INTO registry.operator (id, name, parent_id) VALUES ('a', 'x', 'a')");
        refused("foreign key", "INSERT INTO registry.operator (id, name, successor_id) VALUES ('a', 'x', 'nobody')");
        accepted("INSERT INTO registry.operator (id, name, uscc, parent_id)"
                + " VALUES ('a', 'x', '91310000MA1FL0000X', 'gym')");
        accepted("INSERT INTO registry.operator (id, name, successor_id) VALUES ('b', 'x', 'a')");
        accepted("UPDATE registry.operator SET successor_id = 'gym' WHERE id = 'a'");
        refused("its own successor", "UPDATE registry.operator SET successor_id = 'b' WHERE id = 'gym'");
    }

    @Test
    void aFilingIsDatedAndAddressed() throws SQLException {
        String filing = "INSERT INTO registry.filing (id, operator_id, kind, submitted_on, authority, %s)"
                + " VALUES ('f1', 'gym', 'INITIAL', '2026-01-05', '310000', %s)";
        refused("filing_returned_after", filing.formatted("returned_on", "'2026-01-04'"));
        refused("filing_accepted_after", filing.formatted("accepted_on", "'2026-01-04'"));
        refused("filing_withdrawn_after", filing.formatted("withdrawn_on", "'2026-01-04'"));
        refused("filing_days_are_finite", filing.formatted("accepted_on", "'infinity'"));
        refused("filing_declared_persons", filing.formatted("declared_persons", "-1"));
        refused("filing_covers_no_null", filing.formatted("covers", "ARRAY[NULL]::text[]"));
        refused("does not know: nobody", filing.formatted("covers", "'{gym,nobody}'"));
        refused("filing_kind", filing.formatted("declared_persons", "1").replace("INITIAL", "FIRST"));
        refused("filing_authority", filing.formatted("declared_persons", "1").replace("310000", "3100"));
        refused("in_a_province", filing.formatted("declared_persons", "1").replace("310000", "010000"));
        refused("foreign key", filing.formatted("declared_persons", "1").replace("'gym'", "'nobody'"));
        refused("filing_days_are_plausible", filing.formatted("accepted_on", "'20226-01-05'"));
        refused(
                "filing_days_are_plausible",
                filing.formatted("withdrawn_on", "NULL").replace("2026-", "0026-"));
        refused("no_more_persons_than_live", filing.formatted("declared_persons", "10000000001"));
        accepted(filing.formatted("returned_on, covers", "'2026-01-05', '{gym}'"));
        accepted(filing.formatted("returned_on", "NULL").replace("'f1'", "'f1-doubled'"));
        accepted(filing.formatted("withdrawn_on", "'9999-12-31'").replace("'f1'", "'f-future'"));
        accepted(filing.formatted("withdrawn_on", "NULL")
                .replace("'f1'", "'f-nation'")
                .replace("310000", "000000"));
    }

    @Test
    void anExceptionEndsAndIsApprovedByAnother() throws SQLException {
        String exception = "INSERT INTO registry.exception (id, rule_id, operator_id, citation, valid_from, valid_to,"
                + " entered_by, approved_by) VALUES ('e1', 'sole-face-method', 'gym', '某条例第3条', '2026-01-01',"
                + " '2026-12-31', 'li', 'wang')";
        refused("exception_ends_after", exception.replace("'2026-12-31'", "'2025-12-31'"));
        refused("valid_to", exception.replace("'2026-12-31'", "NULL"));
        refused("exception_days_are_finite", exception.replace("'2026-12-31'", "'infinity'"));
        refused("exception_approved_by_another", exception.replace("'wang'", "' LI'"));
        refused("exception_cites", exception.replace("'某条例第3条'", "' '"));
        refused("foreign key", exception.replace("sole-face-method", "no-such-rule"));
        refused("foreign key", exception.replace("'gym'", "'nobody'"));
        accepted(exception.replace("'wang'", "NULL"));
    }

    @Test
    void aCitationIsOfALawOrBeginsWithAWordThatHasAMeaning() throws SQLException {
        String exception = "INSERT INTO registry.exception (id, rule_id, operator_id, citation, valid_from, valid_to,"
                + " entered_by) VALUES ('%s', '%s', 'gym', '%s', '2026-01-01', '2026-12-31', 'li')";
        String images = "raw-image-retained";
        for (String word :
                List.of("anonymized: blurred", "froze:", "Frozen storage:", "hold on: case 3", "no-face\uff1a")) {
            refused("no exception of images begins with", exception.formatted("e2", images, word));
        }
        for (String none :
                List.of("DB11/T 2552-2026 8.4.3", "gb/t 35273", "GB 37300", "T/CSIA 1-2020", "合同第5条", "Contract 17")) {
            refused("neither a standard nor a contract", exception.formatted("e2", images, none));
        }
        refused("begins with \"no-equivalent:\"", exception.formatted("e2", "sole-face-method", "No equivalent: card"));
        int accepted = 0;
        for (String fine : List.of(
                "floor:video 反恐怖主义法第32条",
                "\u3000Hold\uff1a(2026)川01民初1号",
                "frozen: tape",
                "anonymised:kiosk",
                "training:lab",
                "no-recognition:id-scan",
                "反恐怖主义法第32条",
                "劳动合同法第50条")) {
            accepted(exception.formatted("fine-" + accepted++, images, fine));
        }
        accepted(exception.formatted("fine-gate", "sole-face-method", "no-equivalent: card"));
        accepted(exception.formatted("fine-standard", "sole-face-method", "SAMR: Art. 16"));
    }

    @Test
    void aParameterFitsItsUnitAndScope() throws SQLException {
        String parameter = "INSERT INTO registry.parameter (name, scope, value, unit, valid_from, source)"
                + " VALUES ('sole-face-method.grace', 'gym', '2', 'hours', '2026-01-01', 'test')";
        refused("parameter_value_fits", parameter.replace("'2'", "'-2'"));
        refused("parameter_value_fits", parameter.replace("'2', 'hours'", "'120', 'percent'"));
        refused("parameter_value_fits", parameter.replace("'2', 'hours'", "'6', 'severity'"));
        refused("parameter_value_fits", parameter.replace("'2', 'hours'", "'soon', 'date'"));
        refused("out of range", parameter.replace("'2', 'hours'", "'2026-02-30', 'date'"));
        refused("parameter_unit_is_known", parameter.replace("'hours'", "'fortnights'"));
        refused("parameter_name", parameter.replace("sole-face-method.grace", "grace"));
        refused("neither * nor an operator", parameter.replace("'gym'", "'nobody'"));
        accepted(parameter);
    }

    @Test
    void aParameterIsOneThatSomeRuleReads() throws SQLException {
        String row = "INSERT INTO registry.parameter (name, scope, value, unit, valid_from, source)"
                + " VALUES ('%s', 'gym', '1', '%s', '2026-01-01', 'test')";
        refused("there are: sole-face-method.grace, sole-face", row.formatted("sole-face-method.grase", "hours"));
        refused("parameter_v1 lists those that are read", row.formatted("sole-face.grace", "hours"));
        accepted(row.formatted("sole-face-method.grace", "hours"));
        refused(
                "no rule reads a parameter sole-face-method.grase",
                "UPDATE registry.parameter SET name = 'sole-face-method.grase' WHERE scope = 'gym'");
        accepted(row.formatted("processed-by.gym-saas", "count"));
        accepted(row.formatted("raw-image-retained.floor.bank-video", "days"));
        accepted(row.formatted("change-filing-overdue.substantive.staff", "count"));
    }

    @Test
    void aParameterWhoseNamePeopleChooseHasTheUnitOfItsFamily() throws SQLException {
        String row = "INSERT INTO registry.parameter (name, scope, value, unit, valid_from, source)"
                + " VALUES ('%s', '*', '%s', '%s', '2026-01-01', 'test')";
        String floor = "raw-image-retained.floor.bank-video";
        refused("is read in days, not in hours", row.formatted(floor, "30", "hours"));
        refused("is read in days, not in date", row.formatted(floor, "2026-01-01", "date"));
        refused(
                "is read in count, not in date",
                row.formatted("change-filing-overdue.substantive.cameras", "2026-01-01", "date"));
        refused("is read in count, not in days", row.formatted("processed-by.saas", "1", "days"));
        accepted(row.formatted(floor, "30", "days"));
        refused(
                "is read in days, not in hours",
                "UPDATE registry.parameter SET unit = 'hours' WHERE name = '" + floor + "'");
        accepted("UPDATE registry.parameter SET value = '31' WHERE name = '" + floor + "'");
    }

    @Test
    void aParameterStaysOneThatRulesCanRead() throws SQLException {
        String row = "INSERT INTO registry.parameter (name, scope, value, unit, valid_from, source)"
                + " VALUES ('%s', '*', '%s', '%s', '2026-01-01', 'test')";
        refused("is read in hours, not in seconds", row.formatted("sole-face-method.grace", "60", "seconds"));
        refused(
                "is read in hours, not in days",
                "UPDATE registry.parameter SET unit = 'days' WHERE name = 'sole-face-method.grace'");
        refused("at least 1 working-days", row.formatted("filing.days", "0", "working-days"));
        refused("cannot be as large", row.formatted("filing.days", "999999", "working-days"));
        refused("at least 1 persons", row.formatted("storage-reached.threshold", "0", "persons"));
        refused("cannot be as large", row.formatted("sole-face-method.grace", "999999999999", "hours"));
        String last =
                "DELETE FROM registry.parameter WHERE name = 'sole-face-method.grace' AND valid_from = '2025-06-01'";
        refused("needs a value for everyone", last);
        refused(
                "needs a value for everyone",
                "UPDATE registry.parameter SET scope = 'gym' WHERE name = 'sole-face-method.grace'");
        accepted(row.formatted("sole-face-method.grace", "0", "hours"));
        accepted(last);
    }

    @Test
    void otherRowsOfTheRegistryAreWhole() throws SQLException {
        refused(
                "technology_use_ends_after",
                "INSERT INTO registry.technology_use VALUES ('t1', 'gym', 'entrance', '2026-02-01', '2026-01-31')");
        refused("finite", "INSERT INTO registry.substantive_change VALUES ('c1', 'gym', 'purpose', '-infinity')");
        refused("names_a_field", "INSERT INTO registry.substantive_change VALUES ('c1', 'gym', '', '2026-01-01')");
        refused("plausible", "INSERT INTO registry.substantive_change VALUES ('c1', 'gym', 'purpose', '0026-01-01')");
        refused(
                "technology_use_days_are_plausible",
                "INSERT INTO registry.technology_use VALUES ('t1', 'gym', 'entrance', NULL, '0026-01-31')");
        accepted("INSERT INTO registry.technology_use VALUES ('t1', 'gym', 'entrance', '2026-02-01', '2026-02-01')");
        accepted("INSERT INTO registry.substantive_change VALUES ('c1', 'gym', 'purpose', '2026-01-01', NULL)");
    }

    @Test
    void aNoticeTakesEffectAsAWhole() throws SQLException {
        refused(
                "before its days are entered",
                "INSERT INTO registry.calendar_notice VALUES ('n', '2026-11-20', '2027-01-01', '2027-12-31', 's', true)");
        accepted(
                "INSERT INTO registry.calendar_notice VALUES ('n', '2026-11-20', '2027-01-01', '2027-12-31', 's', false)");
        String activate = "UPDATE registry.calendar_notice SET active = true WHERE id = 'n'";
        refused("before its days are entered", activate);
        refused("calendar_day_kind", "INSERT INTO registry.calendar_day VALUES ('n', '2027-01-01', 'OFF', '元旦')");
        accepted("INSERT INTO registry.calendar_day VALUES ('n', '2027-01-01', 'HOLIDAY', '元旦')");
        refused("duplicate key", "INSERT INTO registry.calendar_day VALUES ('n', '2027-01-01', 'WORKDAY', '元旦')");

        accepted("INSERT INTO registry.calendar_day VALUES ('n', '2028-01-01', 'HOLIDAY', '元旦')");
        refused("days outside: 2028-01-01", activate);
        accepted("DELETE FROM registry.calendar_day WHERE notice_id = 'n' AND day = '2028-01-01'");
        accepted("INSERT INTO registry.calendar_day VALUES ('n', '2027-01-06', 'WORKDAY', '元旦')");
        refused("no Saturday or Sunday: 2027-01-06", activate);
        accepted("UPDATE registry.calendar_day SET day = '2027-01-09' WHERE notice_id = 'n' AND day = '2027-01-06'");
        accepted("UPDATE registry.calendar_notice SET covers_to = NULL WHERE id = 'n'");
        refused("before covers_from and covers_to", activate);
        accepted("UPDATE registry.calendar_notice SET covers_to = '2027-12-31', published_on = NULL WHERE id = 'n'");
        refused("only a published notice", activate);
        accepted("UPDATE registry.calendar_notice SET published_on = '2026-11-20' WHERE id = 'n'");
        accepted(activate);

        refused("its days are fixed", "INSERT INTO registry.calendar_day VALUES ('n', '2027-02-05', 'HOLIDAY', '春节')");
        refused("its days are fixed", "DELETE FROM registry.calendar_day WHERE notice_id = 'n'");
        refused(
                "its days are fixed",
                "UPDATE registry.calendar_day SET notice_id = 'statutory-days', day = '2027-01-02'"
                        + " WHERE notice_id = 'n' AND day = '2027-01-01'");
        refused("is active", "UPDATE registry.calendar_notice SET covers_to = '2028-12-31' WHERE id = 'n'");
        accepted("UPDATE registry.calendar_notice SET active = false WHERE id = 'n'");
        accepted("DELETE FROM registry.calendar_day WHERE notice_id = 'n'");
    }

    @Test
    void aLaterNoticeAmendsAnEarlierOneButNotOneOfTheSameDay() throws SQLException {
        String notice =
                "INSERT INTO registry.calendar_notice VALUES ('n', '%s', '2026-01-01', '2026-12-31', 's', false)";
        String day = "INSERT INTO registry.calendar_day VALUES ('n', '2026-10-10', 'HOLIDAY', '国庆节')";
        String activate = "UPDATE registry.calendar_notice SET active = true WHERE id = 'n'";
        accepted(notice.formatted("2025-11-04"));
        accepted(day);
        refused("contradicts an active notice published on the same day on: 2026-10-10 (gov-2026)", activate);
        accepted("UPDATE registry.calendar_notice SET published_on = '2026-09-01' WHERE id = 'n'");
        accepted(activate);
        assertThat(AuditServer.rows(
                        registrar,
                        "SELECT kind, notice_id FROM audit_api.calendar_v1 WHERE day = '2026-10-10' ORDER BY 1"))
                .containsExactly("HOLIDAY|n", "WORKDAY|gov-2026");
    }

    @Test
    void theStatutoryDaysAreNoNotice() throws SQLException {
        refused(
                "only a published notice",
                "UPDATE registry.calendar_notice SET active = true WHERE id = 'statutory-days'");
    }

    @Test
    void aReconciliationIsWrittenByTheComparisonAloneAndStaysAsItIs() throws SQLException {
        String reconciliation =
                "INSERT INTO registry.reconciliation (operator_id, system_id, log_position, rows_source,"
                        + " rows_here, persons_source, persons_here) VALUES ('not-registered', 'gym', '0/1A2B', 10, 9, 5, 5)";
        refused("permission denied", reconciliation);
        try (Connection job = AuditServer.started().as("faceaudit_job")) {
            job.setAutoCommit(false);
            AuditServer.run(job, reconciliation);
            refused(job, "permission denied", "UPDATE registry.reconciliation SET rows_here = 10");
            refused(job, "permission denied", "DELETE FROM registry.reconciliation");
            refused(
                    job,
                    "permission denied",
                    reconciliation
                            .replace("registry.reconciliation (", "registry.reconciliation (checked_at, ")
                            .replace("VALUES (", "VALUES ('2020-01-01', "));
            refused(job, "operator_is_a_slug", reconciliation.replace("not-registered", "Not registered"));
            refused(job, "names_a_position", reconciliation.replace("0/1A2B", " "));
            refused(job, "counts_are_not_negative", reconciliation.replace("10, 9", "10, -9"));
            job.rollback();
        }
        try (Connection owner = AuditServer.started().as("postgres")) {
            owner.setAutoCommit(false);
            AuditServer.run(owner, reconciliation);
            assertThat(AuditServer.rows(
                            owner,
                            "SELECT operator_id, system_id, log_position, rows_source, rows_here, persons_source,"
                                    + " persons_here, checked_at = now() FROM audit_api.reconciliation_v1"))
                    .containsExactly("not-registered|gym|0/1A2B|10|9|5|5|t");
            owner.rollback();
        }
    }

    @Test
    void aLookIntoACatalogueIsWrittenByWhoeverLooksAndStaysAsItIs() throws SQLException {
        String look = "INSERT INTO registry.schema_look (operator_id, system_id, file_version, columns, gone, retyped,"
                + " photo_like) VALUES ('not-registered', 'gym', '0123456789abcdef', 'public.a.b TEXT', '', '', '')";
        refused("permission denied", look);
        try (Connection job = AuditServer.started().as("faceaudit_job")) {
            job.setAutoCommit(false);
            AuditServer.run(job, look);
            assertThat(AuditServer.rows(
                            job,
                            "SELECT operator_id, system_id, columns, gone, looked_at = now() FROM registry.schema_look"
                                    + " WHERE operator_id = 'not-registered'"))
                    .containsExactly("not-registered|gym|public.a.b TEXT||t");
            refused(job, "permission denied", "UPDATE registry.schema_look SET gone = ''");
            refused(job, "permission denied", "DELETE FROM registry.schema_look");
            refused(
                    job,
                    "permission denied",
                    look.replace("schema_look (", "schema_look (looked_at, ")
                            .replace("VALUES (", "VALUES ('2020-01-01', "));
            refused(job, "operator_is_a_slug", look.replace("not-registered", "Not registered"));
            refused(job, "file_version_is_a_hash", look.replace("0123456789abcdef", "newest"));
            job.rollback();
        }
    }

    private void accepted(String sql) throws SQLException {
        AuditServer.run(registrar, sql);
        assertThat(registrar.isValid(0)).isTrue();
    }

    private void refused(String message, String sql) throws SQLException {
        refused(registrar, message, sql);
    }

    private static void refused(Connection role, String message, String sql) throws SQLException {
        var before = role.setSavepoint();
        assertThatThrownBy(() -> AuditServer.run(role, sql)).as(sql).hasMessageContaining(message);
        role.rollback(before);
    }
}
