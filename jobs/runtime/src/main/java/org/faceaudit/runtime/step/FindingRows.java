package org.faceaudit.runtime.step;

import java.util.Map;
import java.util.function.Consumer;
import org.faceaudit.runtime.sink.AuditJson;
import org.faceaudit.runtime.sink.RowDraft;
import org.faceaudit.runtime.sink.TableRow;

/** Says findings as rows. */
final class FindingRows {

    private final long generation;
    private final Consumer<TableRow> out;

    FindingRows(long generation, Consumer<TableRow> out) {
        this.generation = generation;
        this.out = out;
    }

    /**
     * Says what is new among the rows of one person, and takes back what vanished.
     *
     * @param anew whether what was said is of an older generation
     */
    void say(Map<String, ImageRow> said, Map<String, ImageRow> rows, boolean anew, long position) {
        for (Map.Entry<String, ImageRow> entry : said.entrySet()) {
            if (!rows.containsKey(entry.getKey())) {
                ImageRow gone = entry.getValue();
                RowDraft row = AuditJson.imageFinding(gone.finding(), gone.cleared());
                out.accept(RowDraft.farewell(row.table(), row.farewell(), generation, position));
            }
        }
        for (Map.Entry<String, ImageRow> entry : rows.entrySet()) {
            ImageRow row = entry.getValue();
            ImageRow same = said.get(entry.getKey());
            if (anew || same == null || !same.saysTheSameAs(row)) {
                out.accept(AuditJson.imageFinding(row.finding(), row.cleared(), generation, position));
            }
        }
    }
}
