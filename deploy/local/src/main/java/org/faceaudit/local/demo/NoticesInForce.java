package org.faceaudit.local.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.oracle.DayExpression;
import org.faceaudit.oracle.OracleCalendar;
import org.faceaudit.sql.LawFiles;

/** Days as the holiday notices in force count them, by the second opinion that judges nothing itself. */
final class NoticesInForce {
    private NoticesInForce() {}

    /** Expressions over a legal day. */
    static SampleDays days(LegalDay day) {
        OracleCalendar calendar = calendar();
        LocalDate date = day.date();
        return new SampleDays(
                expression -> LegalDay.of(DayExpression.parse(expression).on(date, calendar)));
    }

    /** The calendar of the seed files. */
    static OracleCalendar calendar() {
        return OracleCalendar.fromCsv(text("calendar_notice.csv"), text("calendar_day.csv"));
    }

    private static String text(String name) {
        try (InputStream file = LawFiles.open(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
