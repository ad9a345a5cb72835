package org.faceaudit.intake.mapping;

import java.io.Serializable;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.faceaudit.core.event.HeartbeatPromise;

/** How one source spells what happened: its tables, columns and facts. Immutable and serialisable. */
public final class Mapping implements Serializable {

    /** Operator id and system id of the registry. */
    public static final String REGISTRY = "registry";

    private static final long serialVersionUID = 1L;

    private final String operator;
    private final String system;
    private final ZoneId zone;
    private final String tokenKey;
    private final String heartbeatTable;
    private final HeartbeatPromise heartbeatPromise;
    private final Map<String, MappedTable> tables;
    private final List<TablePattern> patterns;
    private final Set<String> joinedTables;
    private final String version;

    /**
     * Puts a mapping together; {@link org.faceaudit.intake.operator.OperatorFiles} reads and checks the parts.
     *
     * @param operator the audited company
     * @param system the recognition product instance
     * @param zone zone of columns without one
     * @param tokenKey id of the key that tokens are made with; {@code null} if nothing is tokenised
     * @param heartbeatTable {@code schema.table} of the heartbeat row
     * @param heartbeatPromise how often the source promises a sign of life
     * @param tables the tables, without the heartbeat's
     * @param version see {@link #version()}
     */
    public Mapping(
            String operator,
            String system,
            ZoneId zone,
            String tokenKey,
            String heartbeatTable,
            HeartbeatPromise heartbeatPromise,
            List<MappedTable> tables,
            String version) {
        this.operator = Objects.requireNonNull(operator, "operator");
        this.system = Objects.requireNonNull(system, "system");
        this.zone = Objects.requireNonNull(zone, "zone");
        this.tokenKey = tokenKey;
        this.heartbeatTable = Objects.requireNonNull(heartbeatTable, "heartbeatTable");
        this.heartbeatPromise = Objects.requireNonNull(heartbeatPromise, "heartbeatPromise");
        this.version = Objects.requireNonNull(version, "version");
        Map<String, MappedTable> byName = new TreeMap<>();
        tables.forEach(table -> byName.put(table.name(), table));
        this.tables = Collections.unmodifiableMap(byName);
        this.patterns = byName.keySet().stream()
                .filter(TablePattern::isPattern)
                .map(TablePattern::new)
                .toList();
        Set<String> joined = new LinkedHashSet<>();
        for (MappedTable table : this.tables.values()) {
            for (Reading reading : readings(table)) {
                if (!reading.via().isEmpty()) {
                    joined.add(table.name());
                    reading.via().forEach(join -> joined.add(join.table()));
                }
            }
        }
        this.joinedTables = Set.copyOf(joined);
    }

    /** The built-in mapping of the topic {@code cdc.registry}. */
    public static Mapping registry() {
        return RegistryTables.mapping();
    }

    /** Every value that facts and filters of a table read, without presence columns. */
    public static List<Reading> readings(MappedTable table) {
        List<Reading> readings = new ArrayList<>();
        table.facts().forEach(fact -> readings.addAll(fact.readings()));
        table.where().forEach(condition -> readings.add(condition.column()));
        return readings;
    }

    public String operator() {
        return operator;
    }

    public String system() {
        return system;
    }

    /** The topic that carries the source, which is also what its connector calls itself in every record. */
    public String topic() {
        return isRegistry() ? "cdc." + REGISTRY : "cdc." + operator + "." + system;
    }

    public boolean isRegistry() {
        return operator.equals(REGISTRY);
    }

    /** The zone of columns that carry none. */
    public ZoneId zone() {
        return zone;
    }

    /** Id of the key that tokens are made with. */
    public Optional<String> tokenKey() {
        return Optional.ofNullable(tokenKey);
    }

    public String heartbeatTable() {
        return heartbeatTable;
    }

    /** How often the source promises a sign of life, and when. It is no part of {@link #version()}. */
    public HeartbeatPromise heartbeatPromise() {
        return heartbeatPromise;
    }

    /**
     * First 16 hexadecimal digits of SHA-256 over the mapping, independent of its layout: its tables as whoever judges reads
     * them, its zone, the id of its token key. A constant that a tokenised column is compared with counts by its token, never
     * by itself: the version stands beside every alert, and from a hash of all else that is known a phone number could be
     * guessed. So the version is as stable as the operator's key, and differs from operator to operator where such a
     * constant stands.
     */
    public String version() {
        return version;
    }

    /** The mapped tables by name, sorted; the heartbeat's is not among them. */
    public Map<String, MappedTable> tablesByName() {
        return tables;
    }

    /** The names of the mapped tables, sorted; the heartbeat's is not among them. */
    public List<String> tables() {
        return List.copyOf(tables.keySet());
    }

    public Optional<MappedTable> table(String name) {
        return Optional.ofNullable(name == null ? null : tables.get(name));
    }

    /**
     * The entry that a table of the source belongs to: its own, or the one that stands for many.
     *
     * @param table as the source calls it, {@code schema.table}
     */
    public Optional<MappedTable> tableHolding(String table) {
        MappedTable own = tables.get(table);
        if (own != null) {
            return Optional.of(own);
        }
        for (TablePattern pattern : patterns) {
            if (pattern.matches(table)) {
                return Optional.of(tables.get(pattern.name()));
            }
        }
        return Optional.empty();
    }

    /** The names that stand for many tables, sorted. */
    public List<TablePattern> patterns() {
        return patterns;
    }

    /**
     * Whether a row of one table can mean a row of another by a reference: where the names of both stand for many, and spell
     * their numbers alike, only where the numbers are the same.
     *
     * @param from as the source calls it
     * @param to the same of the other
     */
    public boolean mayMean(String from, String to) {
        for (TablePattern there : patterns) {
            if (there.matches(to)) {
                for (TablePattern here : patterns) {
                    if (here.isNumberedLike(there) && here.matches(from)) {
                        return here.numbers(from).equals(there.numbers(to));
                    }
                }
            }
        }
        return true;
    }

    /**
     * The same with an entry for each of the tables that there are, in the place of those that stand for many: to ask a source
     * about its tables, not to read rows by. A name for which there is none stays.
     *
     * @param there the source's tables, {@code schema.table}
     */
    public Mapping over(Collection<String> there) {
        List<MappedTable> each = new ArrayList<>();
        for (MappedTable table : tables.values()) {
            List<String> real = table.isPattern()
                    ? there.stream()
                            .filter(new TablePattern(table.name())::matches)
                            .toList()
                    : List.of();
            if (real.isEmpty()) {
                each.add(table);
            }
            real.forEach(name -> each.add(new MappedTable(
                    name, table.key(), table.facts(), table.where(), table.columns(), table.leftOut())));
        }
        return new Mapping(operator, system, zone, tokenKey, heartbeatTable, heartbeatPromise, each, version);
    }

    /** Whether rows of the table find, or are found by, rows of other tables. */
    public boolean isJoined(String table) {
        return joinedTables.contains(table);
    }

    /**
     * The columns of a table that leave the source: key, references, and what facts and filters read; sorted.
     *
     * @throws IllegalArgumentException if the mapping does not name the table
     */
    public List<String> capturedColumns(String table) {
        MappedTable mapped = tables.get(table);
        if (mapped == null) {
            throw new IllegalArgumentException("the mapping names no table " + table);
        }
        return List.copyOf(mapped.columns().keySet());
    }

    /** The columns that the connector must turn into keyed tokens, sorted by table and column. */
    public List<TokenColumn> tokenColumns() {
        List<TokenColumn> found = new ArrayList<>();
        tables.values()
                .forEach(table -> table.columns().forEach((column, form) -> {
                    if (form.kind() == ColumnForm.Kind.TOKEN) {
                        found.add(new TokenColumn(table.name(), column, form.identifies(), form.detail()));
                    }
                }));
        return List.copyOf(found);
    }

    /**
     * The filters that compare a tokenised column with something that is no token of it, and so with nothing that ever
     * arrives; each as table and column. Empty in a file prepared by whoever holds the key.
     */
    public List<String> unresolvedFilters() {
        List<String> found = new ArrayList<>();
        for (MappedTable table : tables.values()) {
            for (Condition condition : table.where()) {
                String there = condition.column().table(table.name());
                ColumnForm form =
                        tables.get(there).columns().get(condition.column().column());
                if (form.kind() == ColumnForm.Kind.TOKEN
                        && !condition.values().stream()
                                .allMatch(value -> value.isEmpty() || form.isToken(tokenKey, value))) {
                    found.add("the filter of " + table.name() + " on " + there + "."
                            + condition.column().column());
                }
            }
        }
        return List.copyOf(found);
    }

    /** The columns that the connector must turn into descriptors, sorted by table and column. */
    public List<DescriptorColumn> descriptorColumns() {
        List<DescriptorColumn> found = new ArrayList<>();
        tables.values()
                .forEach(table -> table.columns().forEach((column, form) -> {
                    if (form.kind() == ColumnForm.Kind.DESCRIPTOR) {
                        found.add(new DescriptorColumn(table.name(), column, form.detail()));
                    }
                }));
        return List.copyOf(found);
    }

    /**
     * The ways that lead from other tables' rows to rows of this one: for each, the table it starts from and the hops up to
     * here.
     */
    public Map<String, List<List<Join>>> waysTo(String target) {
        Map<String, Set<List<Join>>> ways = new HashMap<>();
        for (MappedTable table : tables.values()) {
            for (Reading reading : readings(table)) {
                for (int hops = 1; hops <= reading.via().size(); hops++) {
                    if (reading.via().get(hops - 1).table().equals(target)) {
                        ways.computeIfAbsent(table.name(), name -> new LinkedHashSet<>())
                                .add(reading.via().subList(0, hops));
                    }
                }
            }
        }
        Map<String, List<List<Join>>> sorted = new TreeMap<>();
        ways.forEach((table, paths) -> sorted.put(table, List.copyOf(paths)));
        return sorted;
    }

    /** Whether the face records of a table name their person. */
    public boolean namesPersonsIn(String table) {
        MappedTable mapped = tablesByName().get(table);
        return mapped != null
                && mapped.facts().stream()
                        .anyMatch(fact ->
                                fact instanceof FactMapping.FaceRecordMapping record && record.person() != null);
    }
}
