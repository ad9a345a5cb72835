package org.faceaudit.runtime.fact;

import java.io.IOException;
import org.faceaudit.core.event.Position;
import org.faceaudit.intake.rows.RowChange;
import org.faceaudit.runtime.types.FieldPacking;
import org.faceaudit.runtime.types.PackedInput;
import org.faceaudit.runtime.types.PackedOutput;
import org.faceaudit.runtime.types.PositionPacking;

/** How a change of a row is written. */
final class ChangePacking {

    private static final RowChange.Kind[] KINDS = RowChange.Kind.values();

    private ChangePacking() {}

    static void write(RowChange change, PackedOutput out) throws IOException {
        out.bits(change.kind().ordinal());
        out.word(change.operator());
        out.word(change.system());
        out.word(change.table());
        out.text(change.rowKey(), 0);
        out.fixed(change.identity());
        out.number(change.snapshotId());
        out.number(change.appendedAtMillis());
        PositionPacking.write(change.position(), change.table(), null, out);
        FieldPacking.write(change.fields(), out);
    }

    static RowChange read(PackedInput in) throws IOException {
        RowChange.Kind kind = KINDS[in.bits()];
        String operator = in.word();
        String system = in.word();
        String table = in.word();
        String rowKey = in.text();
        long identity = in.fixed();
        long snapshotId = in.number();
        long appendedAtMillis = in.number();
        Position position = PositionPacking.read(table, null, in);
        return new RowChange(
                operator,
                system,
                kind,
                table,
                rowKey,
                FieldPacking.read(in),
                identity,
                snapshotId,
                position,
                appendedAtMillis);
    }
}
