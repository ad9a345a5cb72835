package org.faceaudit.runtime.judge;

import java.util.List;
import org.faceaudit.core.counting.PersonCountDay;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.runtime.sink.AuditJson;
import org.faceaudit.runtime.sink.RowDraft;

/** The rows of an operator's counts of persons, for the days on which something changed. */
final class PersonDayRows implements DayRows {

    private final String operator;
    private final List<PersonCountDay> days;

    PersonDayRows(String operator, List<PersonCountDay> days) {
        this.operator = operator;
        this.days = days;
    }

    @Override
    public int size() {
        return days.size();
    }

    @Override
    public LegalDay day(int number) {
        return days.get(number).day();
    }

    @Override
    public long content(int number) {
        PersonCountDay day = days.get(number);
        long content = mixed(day.exact() ? 1 : 2);
        content = mixed(content + day.personsLow());
        content = mixed(content + day.personsHigh());
        content = mixed(content + day.records());
        content = mixed(content + day.rawImages());
        content = mixed(content + day.added());
        return mixed(content + day.removed());
    }

    private static long mixed(long bits) {
        long mixed = (bits ^ bits >>> 32) * 0xd6e8feb86659fd93L;
        mixed = (mixed ^ mixed >>> 32) * 0xd6e8feb86659fd93L;
        return mixed ^ mixed >>> 32;
    }

    @Override
    public RowDraft draft(int number) {
        return AuditJson.personCount(days.get(number));
    }

    @Override
    public RowDraft none(LegalDay day) {
        return AuditJson.personCount(new PersonCountDay(operator, day, 0, 0, false, 0, 0, 0, 0));
    }
}
