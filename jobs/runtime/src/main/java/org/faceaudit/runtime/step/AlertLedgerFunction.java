package org.faceaudit.runtime.step;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.faceaudit.core.alert.Advanced;
import org.faceaudit.core.alert.AlertLedger;
import org.faceaudit.core.alert.AlertRevision;
import org.faceaudit.core.alert.LedgerEntry;
import org.faceaudit.runtime.sink.AuditJson;
import org.faceaudit.runtime.sink.KeyedJson;
import org.faceaudit.runtime.sink.TableRow;
import org.faceaudit.runtime.types.RecordTypes;

/** Remembers of each alert what was said last and turns what is derived now into revisions. */
public final class AlertLedgerFunction extends KeyedProcessFunction<String, Draft, AlertRevision> {

    private static final long serialVersionUID = 1L;

    /** Revisions as rows. */
    public static final OutputTag<TableRow> ROWS = new OutputTag<>("alert-rows", RecordTypes.of(TableRow.class));

    /** Revisions as messages. */
    public static final OutputTag<KeyedJson> MESSAGES =
            new OutputTag<>("alert-messages", RecordTypes.of(KeyedJson.class));

    private final long generation;

    private transient ValueState<LedgerEntry> entry;

    /** With the generation of this start of the job. */
    public AlertLedgerFunction(long generation) {
        this.generation = generation;
    }

    @Override
    public void open(OpenContext context) {
        entry = getRuntimeContext().getState(new ValueStateDescriptor<>("entry", RecordTypes.of(LedgerEntry.class)));
    }

    @Override
    public void processElement(Draft draft, Context context, Collector<AlertRevision> out) throws Exception {
        Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
        Advanced advanced =
                AlertLedger.advance(entry.value(), draft.derivation(), generation, now, draft.calendarNews());
        entry.update(advanced.entry());
        for (AlertRevision revision : advanced.revisions()) {
            ObjectNode message = AuditJson.alert(revision, draft.lawArticle());
            context.output(MESSAGES, new KeyedJson(revision.key().id().toString(), AuditJson.text(message)));
            context.output(ROWS, AuditJson.alertRow(revision, draft.lawArticle()));
            out.collect(revision);
        }
    }
}
