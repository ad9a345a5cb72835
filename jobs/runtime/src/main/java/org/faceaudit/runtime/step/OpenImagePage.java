package org.faceaudit.runtime.step;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.faceaudit.runtime.fact.ImageFact;
import org.faceaudit.runtime.types.PackedInput;
import org.faceaudit.runtime.types.PackedOutput;

/**
 * A page that is looked at and written anew. Persons who are not touched stay packed as they were.
 *
 * <p>Persons of whom the same kinds of things are known have one shape, which a page keeps once; shapes that nobody has any more go
 * with the next writing.
 *
 * <p>A page knows up to which instant of its source the rows of its findings were said, by which generation, and before which
 * instant nothing more becomes due by time alone. Not thread-safe.
 */
final class OpenImagePage {

    /** Words that are gone from the entries stay, until so many have gathered and the page is read whole. */
    private static final int MANY_WORDS = 64;

    /** A person on the page, packed or opened. */
    final class Entry {
        private final PackedEntry packed;
        private PersonImages person;

        private Entry(PackedEntry packed, PersonImages person) {
            this.packed = packed;
            this.person = person;
        }

        String scope() {
            return person == null ? reader.scope(packed) : person.scope();
        }

        /** Whether facts came since the findings were made. */
        boolean unjudged() {
            return person == null ? PersonImagesReader.unjudged(packed) : person.unjudged();
        }

        /** The findings; of a person who is not opened they come without the changes they rest on. */
        List<Finding> findings() {
            return person == null ? reader.findings(packed) : person.findings();
        }

        /** The person to look at whole, and to change. */
        PersonImages person() {
            if (person == null) {
                person = reader.read(packed);
            }
            return person;
        }
    }

    private final String source;
    private final PageBase base;
    private final PageWords words;
    private final PersonImagesReader reader;
    private final List<Entry> entries = new ArrayList<>();
    /** Made when somebody is looked for by name. */
    private Map<String, Entry> byScope;

    private Instant saidThrough;
    private long generation;
    private Instant next;
    private boolean headChanged;

    private OpenImagePage(String source, PageBase base, PageWords words) {
        this.source = source;
        this.base = base;
        this.words = words;
        this.reader = new PersonImagesReader(words, source, base);
    }

    /**
     * A page of nobody.
     *
     * @param base near what the facts will tell
     */
    static OpenImagePage empty(String source, PageBase base) {
        return new OpenImagePage(source, base, new PageWords());
    }

    /** @param head how far it was said, {@code null} for not at all */
    static OpenImagePage of(ImagePage page, ImagePage head) {
        try {
            DataInputDeserializer bytes = new DataInputDeserializer(page.bytes());
            PackedInput in = new PackedInput().from(bytes);
            String source = in.text();
            PageWords words = new PageWords();
            for (long rest = in.number(); rest > 0; rest--) {
                words.number(in.text());
            }
            OpenImagePage open = new OpenImagePage(source, PageBase.of(in.number(), in.number()), words);
            byte[][] shapes = new byte[(int) in.number()][];
            for (int i = 0; i < shapes.length; i++) {
                shapes[i] = in.bytes();
            }
            for (long rest = in.number(); rest > 0; rest--) {
                byte[] shape = shapes[(int) in.number()];
                open.entries.add(open.new Entry(new PackedEntry(shape, in.bytes()), null));
            }
            if (head != null) {
                in.from(new DataInputDeserializer(head.bytes()));
                open.saidThrough = optional(open.base.second(), in);
                open.generation = in.number();
                open.next = optional(open.base.second(), in);
            }
            return open;
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
            PageOutput.instant(at, base.second(), out);
        }
    }

    /** The page as it stands, {@code null} when nobody is left on it. */
    ImagePage packed() {
        if (entries.removeIf(entry -> entry.person != null && entry.person.isNothing())) {
            byScope = null;
        }
        if (entries.isEmpty()) {
            return null;
        }
        boolean whole = words.all().size() > MANY_WORDS && entries.stream().allMatch(entry -> entry.person != null);
        PageWords kept = whole ? new PageWords() : words;
        PersonImagesWriter writer = new PersonImagesWriter(kept, base);
        List<PackedEntry> packed = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            packed.add(entry.person == null ? entry.packed : writer.write(entry.person));
        }
        try {
            DataOutputSerializer bytes = new DataOutputSerializer(4096);
            PackedOutput out = new PackedOutput().to(bytes);
            out.text(source, 0);
            out.number(kept.all().size());
            for (String word : kept.all()) {
                out.text(word, 0);
            }
            out.number(base.second());
            out.number(base.sequence());
            Map<ByteBuffer, Integer> shapes = new LinkedHashMap<>();
            packed.forEach(entry -> shapes.putIfAbsent(ByteBuffer.wrap(entry.shape()), shapes.size()));
            out.number(shapes.size());
            for (ByteBuffer shape : shapes.keySet()) {
                out.bytes(shape.array());
            }
            out.number(packed.size());
            for (PackedEntry entry : packed) {
                out.number(shapes.get(ByteBuffer.wrap(entry.shape())));
                out.bytes(entry.values());
            }
            return new ImagePage(bytes.getCopyOfBuffer());
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written", e);
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

    /** A page of those persons alone whose scope satisfies a condition, otherwise the same. */
    OpenImagePage only(Predicate<String> condition) {
        OpenImagePage part = new OpenImagePage(source, base, words);
        part.saidThrough = saidThrough;
        part.generation = generation;
        part.next = next;
        part.headChanged = headChanged || saidThrough != null;
        for (Entry entry : entries) {
            if (condition.test(entry.scope())) {
                part.entries.add(part.new Entry(entry.packed, entry.person));
            }
        }
        return part;
    }

    String source() {
        return source;
    }

    int persons() {
        return entries.size();
    }

    List<Entry> entries() {
        return Collections.unmodifiableList(entries);
    }

    /** Takes in a fact of a person who may be new. */
    void take(ImageFact fact) {
        if (byScope == null) {
            byScope = new HashMap<>();
            entries.forEach(entry -> byScope.put(entry.scope(), entry));
        }
        Entry entry = byScope.get(fact.scope());
        if (entry == null) {
            entry = new Entry(null, new PersonImages(fact.scope()));
            entries.add(entry);
            byScope.put(fact.scope(), entry);
        }
        entry.person().take(fact);
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
