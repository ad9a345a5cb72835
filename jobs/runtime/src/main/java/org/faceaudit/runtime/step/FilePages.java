package org.faceaudit.runtime.step;

import java.io.IOException;
import java.util.Map;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.FlinkRuntimeException;
import org.faceaudit.runtime.judge.PageKeeper;
import org.faceaudit.runtime.types.PackedInput;
import org.faceaudit.runtime.types.PackedOutput;
import org.faceaudit.runtime.types.PackedTypeInfo;
import org.faceaudit.runtime.types.Packing;

/** Remembers the pages in which a file in memory keeps its facts, once a cut and without reading them. */
final class FilePages {

    /** A page. Never changed in place. */
    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
    record Page(byte[] bytes) {}

    /** How a page is written: as it is. */
    public static final class Bytes implements Packing<Page> {

        private static final long serialVersionUID = 1L;

        @Override
        public Class<Page> type() {
            return Page.class;
        }

        @Override
        public void write(Page page, PackedOutput out) throws IOException {
            out.bytes(page.bytes());
        }

        @Override
        public Page read(PackedInput in) throws IOException {
            return new Page(in.bytes());
        }
    }

    /** The name of the state. */
    static final String STATE = "file-pages";

    private final MapState<String, Page> pages;

    FilePages(KeyedStateStore store) {
        pages = store.getMapState(new MapStateDescriptor<>(STATE, Types.STRING, new PackedTypeInfo<>(new Bytes())));
    }

    /** Gives a file back what was remembered of the current key. */
    void restore(PageKeeper file) throws Exception {
        for (Map.Entry<String, Page> page : pages.entries()) {
            file.setPage(page.getKey(), page.getValue().bytes());
        }
    }

    /** Remembers what changed in a file of the current key. */
    void remember(PageKeeper file) {
        file.changedPages((name, page) -> {
            try {
                if (page == null) {
                    pages.remove(name);
                } else {
                    pages.put(name, new Page(page));
                }
            } catch (Exception e) {
                throw new FlinkRuntimeException("the state backend failed", e);
            }
        });
    }
}
