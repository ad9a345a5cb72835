package org.faceaudit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.RegistryFixture;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DeadlineCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theAuthoritysOwnDateIsPrinted() {
        assertThat(run("", "2025-06-01", "2026-11-19")).isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "2025-06-01,2025-07-14,2025-07-14,false,gov-2025+gov-2026",
                        "2026-11-19,2026-12-31,2026-12-30,false,gov-2025+gov-2026");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void pastTheKnownCalendarTheDateIsProvisional() {
        assertThat(run("", "2026-11-20")).isZero();

        assertThat(out).hasToString("2026-11-20,2027-01-04,2026-12-31,true,gov-2025+gov-2026" + System.lineSeparator());
    }

    @Test
    void theLegacyDateIsNoMatterOfChanges() {
        assertThat(run("", "--kind", "change", "2025-05-30")).isZero();

        assertThat(out.toString()).startsWith("2025-05-30,2025-07-14,2025-07-11,false,");
    }

    @Test
    void aDateThatDoesNotExistIsNamedAndTheOthersArePrinted() {
        assertThat(run("", "2026-02-30", "2026-03-20", "+12026-01-01")).isEqualTo(1);

        assertThat(out.toString()).startsWith("2026-03-20,2026-05-07,2026-05-06,false,");
        assertThat(err.toString().lines())
                .containsExactly(
                        "argument 1: \"2026-02-30\" is no date; write a day that exists as YYYY-MM-DD.",
                        "argument 3: \"+12026-01-01\" is no date; write a day that exists as YYYY-MM-DD.");
    }

    @Test
    void noDateLeavesTheFormatThatLinesArePromisedIn() {
        assertThat(run("", "9999-12-31")).isEqualTo(1);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines())
                .containsExactly(
                        "argument 1: \"9999-12-31\" falls due on a day that YYYY-MM-DD cannot write; write an earlier one.");
    }

    @Test
    void standardInputIsReadLineByLineWithoutEmptyLines() {
        assertThat(run("2026-03-20\n\n 2026-04-10 \r\ntomorrow\n", "-")).isEqualTo(1);

        assertThat(out.toString().lines().map(line -> line.substring(0, 21)))
                .containsExactly("2026-03-20,2026-05-07", "2026-04-10,2026-05-26");
        assertThat(err.toString()).startsWith("line 4: \"tomorrow\"");
    }

    @Test
    void theMarkThatWindowsPutsBeforeATextIsNoPartOfTheFirstDate() {
        assertThat(run("\uFEFF2026-03-20\r\n\uFEFF2026-04-10\r\n", "-")).isEqualTo(1);

        assertThat(out.toString().lines()).singleElement().asString().startsWith("2026-03-20,2026-05-07");
        assertThat(err.toString()).startsWith("line 2:");
    }

    @Test
    void anUnknownKindOrNoDateIsAUsageError() {
        assertThat(run("", "--kind", "renewal", "2026-03-20")).isEqualTo(2);
        assertThat(err.toString()).contains("none of filing, change, deregistration");
        assertThat(run("")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }

    /** The calendar and the parameters that core's tests write by hand are those of the seed. */
    @Test
    void theSeedSaysWhatTheJudgementsTestsAssume() {
        Registry seed = SeedLaw.registry();
        Registry fixture = RegistryFixture.law().registry();

        assertThat(seed.calendar().version()).isEqualTo(fixture.calendar().version());
        LegalDay last = LegalDay.of(2027, 12, 31);
        for (LegalDay day = LegalDay.of(2025, 1, 1); !day.isAfter(last); day = day.plusDays(1)) {
            assertThat(seed.calendar().isWorkingDay(day))
                    .as("%s", day)
                    .isEqualTo(fixture.calendar().isWorkingDay(day));
            assertThat(seed.calendar().covered(day))
                    .as("%s", day)
                    .isEqualTo(fixture.calendar().covered(day));
        }
        LegalDay day = LegalDay.of(2026, 1, 1);
        for (RegistryChange row : RegistryFixture.law().rows()) {
            if (row.table().equals("parameter")) {
                String name = row.values().get("name");
                assertThat(seed.text(name, Registry.EVERYONE, day))
                        .as(name)
                        .isEqualTo(row.values().get("value"));
            }
        }
    }

    private int run(String input, String... arguments) {
        DeadlineCommand command = new DeadlineCommand(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        return new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}
