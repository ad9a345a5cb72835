package org.faceaudit.runtime.judge;

import java.util.function.BiConsumer;
import org.faceaudit.runtime.fact.Fact;

/**
 * A file in memory that keeps facts of which there are many in pages of bytes of its own, and is remembered by them rather than
 * fact by fact.
 */
public interface PageKeeper {

    /** Whether a fact is remembered by the file's pages, and not by itself. */
    default boolean keeps(Fact fact) {
        return false;
    }

    /**
     * Gives the pages that changed since they were asked for last, by name; {@code null} for one that is no more. Nobody changes
     * a page.
     */
    default void changedPages(BiConsumer<String, byte[]> memory) {}

    /** Takes in a page that was remembered. */
    default void setPage(String name, byte[] page) {
        throw new IllegalStateException("this file keeps no pages");
    }
}
