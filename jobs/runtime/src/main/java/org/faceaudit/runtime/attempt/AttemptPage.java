package org.faceaudit.runtime.attempt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.core.event.AttemptOutcome;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.envelope.Digests;
import org.faceaudit.runtime.fact.Scopes;

/**
 * Some attempts of one legal day, in the order of time, packed into bytes. Never changed in place: the heap's snapshots are
 * written while the next attempts come in.
 *
 * <p>Where an attempt was made and in which system is for the keeper to know. What its position and key say twice is written
 * once: the topic is that of its source, the hash of the key follows from the key.
 *
 * @param bytes the day, the words that the attempts repeat, then attempt after attempt, each with its length before it
 */
public record AttemptPage(byte[] bytes) {

    private static final int OFFSET = 6;
    private static final int KIND = 3;
    private static final int COMMITTED = 0;
    private static final int DECLARED = 1;
    private static final int UNDATED = 2;
    private static final int OUTCOME = 2;
    private static final int SNAPSHOT = 1 << 4;
    private static final int ORDINAL = 1 << 5;
    private static final AttemptOutcome[] OUTCOMES = AttemptOutcome.values();

    /** One attempt taken apart. */
    private record Entry(
            long at,
            int kind,
            AttemptOutcome outcome,
            String method,
            String group,
            String digest,
            String table,
            String key,
            int ordinal,
            String mapping,
            Position position) {

        Identity identity() {
            return new Identity(at, table, key, ordinal);
        }
    }

    /** What tells one attempt from all others. */
    private record Identity(long at, String table, String key, int ordinal) {}

    /** Where an entry stands on a page. */
    private record Slice(byte[] bytes, int from, int to, long at) {}

    /**
     * A page of one attempt.
     *
     * @param ordinal how many rows with the same key there were before; the attempt's key says nothing of it
     */
    public static AttemptPage of(Attempt attempt, int ordinal) {
        Entry entry = entry(attempt, ordinal);
        int day = LegalDay.of(attempt.at().latest()).epochDay();
        Words words = new Words();
        PageWriter body = new PageWriter();
        write(entry, dayStart(day), words, body);
        PageWriter page = new PageWriter();
        head(day, words, page);
        return new AttemptPage(page.number(body.length()).raw(body).toBytes());
    }

    private static Entry entry(Attempt attempt, int ordinal) {
        Position position = attempt.position();
        TimeBounds at = attempt.at();
        int kind = at.declared() ? DECLARED : at.exact() ? COMMITTED : UNDATED;
        PersonToken person = attempt.person();
        return new Entry(
                Nanos.of(at.latest()),
                kind,
                attempt.outcome(),
                attempt.method(),
                Tokens.group(person),
                person == null ? null : person.digest(),
                position.table(),
                attempt.attemptKey().substring(position.table().length() + 1),
                ordinal,
                attempt.mappingVersion(),
                position);
    }

    private static long dayStart(int day) {
        return Nanos.of(new LegalDay(day).start());
    }

    private static void head(int day, Words words, PageWriter page) {
        page.number(day);
        words.write(page);
    }

    private static void write(Entry entry, long dayStart, Words words, PageWriter out) {
        Position position = entry.position();
        out.fixed(entry.at() - dayStart, OFFSET);
        out.bits(entry.kind()
                | (entry.outcome() == null ? 0 : entry.outcome().ordinal() + 1) << OUTCOME
                | (position.snapshot() ? SNAPSHOT : 0)
                | (entry.ordinal() > 0 ? ORDINAL : 0));
        out.number(words.number(entry.method()));
        out.number(words.number(entry.group()));
        if (entry.group() != null) {
            out.text(entry.digest());
        }
        out.text(entry.key());
        if (entry.ordinal() > 0) {
            out.number(entry.ordinal());
        }
        out.number(words.number(entry.table()));
        out.number(words.number(entry.mapping()));
        out.number(position.partition());
        out.number(position.offset());
        out.text(position.logPosition());
        out.text(position.transaction());
        out.signed(Nanos.of(position.committedAt()) - entry.at());
    }

    /** Reads the entry at which the reader stands, behind its length; of a position all but the topic and the key's hash. */
    private static Entry read(PageReader in, long dayStart, Words words) {
        long at = dayStart + in.fixed(OFFSET);
        int flags = in.bits();
        String method = words.word((int) in.number());
        String group = words.word((int) in.number());
        String digest = group == null ? null : in.text();
        String key = in.text();
        int ordinal = (flags & ORDINAL) == 0 ? 0 : (int) in.number();
        String table = words.word((int) in.number());
        String mapping = words.word((int) in.number());
        Position position = new Position(
                "",
                (int) in.number(),
                in.number(),
                in.text(),
                in.text(),
                table,
                null,
                Nanos.instant(at + in.signed()),
                (flags & SNAPSHOT) != 0);
        return new Entry(
                at, flags & KIND, outcome(flags), method, group, digest, table, key, ordinal, mapping, position);
    }

    private static AttemptOutcome outcome(int flags) {
        int outcome = flags >>> OUTCOME & KIND;
        return outcome == 0 ? null : OUTCOMES[outcome - 1];
    }

    /** The legal day. */
    public int day() {
        return (int) new PageReader(bytes, 0).number();
    }

    /** How many attempts there are. */
    public int size() {
        int size = 0;
        PageReader in = new PageReader(bytes, 0);
        in.number();
        Words.read(in);
        while (!in.atEnd()) {
            int length = (int) in.number();
            in.to(in.at() + length);
            size++;
        }
        return size;
    }

    /**
     * The page with what is new of its legal day, in order; an attempt that is there already is replaced.
     *
     * @param page {@code null} for an empty one
     * @param news not empty; of an attempt that is gone only what it is and when it was made counts
     * @return {@code null} when nothing is left
     */
    static AttemptPage replaced(AttemptPage page, List<AttemptNews> news) {
        Map<Identity, Entry> added = new LinkedHashMap<>();
        Set<Identity> removed = new HashSet<>();
        int day = 0;
        for (AttemptNews each : news) {
            AttemptPage one = each.here() != null ? each.here() : each.gone();
            Entry entry = one.entries().get(0);
            day = one.day();
            removed.add(entry.identity());
            if (each.here() == null) {
                added.remove(entry.identity());
            } else {
                added.put(entry.identity(), entry);
            }
        }
        long dayStart = dayStart(day);
        List<Slice> slices = new ArrayList<>();
        Words words = page == null ? new Words() : page.without(removed, slices);
        PageWriter body = new PageWriter();
        for (Entry entry : added.values()) {
            write(entry, dayStart, words, body.clear());
            byte[] written = body.toBytes();
            slices.add(new Slice(written, 0, written.length, entry.at()));
        }
        if (slices.isEmpty()) {
            return null;
        }
        slices.sort(Comparator.comparingLong(Slice::at));
        PageWriter out = new PageWriter();
        head(day, words, out);
        for (Slice slice : slices) {
            out.number(slice.to() - slice.from()).raw(slice.bytes(), slice.from(), slice.to() - slice.from());
        }
        return new AttemptPage(out.toBytes());
    }

    /** Collects the entries that are none of these, and tells the words that they use. */
    private Words without(Set<Identity> removed, List<Slice> slices) {
        Set<Long> instants = new HashSet<>();
        removed.forEach(identity -> instants.add(identity.at()));
        PageReader in = new PageReader(bytes, 0);
        long dayStart = dayStart((int) in.number());
        Words words = Words.read(in);
        while (!in.atEnd()) {
            int length = (int) in.number();
            int from = in.at();
            long at = dayStart + in.fixed(OFFSET);
            boolean gone = instants.contains(at)
                    && removed.contains(read(in.to(from), dayStart, words).identity());
            if (!gone) {
                slices.add(new Slice(bytes, from, from + length, at));
            }
            in.to(from + length);
        }
        return words;
    }

    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        PageReader in = new PageReader(bytes, 0);
        long dayStart = dayStart((int) in.number());
        Words words = Words.read(in);
        while (!in.atEnd()) {
            in.number();
            entries.add(read(in, dayStart, words));
        }
        return entries;
    }

    /**
     * The attempts, in the order of time.
     *
     * @param source {@code operator/system}
     * @param pointId the point at which they were made; {@code null} if not known
     * @param which their numbers on the page; {@code null} for all
     */
    public List<Attempt> attempts(String source, String pointId, BitSet which) {
        List<Attempt> attempts = new ArrayList<>();
        PageReader in = new PageReader(bytes, 0);
        long dayStart = dayStart((int) in.number());
        Words words = Words.read(in);
        String operator = Scopes.operator(source);
        String system = Scopes.system(source);
        for (int number = 0; !in.atEnd(); number++) {
            int length = (int) in.number();
            if (which == null || which.get(number)) {
                attempts.add(attempt(operator, system, pointId, read(in, dayStart, words)));
            } else {
                in.to(in.at() + length);
            }
        }
        return attempts;
    }

    private static Attempt attempt(String operator, String system, String pointId, Entry entry) {
        Instant at = Nanos.instant(entry.at());
        Position position = entry.position();
        return new Attempt(
                operator,
                system,
                entry.table() + '/' + entry.key() + (entry.ordinal() == 0 ? "" : "#" + entry.ordinal()),
                pointId,
                Tokens.person(entry.group(), entry.digest()),
                entry.kind() == UNDATED
                        ? TimeBounds.between(Instant.EPOCH, at)
                        : new TimeBounds(at, at, entry.kind() == DECLARED),
                entry.method(),
                entry.outcome(),
                entry.mapping(),
                new Position(
                        "cdc." + operator + '.' + system,
                        position.partition(),
                        position.offset(),
                        position.logPosition(),
                        position.transaction(),
                        position.table(),
                        Digests.key(entry.table(), entry.key()),
                        position.committedAt(),
                        position.snapshot()));
    }

    /** The page as a survey reads it. */
    public AttemptColumns columns() {
        PageReader in = new PageReader(bytes, 0);
        long dayStart = dayStart((int) in.number());
        Words words = Words.read(in);
        AttemptColumns columns = new AttemptColumns(words);
        while (!in.atEnd()) {
            int length = (int) in.number();
            int from = in.at();
            long at = dayStart + in.fixed(OFFSET);
            int flags = in.bits();
            int method = (int) in.number();
            int group = (int) in.number();
            long person = group == 0
                    ? 0
                    : PageReader.something(
                            in.hash() + PageReader.SPREAD * words.word(group).hashCode());
            columns.add(at, method, outcome(flags), person);
            in.to(from + length);
        }
        return columns;
    }
}
