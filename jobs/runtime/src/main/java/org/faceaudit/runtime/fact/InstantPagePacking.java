package org.faceaudit.runtime.fact;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.runtime.types.PackedInput;
import org.faceaudit.runtime.types.PackedOutput;
import org.faceaudit.runtime.types.Packing;

/** How an {@link InstantPage} is written. */
public final class InstantPagePacking implements Packing<InstantPage> {

    private static final long serialVersionUID = 1L;

    @Override
    public Class<InstantPage> type() {
        return InstantPage.class;
    }

    @Override
    public void write(InstantPage page, PackedOutput out) throws IOException {
        out.word(page.operator());
        out.number(page.stretch());
        out.number(page.series().size());
        for (String series : page.series()) {
            out.word(series);
        }
        out.number(page.entries());
        out.number(page.last());
        out.bytes(page.bytes());
    }

    @Override
    public InstantPage read(PackedInput in) throws IOException {
        String operator = in.word();
        int stretch = (int) in.number();
        int size = (int) in.number();
        List<String> series = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            series.add(in.word());
        }
        return new InstantPage(operator, stretch, series, (int) in.number(), in.number(), in.bytes());
    }
}
