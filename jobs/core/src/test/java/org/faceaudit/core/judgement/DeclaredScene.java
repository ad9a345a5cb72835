package org.faceaudit.core.judgement;

import java.time.Instant;
import org.faceaudit.core.event.DayValue;
import org.faceaudit.core.event.DeclaredFiling;
import org.faceaudit.core.event.DeclaredUse;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.RegistryFixture;

/** What the database {@code books} of the operator {@code op} says, entered beside the registry's rows as the job does. */
final class DeclaredScene {

    private final RegistryFixture law;

    DeclaredScene(RegistryFixture law) {
        this.law = law;
    }

    static DayValue day(String day) {
        return day == null ? DayValue.ABSENT : DayValue.present(LegalDay.parse(day));
    }

    /** A scene that ended; {@code null} goes on. */
    DeclaredScene use(String key, String terminatedOn) {
        return use(key, day(terminatedOn));
    }

    DeclaredScene use(String key, DayValue terminatedOn) {
        return add(new DeclaredUse(
                        "op",
                        "books",
                        "public.uses/" + key,
                        "m1",
                        true,
                        FieldValue.present("gate"),
                        DayValue.ABSENT,
                        terminatedOn,
                        position("public.uses"))
                .asRow());
    }

    /** A filing that stands. */
    DeclaredScene filing(String key, String kind, String submittedOn) {
        return filing(key, kind, submittedOn, DayValue.ABSENT, DayValue.ABSENT, null);
    }

    DeclaredScene filing(
            String key, String kind, String submittedOn, DayValue returnedOn, DayValue withdrawnOn, String persons) {
        return add(new DeclaredFiling(
                        "op",
                        "books",
                        "public.filings/" + key,
                        "m1",
                        true,
                        kind == null ? FieldValue.UNKNOWN : FieldValue.present(kind),
                        day(submittedOn),
                        returnedOn,
                        DayValue.ABSENT,
                        withdrawnOn,
                        FieldValue.present("330000"),
                        persons == null ? FieldValue.ABSENT : FieldValue.present(persons),
                        position("public.filings"))
                .asRow());
    }

    static Position position(String table) {
        return new Position(
                "cdc.op.books", 0, 7, "0/7", "7", table, "k7", Instant.parse("2026-09-01T00:00:00Z"), false);
    }

    private DeclaredScene add(RegistryChange row) {
        law.change(row);
        return this;
    }

    static String filingId(String key) {
        return "books/public.filings%2F" + key;
    }

    static String useId(String key) {
        return "books/public.uses%2F" + key;
    }
}
