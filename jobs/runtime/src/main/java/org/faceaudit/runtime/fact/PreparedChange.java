package org.faceaudit.runtime.fact;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.faceaudit.intake.envelope.ChangeInPlace;
import org.faceaudit.runtime.types.FieldPacking;
import org.faceaudit.runtime.types.PackedOutput;
import org.faceaudit.runtime.types.PositionPacking;

/**
 * What all changes of one form are written with, and how one that stands in its record is written between: byte by byte as
 * {@link ChangePacking} would write the change that {@link ChangeInPlace#change} makes, without making it.
 */
final class PreparedChange {

    private final String source;
    private final byte[] head;
    private final byte[] place;
    private final byte[][] columns;

    private PreparedChange(String source, byte[] head, byte[] place, byte[]... columns) {
        this.source = source;
        this.head = head;
        this.place = place;
        this.columns = columns;
    }

    /** Something that is written. */
    interface Part {
        void write(PackedOutput out) throws IOException;
    }

    private static byte[] bytes(Part part) throws IOException {
        DataOutputSerializer bytes = new DataOutputSerializer(64);
        part.write(new PackedOutput().to(bytes));
        return bytes.getCopyOfBuffer();
    }

    /**
     * What was prepared for the form of a change.
     *
     * @param before what stands before every change of the form that comes of the source
     */
    static PreparedChange of(ChangeInPlace change, String source, Part before) throws IOException {
        if (change.prepared() instanceof PreparedChange known && Objects.equals(known.source, source)) {
            return known;
        }
        int[] told = change.columns();
        byte[][] columns = new byte[told.length][];
        for (int i = 0; i < told.length; i++) {
            String name = change.name(told[i]);
            columns[i] = bytes(out -> out.word(name));
        }
        PreparedChange prepared = new PreparedChange(
                source,
                bytes(out -> {
                    before.write(out);
                    out.bits(change.kind().ordinal());
                    out.word(change.operator());
                    out.word(change.system());
                    out.word(change.table());
                }),
                bytes(out -> PositionPacking.writePlace(change, out)),
                columns);
        change.prepare(prepared);
        return prepared;
    }

    /** Writes a change of the form. */
    void write(ChangeInPlace change, PackedOutput out) throws IOException {
        out.ready(head);
        out.text(change.rowKey(), change.rowKeyFrom(), change.rowKeyTo(), 0);
        out.fixed(change.identity());
        out.number(change.snapshotId());
        out.number(change.appendedAtMillis());
        out.ready(place);
        PositionPacking.writeBehindPlace(change, out);
        FieldPacking.write(change, columns, out);
    }
}
