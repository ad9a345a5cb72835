package org.faceaudit.runtime.fact;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.intake.envelope.ChangeInPlace;
import org.faceaudit.intake.rows.Reject;
import org.faceaudit.runtime.types.PackedInput;
import org.faceaudit.runtime.types.PackedOutput;
import org.faceaudit.runtime.types.Packing;

/** How an {@link Incoming} is written. */
public final class IncomingPacking implements Packing<Incoming> {

    private static final long serialVersionUID = 1L;

    private static final int CHANGE = 0;
    private static final int REJECT = 1;
    private static final int WHOLE_ROW = 2;
    private static final int LACKING_ROW = 3;

    @Override
    public Class<Incoming> type() {
        return Incoming.class;
    }

    @Override
    public void write(Incoming incoming, PackedOutput out) throws IOException {
        ChangeInPlace inPlace = incoming.inPlace();
        if (inPlace != null) {
            PreparedChange.of(inPlace, incoming.source(), head -> writeBefore(incoming, head))
                    .write(inPlace, out);
            return;
        }
        if (incoming.reject() == null) {
            writeBefore(incoming, out);
            ChangePacking.write(incoming.change(), out);
            return;
        }
        out.word(incoming.source());
        Reject reject = incoming.reject();
        out.bits(REJECT);
        out.word(reject.topic());
        out.number(reject.partition());
        out.number(reject.offset());
        out.word(reject.reason());
        out.text(reject.sha256(), 0);
        out.number(reject.appendedAtMillis());
    }

    @Override
    public Incoming kept(Incoming incoming) {
        return incoming.kept();
    }

    private static void writeBefore(Incoming change, PackedOutput out) throws IOException {
        out.word(change.source());
        List<String> lacking = change.lacking();
        if (lacking == null || lacking.isEmpty()) {
            out.bits(lacking == null ? CHANGE : WHOLE_ROW);
            return;
        }
        out.bits(LACKING_ROW);
        out.number(lacking.size());
        for (String column : lacking) {
            out.word(column);
        }
    }

    @Override
    public Incoming read(PackedInput in) throws IOException {
        String source = in.word();
        int kind = in.bits();
        if (kind != REJECT) {
            List<String> lacking = readLacking(kind, in);
            return new Incoming(source, ChangePacking.read(in), null, lacking);
        }
        return new Incoming(
                source, null, new Reject(in.word(), (int) in.number(), in.number(), in.word(), in.text(), in.number()));
    }

    private static List<String> readLacking(int kind, PackedInput in) throws IOException {
        if (kind != LACKING_ROW) {
            return kind == WHOLE_ROW ? List.of() : null;
        }
        List<String> lacking = new ArrayList<>();
        for (long columns = in.number(); columns > 0; columns--) {
            lacking.add(in.word());
        }
        return lacking;
    }
}
