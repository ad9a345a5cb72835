package org.faceaudit.runtime.fact;

import java.io.IOException;
import org.faceaudit.runtime.types.PackedInput;
import org.faceaudit.runtime.types.PackedOutput;
import org.faceaudit.runtime.types.Packing;

/** How a {@link RoutedChange} is written. */
public final class RoutedChangePacking implements Packing<RoutedChange> {

    private static final long serialVersionUID = 1L;

    @Override
    public Class<RoutedChange> type() {
        return RoutedChange.class;
    }

    @Override
    public void write(RoutedChange routed, PackedOutput out) throws IOException {
        out.word(routed.source());
        out.number(routed.bucket());
        ChangePacking.write(routed.change(), out);
    }

    @Override
    public RoutedChange read(PackedInput in) throws IOException {
        return new RoutedChange(in.word(), (int) in.number(), ChangePacking.read(in));
    }
}
