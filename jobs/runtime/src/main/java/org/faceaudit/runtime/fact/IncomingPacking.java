package org.faceaudit.runtime.fact;

import java.io.IOException;
import org.faceaudit.intake.rows.Reject;
import org.faceaudit.runtime.types.PackedInput;
import org.faceaudit.runtime.types.PackedOutput;
import org.faceaudit.runtime.types.Packing;

/** How an {@link Incoming} is written. */
public final class IncomingPacking implements Packing<Incoming> {

    private static final long serialVersionUID = 1L;

    private static final int CHANGE = 0;
    private static final int REJECT = 1;

    @Override
    public Class<Incoming> type() {
        return Incoming.class;
    }

    @Override
    public void write(Incoming incoming, PackedOutput out) throws IOException {
        out.word(incoming.source());
        if (incoming.reject() == null) {
            out.bits(CHANGE);
            ChangePacking.write(incoming.change(), out);
            return;
        }
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
    public Incoming read(PackedInput in) throws IOException {
        String source = in.word();
        if (in.bits() == CHANGE) {
            return new Incoming(source, ChangePacking.read(in), null);
        }
        return new Incoming(
                source, null, new Reject(in.word(), (int) in.number(), in.number(), in.word(), in.text(), in.number()));
    }
}
