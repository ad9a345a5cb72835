package org.faceaudit.runtime.step;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.faceaudit.runtime.fact.ImageFact;
import org.faceaudit.runtime.types.PackedInput;
import org.faceaudit.runtime.types.PackedOutput;

/**
 * What is read and written at once: the persons of a page, or of a part of it. Persons who are not touched stay packed as they
 * were.
 *
 * <p>Persons of whom the same kinds of things are known have one shape, which their book keeps once. In a leaf with a book of its
 * own shapes that nobody has any more go with the next writing. Not thread-safe.
 */
final class ImageLeaf {

    /** Words that are gone from the entries stay, until so many have gathered and the leaf is read whole. */
    private static final int MANY_WORDS = 64;

    /** A person on the leaf, packed or opened. */
    final class Entry {
        private final PackedEntry packed;
        private PersonImages person;
        private String scope;

        private Entry(PackedEntry packed, PersonImages person) {
            this.packed = packed;
            this.person = person;
        }

        String scope() {
            if (scope == null) {
                scope = person == null ? reader.scope(packed) : person.scope();
            }
            return scope;
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

        /** Replaces what was found. */
        void found(List<Finding> findings, String mappingVersion, boolean stale) {
            person().found(findings, mappingVersion, stale);
            changed = true;
        }
    }

    private final PageBook book;
    private final boolean shared;
    private final PageWords words;
    private final PersonImagesReader reader;
    private final List<Entry> entries = new ArrayList<>();
    private boolean changed;
    private boolean grown;

    private ImageLeaf(PageBook book, boolean shared, PageWords words) {
        this.book = book;
        this.shared = shared;
        this.words = words;
        this.reader = new PersonImagesReader(words, book.source(), book.base());
    }

    /** A leaf of nobody with a book of its own. */
    static ImageLeaf empty(PageBook own) {
        return new ImageLeaf(own, false, own.words());
    }

    /** A leaf of nobody that shares a book with others. */
    static ImageLeaf sharing(PageBook book) {
        return new ImageLeaf(book, true, book.words().beside());
    }

    /** A leaf with a book of its own, as it was packed. */
    static ImageLeaf read(ImagePage page) {
        try {
            PackedInput in = new PackedInput().from(new DataInputDeserializer(page.bytes()));
            ImageLeaf leaf = empty(PageBook.read(in));
            for (long rest = in.number(); rest > 0; rest--) {
                byte[] shape = leaf.book.shape((int) in.number());
                leaf.entries.add(leaf.new Entry(new PackedEntry(shape, in.bytes(), false), null));
            }
            return leaf;
        } catch (IOException e) {
            throw new UncheckedIOException("what was written can be read", e);
        }
    }

    /** A leaf that shares a book, as it was packed. */
    static ImageLeaf read(PageBook book, ImagePage page) {
        try {
            PackedInput in = new PackedInput().from(new DataInputDeserializer(page.bytes()));
            ImageLeaf leaf = sharing(book);
            for (long rest = in.number(); rest > 0; rest--) {
                leaf.words.restore(in.text());
            }
            for (long rest = in.number(); rest > 0; rest--) {
                int shape = (int) in.number();
                byte[] known = shape < 0 ? in.bytes() : book.shape(shape);
                leaf.entries.add(leaf.new Entry(new PackedEntry(known, in.bytes(), shape < 0), null));
            }
            return leaf;
        } catch (IOException e) {
            throw new UncheckedIOException("what was written can be read", e);
        }
    }

    PageBook book() {
        return book;
    }

    /** The leaf as it stands, {@code null} when nobody is left on it. What a shared book is told must be kept as well. */
    ImagePage packed() {
        entries.removeIf(entry -> entry.person != null && entry.person.isNothing());
        if (entries.isEmpty()) {
            return null;
        }
        boolean whole = words.all().size() > MANY_WORDS && entries.stream().allMatch(entry -> entry.person != null);
        PageWords kept = !whole ? words : shared ? book.words().beside() : new PageWords();
        PersonImagesWriter writer = new PersonImagesWriter(kept, book.base());
        List<PackedEntry> packed = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            packed.add(entry.person == null ? entry.packed : writer.write(entry.person));
        }
        try {
            DataOutputSerializer bytes = new DataOutputSerializer(shared ? 512 : 4096);
            PackedOutput out = new PackedOutput().to(bytes);
            if (shared) {
                writeSharing(packed, kept, out);
            } else {
                writeWhole(packed, kept, out);
            }
            return new ImagePage(bytes.getCopyOfBuffer());
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written", e);
        }
    }

    private void writeWhole(List<PackedEntry> packed, PageWords kept, PackedOutput out) throws IOException {
        PageBook own = new PageBook(book.source(), book.base(), kept);
        int[] shapes = packed.stream().mapToInt(entry -> own.add(entry.shape())).toArray();
        own.write(out);
        out.number(packed.size());
        for (int i = 0; i < shapes.length; i++) {
            out.number(shapes[i]);
            out.bytes(packed.get(i).values());
        }
    }

    private void writeSharing(List<PackedEntry> packed, PageWords kept, PackedOutput out) throws IOException {
        out.number(kept.all().size());
        for (String word : kept.all()) {
            out.text(word, 0);
        }
        out.number(packed.size());
        byte[] looked = null;
        int number = -1;
        for (PackedEntry entry : packed) {
            // Entries that were read have the book's own shapes, and most the same one.
            if (!entry.apart() && entry.shape() != looked) {
                looked = entry.shape();
                number = book.share(looked);
            }
            int shape = entry.apart() ? -1 : number;
            out.number(shape);
            if (shape < 0) {
                out.bytes(entry.shape());
            }
            out.bytes(entry.values());
        }
    }

    /** A leaf of those persons alone whose scope satisfies a condition, otherwise the same. */
    ImageLeaf only(Predicate<String> condition) {
        ImageLeaf part = new ImageLeaf(book, shared, words);
        part.changed = true;
        for (Entry entry : entries) {
            if (condition.test(entry.scope())) {
                part.entries.add(part.new Entry(entry.packed, entry.person));
            }
        }
        return part;
    }

    /** Whether it has to be written. */
    boolean changed() {
        return changed;
    }

    /** Whether somebody came to it who was not there. */
    boolean grown() {
        return grown;
    }

    int persons() {
        return entries.size();
    }

    List<Entry> entries() {
        return Collections.unmodifiableList(entries);
    }

    /** Takes in a person who is not on the leaf yet. */
    void add(PersonImages person) {
        entries.add(new Entry(null, person));
        changed = true;
    }

    /** Takes in a fact of a person who may be new. */
    void take(ImageFact fact) {
        for (Entry entry : entries) {
            if (entry.scope().equals(fact.scope())) {
                entry.person().take(fact);
                changed = true;
                return;
            }
        }
        PersonImages person = new PersonImages(fact.scope());
        person.take(fact);
        add(person);
        grown = true;
    }
}
