package org.faceaudit.runtime.step;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.faceaudit.runtime.types.PackedInput;
import org.faceaudit.runtime.types.PackedOutput;

/**
 * What entries have alike, each once: the source, from where they count, words and shapes. A small bucket's only page has one of
 * its own; the pages of a larger bucket share one, which is only ever added to and therefore takes in no more than so much.
 * Not thread-safe.
 */
final class PageBook {

    /** So many shapes are shared at the most, none of them longer than this: others stand with their entries. */
    private static final int MOST_SHARED = 128;

    private static final int LONGEST_SHARED = 160;

    private final String source;
    private final PageBase base;
    private final PageWords words;
    private final List<byte[]> shapes = new ArrayList<>();
    private final Map<ByteBuffer, Integer> numbers = new HashMap<>();
    private int writtenWords;
    private int writtenShapes;

    PageBook(String source, PageBase base, PageWords words) {
        this.source = source;
        this.base = base;
        this.words = words;
    }

    static PageBook read(PackedInput in) throws IOException {
        String source = in.text();
        PageWords words = new PageWords();
        for (long rest = in.number(); rest > 0; rest--) {
            words.number(in.text());
        }
        PageBook book = new PageBook(source, PageBase.of(in.number(), in.number()), words);
        for (long rest = in.number(); rest > 0; rest--) {
            book.add(in.bytes());
        }
        book.written();
        return book;
    }

    static PageBook of(ImagePage page) throws IOException {
        return read(new PackedInput().from(new DataInputDeserializer(page.bytes())));
    }

    void write(PackedOutput out) throws IOException {
        out.text(source, 0);
        out.number(words.all().size());
        for (String word : words.all()) {
            out.text(word, 0);
        }
        out.number(base.second());
        out.number(base.sequence());
        out.number(shapes.size());
        for (byte[] shape : shapes) {
            out.bytes(shape);
        }
    }

    /** As it stands. */
    ImagePage packed() throws IOException {
        DataOutputSerializer bytes = new DataOutputSerializer(1024);
        write(new PackedOutput().to(bytes));
        written();
        return new ImagePage(bytes.getCopyOfBuffer());
    }

    private void written() {
        writtenWords = words.all().size();
        writtenShapes = shapes.size();
    }

    /** Whether something came to it since it was read or {@link #packed}. */
    boolean changed() {
        return writtenWords != words.all().size() || writtenShapes != shapes.size();
    }

    String source() {
        return source;
    }

    PageBase base() {
        return base;
    }

    PageWords words() {
        return words;
    }

    /** The number of a shape, from 0, which is taken in if it is new. */
    int add(byte[] shape) {
        Integer known = numbers.get(ByteBuffer.wrap(shape));
        if (known == null) {
            known = shapes.size();
            shapes.add(shape);
            numbers.put(ByteBuffer.wrap(shape), known);
        }
        return known;
    }

    /** The number of a shape that may be shared, -1 if there is no room for it. */
    int share(byte[] shape) {
        Integer known = numbers.get(ByteBuffer.wrap(shape));
        if (known == null && shapes.size() < MOST_SHARED && shape.length <= LONGEST_SHARED) {
            known = add(shape);
        }
        return known == null ? -1 : known;
    }

    byte[] shape(int number) {
        return shapes.get(number);
    }
}
