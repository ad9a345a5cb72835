package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.faceaudit.core.event.ColumnAbsence;
import org.faceaudit.core.event.ColumnAbsences;
import org.faceaudit.core.event.HeartbeatPromise;
import org.faceaudit.core.event.Position;
import org.faceaudit.intake.mapping.ColumnForm;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.rows.RowChange.Kind;
import org.junit.jupiter.api.Test;

class ColumnWatchTest {

    private static final String TABLE = "public.member";

    private ColumnWatch watch = new ColumnWatch(mapping("id", "phone", "name"), ColumnsSeen.NOTHING);

    private static Mapping mapping(String... columns) {
        return new Mapping(
                "acme",
                "one",
                ZoneId.of("Asia/Shanghai"),
                null,
                "public.heartbeat",
                HeartbeatPromise.UNSPOKEN,
                List.of(new MappedTable(
                        TABLE,
                        List.of("id"),
                        List.of(),
                        List.of(),
                        Stream.of(columns).collect(Collectors.toMap(column -> column, column -> ColumnForm.PLAIN)))),
                "v");
    }

    private void row(String at, String... lacking) {
        rowAt(at, "0/1", lacking);
    }

    private void rowAt(String at, String logPosition, String... lacking) {
        Position position = new Position("cdc.acme.one", 0, 1, logPosition, "1", TABLE, "k", Instant.parse(at), false);
        watch.accept(
                new RowChange("acme", "one", Kind.UPSERT, TABLE, "1", Map.of(), 1, 0, position, 0), List.of(lacking));
    }

    /** All absences, from the beginning on. */
    private List<String> absences() {
        ColumnAbsences news = new ColumnAbsences("acme", "one", state().absences());
        return news.absences().stream().map(ColumnWatchTest::text).toList();
    }

    private ColumnsSeen kept = ColumnsSeen.NOTHING;

    private ColumnsSeen state() {
        ColumnsSeen changed = watch.changedState();
        kept = changed == null ? kept : changed;
        return kept;
    }

    private static String text(ColumnAbsence absence) {
        return absence.column() + " " + absence.from() + ".." + absence.last() + " " + absence.to();
    }

    @Test
    void aColumnThatWasCarriedAndIsNotAnyMoreIsGoneUntilItIsCarriedAgain() {
        row("2026-11-01T00:00:00Z");
        assertThat(watch.news()).isNull();

        row("2026-11-02T00:00:00Z", "phone");
        row("2026-11-03T00:00:00Z", "phone");
        assertThat(absences()).containsExactly("phone 2026-11-02T00:00:00Z..2026-11-03T00:00:00Z null");
        assertThat(watch.news()).isNotNull();
        assertThat(watch.news()).as("told once").isNull();

        row("2026-11-04T00:00:00Z");
        row("2026-11-05T00:00:00Z", "phone", "name");
        assertThat(absences())
                .containsExactly(
                        "name 2026-11-05T00:00:00Z..2026-11-05T00:00:00Z null",
                        "phone 2026-11-02T00:00:00Z..2026-11-03T00:00:00Z 2026-11-04T00:00:00Z",
                        "phone 2026-11-05T00:00:00Z..2026-11-05T00:00:00Z null");
    }

    @Test
    void whatWasNeverCarriedIsNotGone() {
        row("2026-11-01T00:00:00Z", "phone");
        row("2026-11-02T00:00:00Z", "phone");

        assertThat(absences()).isEmpty();
        assertThat(watch.news()).isNull();
    }

    @Test
    void rowsOfOneInstantAreToldApartByTheLog() {
        rowAt("2026-11-01T00:00:00Z", "binlog.000001:900");
        rowAt("2026-11-01T00:00:00Z", "binlog.000001:1000", "phone");
        rowAt("2026-11-01T00:00:00Z", "binlog.000001:900");
        assertThat(absences()).containsExactly("phone 2026-11-01T00:00:00Z..2026-11-01T00:00:00Z null");

        rowAt("2026-11-01T00:00:00Z", "binlog.000002:4");
        assertThat(absences()).containsExactly("phone 2026-11-01T00:00:00Z..2026-11-01T00:00:00Z 2026-11-01T00:00:00Z");
    }

    @Test
    void rowsReadAgainInAnyOrderAndAStartFromTheStateChangeNothing() {
        List<String[]> rows = new ArrayList<>();
        for (int day = 1; day <= 28; day++) {
            String at = String.format("2026-11-%02dT00:00:00Z", day);
            // Gone on some days and there on others.
            rows.add(day % 7 < 3 ? new String[] {at, "phone"} : new String[] {at});
        }
        row("2026-10-01T00:00:00Z");
        rows.forEach(this::rowOf);
        List<String> inOrder = absences();
        assertThat(inOrder).hasSizeGreaterThan(3);

        Random random = new Random(4);
        for (int round = 0; round < 20; round++) {
            List<String[]> again = new ArrayList<>(rows);
            Collections.shuffle(again, random);
            again.forEach(this::rowOf);
            assertThat(absences()).isEqualTo(inOrder);
            watch = new ColumnWatch(mapping("id", "phone", "name"), state());
        }
    }

    private void rowOf(String[] atAndLacking) {
        row(atAndLacking[0], Stream.of(atAndLacking).skip(1).toArray(String[]::new));
    }

    @Test
    void whatTheMappingNoLongerNamesIsForgottenAndThatIsTold() {
        row("2026-11-01T00:00:00Z");
        row("2026-11-02T00:00:00Z", "phone");
        ColumnsSeen before = state();

        watch = new ColumnWatch(mapping("id", "phone", "name"), before);
        assertThat(watch.news()).as("the same mapping").isNull();

        watch = new ColumnWatch(mapping("id", "name"), before);
        assertThat(watch.news().absences()).isEmpty();
        assertThat(state().carriedSince()).containsOnlyKeys("public.member.id", "public.member.name");
    }

    @Test
    void ofAColumnThatComesAndGoesTheNewestAbsencesAreKept() {
        row("2026-10-01T00:00:00Z");
        Instant at = Instant.parse("2026-11-01T00:00:00Z");
        for (int i = 0; i < 200; i++) {
            row(at.plusSeconds(2 * i).toString(), "phone");
            row(at.plusSeconds(2 * i + 1).toString());
        }
        assertThat(state().absences()).hasSize(64);
        assertThat(state().absences().get(63).from()).isEqualTo(at.plusSeconds(398));

        row(at.toString(), "phone");
        assertThat(state().absences()).as("an old row that is read again").hasSize(64);
    }
}
