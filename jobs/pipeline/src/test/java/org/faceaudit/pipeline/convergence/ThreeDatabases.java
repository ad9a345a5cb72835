package org.faceaudit.pipeline.convergence;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.RandomAccess;
import java.util.TreeMap;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.RegistryFixture;
import org.faceaudit.pipeline.RegistryTopic;
import org.faceaudit.runtime.source.RawRecord;

/**
 * One operator's three databases that store faces of the same people, and all that happens to their rows: inserts, updates that
 * move a record to another person, soft deletes, deletes that know a key only, TRUNCATE, re-snapshots after changes that the log
 * lost, records written twice. At the end of each legal day the rows that are there are counted, one by one.
 *
 * <p>{@code cards} knows people by their id card, {@code phones} by their phone, {@code both} by either or both.
 */
final class ThreeDatabases {

    static final String OPERATOR = "three";
    static final List<String> SYSTEMS = List.of("cards", "phones", "both");

    private static final Instant BEGIN = Instant.parse("2026-03-01T16:00:00Z");
    private static final int DAYS = 40;
    private static final long DAY_MILLIS = 86_400_000L;
    private static final int NOBODY = -1;

    /** What was stored at the end of a day, counted from nothing but the rows. */
    record Counted(long low, long high, long records) {}

    /** A row that is there: whose card and whose phone it carries. */
    private record Row(int card, int phone, boolean softDeleted) {}

    private final Random random;
    private final int people;
    private final List<TreeMap<Integer, Row>> tables = List.of(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    private final Map<LocalDate, Counted> days = new TreeMap<>();
    private final List<RawRecord> beginning = new ArrayList<>();
    private final List<RawRecord> end;

    // Of each record of the log what it takes to write it: a million of them as bytes would not fit.
    private byte[] ops;
    private byte[] systems;
    private int[] ids;
    private int[] cards;
    private int[] phones;
    private long[] millis;
    private long[] lsns;
    private int[] offsets;
    private int size;

    private final int[] nextOffset = new int[SYSTEMS.size()];
    private long lsn = 1_000_000;

    ThreeDatabases(long seed, int operations) {
        random = new Random(seed);
        people = Math.max(20, operations / 12);
        int capacity = operations * 2 + 1_000;
        ops = new byte[capacity];
        systems = new byte[capacity];
        ids = new int[capacity];
        cards = new int[capacity];
        phones = new int[capacity];
        millis = new long[capacity];
        lsns = new long[capacity];
        offsets = new int[capacity];
        RegistryTopic registry = new RegistryTopic(RegistryFixture.law(), BEGIN.toString());
        beginning.addAll(registry.records());
        int known = beginning.size();
        long now = BEGIN.toEpochMilli();
        for (int system = 0; system < SYSTEMS.size(); system++) {
            // An empty database: the snapshot finds the heartbeat's row alone.
            add('s', system, 0, NOBODY, NOBODY, now, lsn);
        }
        LegalDay day = LegalDay.of(BEGIN.plusMillis(1));
        for (int operation = 0; operation < operations; operation++) {
            long at = BEGIN.toEpochMilli() + 1_000 + (long) (operation * (double) DAYS * DAY_MILLIS / operations);
            LegalDay today = LegalDay.of(Instant.ofEpochMilli(at));
            for (; day.isBefore(today); day = day.plusDays(1)) {
                days.put(day.date(), count());
            }
            operate(at, operations);
        }
        days.put(day.date(), count());
        long last = day.plusDays(1).start().plusSeconds(60).toEpochMilli();
        for (int system = 0; system < SYSTEMS.size(); system++) {
            add('h', system, 0, NOBODY, NOBODY, last, ++lsn);
        }
        days.put(day.plusDays(1).date(), count());
        registry.beat(Instant.ofEpochMilli(last).toString());
        end = registry.records().subList(known, known + 1);
    }

    private void operate(long at, int operations) {
        int system = random.nextInt(SYSTEMS.size());
        TreeMap<Integer, Row> table = tables.get(system);
        int rare = random.nextInt(operations);
        if (rare < 3) {
            table.clear();
            add('t', system, 0, NOBODY, NOBODY, at, ++lsn);
            return;
        }
        if (rare < 6) {
            resnapshot(system, at);
            return;
        }
        if (rare < operations / 200) {
            repeat(system, at);
            return;
        }
        int id = random.nextInt(people);
        Row row = table.get(id);
        int kind = random.nextInt(10);
        if (row == null) {
            Row inserted = row(system);
            table.put(id, inserted);
            add('c', system, id, inserted.card(), inserted.phone(), at, ++lsn);
        } else if (kind < 4) {
            table.remove(id);
            add('d', system, id, NOBODY, NOBODY, at, ++lsn);
        } else if (kind < 6) {
            Row soft = new Row(row.card(), row.phone(), true);
            table.put(id, soft);
            add('x', system, id, soft.card(), soft.phone(), at, ++lsn);
        } else {
            Row moved = row(system);
            table.put(id, moved);
            add('u', system, id, moved.card(), moved.phone(), at, ++lsn);
        }
    }

    /** A person of the crowd, named in the ways of the system. */
    private Row row(int system) {
        int person = random.nextInt(people);
        int names = switch (SYSTEMS.get(system)) {
            case "cards" -> 1;
            case "phones" -> 2;
            default -> 1 + random.nextInt(3);
        };
        // Now and then a row that knows nobody.
        names = random.nextInt(200) == 0 ? 0 : names;
        return new Row((names & 1) != 0 ? person : NOBODY, (names & 2) != 0 ? person : NOBODY, false);
    }

    /** The log loses some changes; the snapshot that follows at once finds the rest. */
    private void resnapshot(int system, long at) {
        TreeMap<Integer, Row> table = tables.get(system);
        // Until here the source is known: what was lost happened between this and the snapshot, on the same day.
        add('h', system, 0, NOBODY, NOBODY, at, ++lsn);
        table.keySet().removeIf(id -> random.nextInt(50) == 0);
        long snapshot = ++lsn;
        table.forEach((id, row) -> add('r', system, id, row.card(), row.phone(), at, snapshot));
        add('l', system, 0, NOBODY, NOBODY, at, snapshot);
    }

    /** The newest records of the topic are written once more. */
    private void repeat(int system, long at) {
        int from = Math.max(0, size - 1 - random.nextInt(40));
        int to = size;
        for (int i = from; i < to; i++) {
            if (systems[i] == system && "cduxth".indexOf(ops[i]) >= 0) {
                add((char) ops[i], system, ids[i], cards[i], phones[i], millis[i], lsns[i]);
            }
        }
        add('h', system, 0, NOBODY, NOBODY, at, ++lsn);
    }

    private void add(char op, int system, int id, int card, int phone, long at, long position) {
        if (size == ops.length) {
            grow();
        }
        ops[size] = (byte) op;
        systems[size] = (byte) system;
        ids[size] = id;
        cards[size] = card;
        phones[size] = phone;
        millis[size] = at;
        lsns[size] = position;
        offsets[size] = nextOffset[system]++;
        size++;
    }

    private void grow() {
        int more = ops.length + ops.length / 2;
        ops = Arrays.copyOf(ops, more);
        systems = Arrays.copyOf(systems, more);
        ids = Arrays.copyOf(ids, more);
        cards = Arrays.copyOf(cards, more);
        phones = Arrays.copyOf(phones, more);
        millis = Arrays.copyOf(millis, more);
        lsns = Arrays.copyOf(lsns, more);
        offsets = Arrays.copyOf(offsets, more);
    }

    /** Sets of people, made anew: by card, by phone, and those of whom a row says that card and phone are one person's. */
    private Counted count() {
        Map<Integer, Integer> known = new HashMap<>();
        long records = 0;
        long nobody = 0;
        for (TreeMap<Integer, Row> table : tables) {
            for (Row row : table.values()) {
                records++;
                int card = row.card() == NOBODY ? 0 : 1;
                int phone = row.phone() == NOBODY ? 0 : 2;
                nobody += card + phone == 0 ? 1 : 0;
                if (card + phone > 0) {
                    int linked = card + phone == 3 ? 4 : 0;
                    known.merge(
                            card == 1 ? row.card() : row.phone(), card | phone | linked, (one, other) -> one | other);
                }
            }
        }
        long byCard = known.values().stream().filter(ways -> (ways & 1) != 0).count();
        long byPhone = known.values().stream().filter(ways -> (ways & 2) != 0).count();
        long linked = known.values().stream().filter(ways -> (ways & 4) != 0).count();
        return new Counted(Math.max(byCard, byPhone), byCard + byPhone - linked + nobody, records);
    }

    /** By legal day, from the first one on. */
    Map<LocalDate, Counted> days() {
        return days;
    }

    /** Everything in the order in which the job reads it. */
    List<RawRecord> records() {
        return new Records();
    }

    private final class Records extends AbstractList<RawRecord> implements RandomAccess {

        @Override
        public int size() {
            return beginning.size() + size + end.size();
        }

        @Override
        public RawRecord get(int index) {
            if (index < beginning.size()) {
                return beginning.get(index);
            }
            int at = index - beginning.size();
            return at < size ? record(at) : end.get(at - size);
        }
    }

    private RawRecord record(int at) {
        char op = (char) ops[at];
        boolean snapshot = op == 'r' || op == 'l' || op == 's';
        boolean heartbeat = op == 'h' || op == 'l' || op == 's';
        String topic = "cdc." + OPERATOR + "." + SYSTEMS.get(systems[at]);
        StringBuilder json = new StringBuilder(600);
        String row = heartbeat
                ? "{\"id\":1}"
                : "{\"id\":" + ids[at] + ",\"card\":" + token("id-card", cards[at], 0) + ",\"phone\":"
                        + token("phone", phones[at], 1 << 30) + ",\"deleted\":" + (op == 'x') + '}';
        json.append("{\"before\":")
                .append(op == 'd' ? row : "null")
                .append(",\"after\":")
                .append(op == 'd' || op == 't' ? "null" : row)
                .append(",\"source\":{\"version\":\"3.7.0.Final\",\"connector\":\"postgresql\",\"name\":\"")
                .append(topic)
                .append("\",\"ts_ms\":")
                .append(millis[at])
                .append(",\"snapshot\":\"")
                .append(op == 'r' ? "true" : snapshot ? "last" : "false")
                .append("\",\"db\":\"sample\",\"sequence\":\"[null,\\\"")
                .append(lsns[at])
                .append("\\\"]\",\"schema\":\"public\",\"table\":\"")
                .append(heartbeat ? "faceaudit_heartbeat" : "face")
                .append("\",\"txId\":")
                .append(lsns[at])
                .append(",\"lsn\":")
                .append(lsns[at])
                .append(",\"xmin\":null},\"transaction\":null,\"op\":\"")
                .append(snapshot ? 'r' : op == 'x' || op == 'h' ? 'u' : op)
                .append("\",\"ts_ms\":")
                .append(millis[at])
                .append('}');
        return new RawRecord(
                topic, 0, offsets[at], millis[at] + 5, null, json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String token(String kind, int person, int apart) {
        return person == NOBODY
                ? "null"
                : "\"t1:" + kind + ":k1:none:"
                        + String.format("%016x%016x", (person + apart) * 0x9e3779b97f4a7c15L, person) + '"';
    }

    /** The mapping of a system's file, the part below the source. */
    static String mapping(String system) {
        String persons = switch (system) {
            case "cards" -> "person: {identifies: id-card, column: card}";
            case "phones" -> "person: {identifies: phone, column: phone}";
            default -> "persons: [{identifies: id-card, column: card}, {identifies: phone, column: phone}]";
        };
        return """
                mapping:
                  tables:
                    public.face:
                      key: [id]
                      facts:
                        - event: face-record
                          %s
                          template: {present: row}
                      soft-delete: deleted
                """.formatted(persons);
    }
}
