package org.faceaudit.runtime.step;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.faceaudit.runtime.fact.ImageFact;
import org.faceaudit.runtime.types.PackedInput;
import org.faceaudit.runtime.types.PackedOutput;

/**
 * A page that is looked at and written anew, leaf by leaf: a leaf that nobody asks for is not read.
 *
 * <p>A page knows up to which instant of its source the rows of its findings were said, by which generation, and before which
 * instant nothing more becomes due by time alone. Not thread-safe.
 */
final class OpenImagePage {

    private final PageBook book;
    private final IntFunction<ImageLeaf> reader;
    private final ImageLeaf[] leaves;

    private Instant saidThrough;
    private long generation;
    private Instant next;
    private boolean headChanged;

    private OpenImagePage(PageBook book, int leaves, IntFunction<ImageLeaf> reader) {
        this.book = book;
        this.reader = reader;
        this.leaves = new ImageLeaf[leaves];
    }

    /**
     * A page with a book of its own.
     *
     * @param head how far it was said, {@code null} for not at all
     */
    static OpenImagePage of(ImageLeaf only, ImagePage head) {
        OpenImagePage page = new OpenImagePage(only.book(), 1, number -> only);
        page.leaf(0);
        page.read(head);
        return page;
    }

    /**
     * A page that shares a book with others.
     *
     * @param leaves so many
     * @param reader gives each leaf once it is asked for, as long as the page is at hand
     * @param head how far it was said, {@code null} for not at all
     */
    static OpenImagePage of(PageBook book, int leaves, IntFunction<ImageLeaf> reader, ImagePage head) {
        OpenImagePage page = new OpenImagePage(book, leaves, reader);
        page.read(head);
        return page;
    }

    private void read(ImagePage head) {
        if (head == null) {
            return;
        }
        try {
            PackedInput in = new PackedInput().from(new DataInputDeserializer(head.bytes()));
            saidThrough = optional(book.base().second(), in);
            generation = in.number();
            next = optional(book.base().second(), in);
        } catch (IOException e) {
            throw new UncheckedIOException("what was written can be read", e);
        }
    }

    private static Instant optional(long base, PackedInput in) throws IOException {
        return in.bits() == 0 ? null : PageInput.instant(base, in);
    }

    private void optional(Instant at, PackedOutput out) throws IOException {
        out.bits(at == null ? 0 : 1);
        if (at != null) {
            PageOutput.instant(at, book.base().second(), out);
        }
    }

    /** How far the page was said and what it waits for. */
    ImagePage head() {
        try {
            DataOutputSerializer bytes = new DataOutputSerializer(24);
            PackedOutput out = new PackedOutput().to(bytes);
            optional(saidThrough, out);
            out.number(generation);
            optional(next, out);
            return new ImagePage(bytes.getCopyOfBuffer());
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written", e);
        }
    }

    /** Whether {@link #head()} is not what was read. */
    boolean headChanged() {
        return headChanged;
    }

    /** The same with persons of a book of their own on leaves that share one. */
    OpenImagePage sharing(PageBook shared, int number) {
        OpenImagePage page = like(shared, number);
        for (int i = 0; i < number; i++) {
            page.leaves[i] = ImageLeaf.sharing(shared);
        }
        for (ImageLeaf.Entry entry : entries()) {
            page.leaves[page.leafOf(entry.scope())].add(entry.person());
        }
        return page;
    }

    /** A page of those persons alone whose scope satisfies a condition, otherwise the same. */
    OpenImagePage only(Predicate<String> condition) {
        OpenImagePage part = like(book, leaves.length);
        for (int i = 0; i < leaves.length; i++) {
            part.leaves[i] = leaf(i).only(condition);
        }
        return part;
    }

    private OpenImagePage like(PageBook other, int number) {
        OpenImagePage page = new OpenImagePage(other, number, none -> {
            throw new IllegalStateException("every leaf is there");
        });
        page.saidThrough = saidThrough;
        page.generation = generation;
        page.next = next;
        page.headChanged = headChanged || saidThrough != null || next != null;
        return page;
    }

    String source() {
        return book.source();
    }

    /** How many leaves there are. */
    int leaves() {
        return leaves.length;
    }

    /** A leaf that was asked for, {@code null} if nobody did. */
    ImageLeaf opened(int number) {
        return leaves[number];
    }

    private ImageLeaf leaf(int number) {
        if (leaves[number] == null) {
            leaves[number] = reader.apply(number);
        }
        return leaves[number];
    }

    private int leafOf(String scope) {
        return ImageBuckets.leaf(scope, leaves.length);
    }

    /** Everybody on the page. */
    List<ImageLeaf.Entry> entries() {
        if (leaves.length == 1) {
            return leaf(0).entries();
        }
        List<ImageLeaf.Entry> entries = new ArrayList<>();
        for (int i = 0; i < leaves.length; i++) {
            entries.addAll(leaf(i).entries());
        }
        return entries;
    }

    /** Those on leaves that were asked for. */
    List<ImageLeaf.Entry> openedEntries() {
        List<ImageLeaf.Entry> entries = new ArrayList<>();
        for (ImageLeaf leaf : leaves) {
            if (leaf != null) {
                entries.addAll(leaf.entries());
            }
        }
        return entries;
    }

    /** Takes in a fact of a person who may be new. */
    void take(ImageFact fact) {
        leaf(leafOf(fact.scope())).take(fact);
    }

    /** How many more leaves its persons would fill, of those leaves to which somebody came. */
    int overflow(int full) {
        int more = 0;
        for (ImageLeaf leaf : leaves) {
            more += leaf != null && leaf.grown() ? leaf.persons() / (full + 1) : 0;
        }
        return more;
    }

    /** Up to which instant of the source the rows were said; {@code null} if none was. */
    Instant saidThrough() {
        return saidThrough;
    }

    /** By which generation they were said. */
    long generation() {
        return generation;
    }

    void said(Instant through, long by) {
        headChanged |= !Objects.equals(saidThrough, through) || generation != by;
        saidThrough = through;
        generation = by;
    }

    /** Nothing becomes due by time alone before it; {@code null} if nothing ever does. */
    Instant next() {
        return next;
    }

    void next(Instant at) {
        headChanged |= !Objects.equals(next, at);
        next = at;
    }
}
