package org.faceaudit.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.faceaudit.core.alert.Advanced;
import org.faceaudit.core.alert.AlertLedger;
import org.faceaudit.core.alert.AlertRevision;
import org.faceaudit.core.alert.LedgerEntry;
import org.faceaudit.core.counting.CountDelta;
import org.faceaudit.core.counting.CountSeries;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.RegistryFixture;
import org.faceaudit.runtime.fact.DayLook;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.RegistryFact;
import org.faceaudit.runtime.judge.PersonFamily;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deadlines while the sources are silent, over an outage, and when the calendar moves under them. */
class DeadlinesInTimeTest {

    private static final Map<String, List<String>> SYSTEMS = Map.of("op", List.of("sys"));

    private final RegistryFixture law = RegistryFixture.law().threshold(100).operator("op", "某物业公司", "310000");
    private final Map<String, LedgerEntry> ledger = new HashMap<>();
    private KeyedTwoInputStreamOperatorTestHarness<String, Fact, RegistryFact, Draft> step;
    private long checkpoint;

    /** Reached on 2026-11-20: due 2027-01-04 while no notice covers 2027. The source says nothing after that day. */
    @BeforeEach
    void reachTheThreshold() throws Exception {
        start(null);
        law.rows().forEach(this::tell);
        CountDelta reached = new CountDelta(
                "op",
                CountSeries.persons("id-card", List.of("sys")),
                Instant.parse("2026-11-20T04:00:00Z"),
                100,
                0,
                0,
                100,
                0,
                0,
                7);
        DayLook closely = new DayLook("op", reached.day().epochDay(), true);
        for (Fact fact : List.of(Fact.ofDay(reached.ofDay()), Fact.of(closely), Fact.of(reached))) {
            step.processElement1(new StreamRecord<>(fact));
        }
        step.processElement1(new StreamRecord<>(
                Fact.ofOperator(known("op", "sys", LegalDay.of(2026, 11, 21).start()))));
    }

    @AfterEach
    void close() throws Exception {
        step.close();
    }

    @Test
    void aDeadlineFiresByTheRegistrysHeartbeatAlone() throws Exception {
        assertThat(cutAt(LegalDay.of(2027, 1, 5).start().minusNanos(1)))
                .noneMatch(line -> line.startsWith("filing-overdue"));

        assertThat(cutAt(LegalDay.of(2027, 1, 5).start()))
                .contains("filing-overdue VIOLATION OPEN from 2027-01-05 due 2027-01-04: opened");
    }

    @Test
    void aDeadlineThatPassedDuringAnOutageKeepsItsDay() throws Exception {
        cutAt(LegalDay.of(2026, 11, 25).start());
        start(step.snapshot(checkpoint, checkpoint));

        assertThat(cutAt(LegalDay.of(2027, 2, 15).start()))
                .contains("filing-overdue VIOLATION OPEN from 2027-01-05 due 2027-01-04: opened");
    }

    @Test
    void aNoticeThatComesLaterAmendsAndWithdrawsAndIsNamed() throws Exception {
        cutAt(LegalDay.of(2027, 1, 5).start());
        notice("01-01..01-05");
        tellNotice(false);
        assertThat(cutAt(LegalDay.of(2027, 1, 5).start()))
                .as("entered, not active")
                .isEmpty();

        tellNotice(true);

        assertThat(cutAt(LegalDay.of(2027, 1, 5).start()))
                .contains("filing-overdue VIOLATION WITHDRAWN from 2027-01-05 due 2027-01-04:"
                        + " withdrawn (notice gov-2027 now active)")
                .anyMatch(line -> line.matches("storage-reached NOTICE OPEN from 2026-11-20 due 2027-01-06: amended:"
                        + " due_on, provisional, calendar_version.* \\(notice gov-2027 now active\\)"));
    }

    @Test
    void aCorrectedNoticeIsNamedThoughTheVersionIsTheSameAndARestartForgetsNothing() throws Exception {
        notice("01-01..01-05");
        tellNotice(true);
        cutAt(LegalDay.of(2027, 1, 5).start());
        start(step.snapshot(checkpoint, checkpoint));

        tellNotice(false);
        law.days("gov-2027", 2027, "WORKDAY", "01-04..01-05");
        tellNotice(true);

        assertThat(cutAt(LegalDay.of(2027, 1, 5).start()))
                .contains("filing-overdue VIOLATION OPEN from 2027-01-05 due 2027-01-04:"
                        + " opened (notice gov-2027 corrected)")
                .anyMatch(line -> line.matches("storage-reached NOTICE OPEN from 2026-11-20 due 2027-01-04: amended:"
                        + " due_on, .*\\(notice gov-2027 corrected\\)"));
        law.notice("gov-2027", "2026-11-25", "2027-01-01", "2027-12-31", false);
        tellNotice(false);
        assertThat(cutAt(LegalDay.of(2027, 1, 5).start()))
                .anyMatch(line ->
                        line.startsWith("filing-overdue") && line.endsWith("(notice gov-2027 no longer active)"));
    }

    private void start(OperatorSubtaskState saved) throws Exception {
        if (step != null) {
            step.close();
        }
        step = new KeyedTwoInputStreamOperatorTestHarness<>(
                new JudgeStep(new PersonFamily(SYSTEMS, SYSTEMS), 1, null), Fact::scope, null, Types.STRING);
        step.setup();
        if (saved != null) {
            step.initializeState(saved);
        }
        step.open();
    }

    private void notice(String holidays) {
        law.notice("gov-2027", "2026-11-25", "2027-01-01", "2027-12-31", false)
                .days("gov-2027", 2027, "HOLIDAY", holidays);
    }

    /** Tells the notice and its days as the registrar enters them: the days while it is not active. */
    private void tellNotice(boolean active) {
        law.notice("gov-2027", "2026-11-25", "2027-01-01", "2027-12-31", active);
        law.rows().stream().filter(row -> row.key().startsWith("gov-2027")).forEach(this::tell);
    }

    private void tell(RegistryChange row) {
        try {
            step.processElement2(new StreamRecord<>(RegistryFact.of(row)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static SourceProgress known(String operator, String system, Instant known) {
        return new SourceProgress(operator, system, true, known, 1, 1, 0, 0, known);
    }

    /** Moves the registry's time and gives what the ledger makes of what is said then, one line per revision. */
    private List<String> cutAt(Instant registryKnown) throws Exception {
        step.processElement2(new StreamRecord<>(RegistryFact.of(known("registry", "registry", registryKnown))));
        checkpoint++;
        step.prepareSnapshotPreBarrier(checkpoint);
        List<String> lines = new ArrayList<>();
        for (Draft draft : step.extractOutputValues()) {
            String id = draft.derivation().key().id().toString();
            Advanced advanced =
                    AlertLedger.advance(ledger.get(id), draft.derivation(), 1, registryKnown, draft.calendarNews());
            ledger.put(id, advanced.entry());
            advanced.revisions().forEach(revision -> lines.add(line(revision)));
        }
        step.getOutput().clear();
        return lines;
    }

    private static String line(AlertRevision revision) {
        return revision.key().ruleId() + ' ' + revision.episode().verdict() + ' '
                + revision.episode().status() + " from " + revision.episode().occurredOn() + " due "
                + revision.episode().dueOn() + ": " + revision.reason();
    }
}
