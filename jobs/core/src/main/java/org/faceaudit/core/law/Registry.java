package org.faceaudit.core.law;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.faceaudit.core.event.DeclaredFiling;
import org.faceaudit.core.event.DeclaredUse;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.RegistryChange;

/**
 * What people have entered, at one moment: the law's numbers, the calendar, operators, filings, exceptions; beside it what
 * operators' own databases say of their uses and filings. Immutable.
 */
public final class Registry {

    /** Scope of a parameter that holds for every operator without its own. */
    public static final String EVERYONE = "*";

    private static final String AUTHORITY_DIGITS = "filing.authority-digits";

    private final LawSet law;
    private final Map<String, Map<String, NavigableMap<LegalDay, String>>> parameters = new HashMap<>();
    private final Map<String, Map<String, NavigableMap<LegalDay, Position>>> parametersStated = new HashMap<>();
    private final NavigableMap<String, Operator> operators = new TreeMap<>();
    private final List<Filing> filings = new ArrayList<>();
    private final List<Filing> declaredFilings = new ArrayList<>();
    private final List<SubstantiveChange> changes = new ArrayList<>();
    private final List<TechnologyUse> uses = new ArrayList<>();
    private final List<RegisteredException> exceptions = new ArrayList<>();
    private final List<Reconciliation> reconciliations = new ArrayList<>();
    private final List<SchemaLook> schemaLooks = new ArrayList<>();
    private final WorkingCalendar calendar;
    /** Read when it is asked for first: every judgement asks, of ten million images too. */
    private LegalDay inForce;

    private Registry(Collection<RegistryChange> rows, Standpoint from) {
        law = from.law();
        List<CalendarNotice> notices = new ArrayList<>();
        List<CalendarDay> days = new ArrayList<>();
        for (RegistryChange change : rows) {
            RegistryChange seen = change.present() ? from.seen(change) : null;
            if (seen == null) {
                continue;
            }
            RegistryRow row = new RegistryRow(seen);
            switch (change.table()) {
                case "operator" -> operators.put(row.operator().id(), row.operator());
                case "filing" -> filings.add(row.filing());
                case "substantive_change" -> changes.add(row.substantiveChange());
                case DeclaredFiling.TABLE -> declaredFilings.add(row.filing());
                case "technology_use", DeclaredUse.TABLE -> uses.add(row.technologyUse());
                case "exception" -> exceptions.add(row.exception());
                case "reconciliation" -> reconciliations.add(row.reconciliation());
                case "schema_look" -> schemaLooks.add(row.schemaLook());
                case "calendar_notice" -> notices.add(row.calendarNotice());
                case "calendar_day" -> days.add(row.calendarDay());
                case "parameter" -> {
                    LegalDay validFrom = row.needDay("valid_from");
                    ParameterUnit.of(row.need("name"), row.need("unit")).check(row.need("value"));
                    if (!law.speaksOf(row.need("name"))) {
                        parameter(seen.values());
                        parametersStated
                                .computeIfAbsent(row.need("name"), name -> new HashMap<>())
                                .computeIfAbsent(row.need("scope"), scope -> new TreeMap<>())
                                .put(validFrom, row.position());
                    }
                }
                default -> {
                    // rule, article and heartbeat rows are read by views; nothing judges by them
                }
            }
        }
        law.parameters().stream().filter(row -> row.containsKey("value")).forEach(this::parameter);
        filings.sort(Filing.BY_SUBMISSION);
        declaredFilings.sort(Filing.BY_SUBMISSION);
        changes.sort(Comparator.comparing(SubstantiveChange::changedOn).thenComparing(SubstantiveChange::id));
        uses.sort(Comparator.comparing(TechnologyUse::id));
        exceptions.sort(Comparator.comparing(RegisteredException::id));
        reconciliations.sort(Comparator.comparing(Reconciliation::checkedAt).thenComparing(Reconciliation::id));
        schemaLooks.sort(Comparator.comparing(SchemaLook::lookedAt).thenComparing(SchemaLook::id));
        calendar = WorkingCalendar.of(notices, days);
    }

    /**
     * The registry that consists of these rows; their order does not matter.
     *
     * @throws IllegalArgumentException or {@link DateTimeException} if a row is {@link #unreadable}
     */
    public static Registry of(Collection<RegistryChange> rows) {
        return of(rows, Standpoint.NOW);
    }

    /** The same rows, read from a standpoint. */
    public static Registry of(Collection<RegistryChange> rows, Standpoint from) {
        return new Registry(rows, from);
    }

    /**
     * Why no judgement could use a row, empty if it can be used. The registry's own constraints refuse such rows; one that
     * comes all the same must be kept out of {@link #of}, which fails on it.
     */
    public static Optional<String> unreadable(RegistryChange change) {
        try {
            of(List.of(change));
            return Optional.empty();
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private void parameter(Map<String, String> row) {
        parameters
                .computeIfAbsent(row.get("name"), name -> new HashMap<>())
                .computeIfAbsent(row.get("scope"), scope -> new TreeMap<>())
                .put(LegalDay.parse(row.get("valid_from")), row.get("value"));
    }

    public WorkingCalendar calendar() {
        return calendar;
    }

    /** Which set of legal rows judges. */
    public String lawVersion() {
        return law.version();
    }

    /** The set of legal rows that judges. */
    public LawSet law() {
        return law;
    }

    /** Whether the law knows such a number for everyone. */
    public boolean knows(String parameter) {
        return parameters.getOrDefault(parameter, Map.of()).containsKey(EVERYONE);
    }

    /**
     * The value that holds on a day: the operator's own row before everyone's, the newest among those in force. Before
     * everyone's first row that first row stands, since the law knows no earlier number.
     *
     * @throws IllegalStateException if the parameter has no row; the seed has them all
     */
    public String text(String name, String operator, LegalDay day) {
        Map<String, NavigableMap<LegalDay, String>> scopes = parameters.getOrDefault(name, Map.of());
        NavigableMap<LegalDay, String> own = scopes.get(operator);
        if (own != null && own.floorEntry(day) != null) {
            return own.floorEntry(day).getValue();
        }
        NavigableMap<LegalDay, String> everyone = scopes.get(EVERYONE);
        if (everyone == null || everyone.isEmpty()) {
            throw new IllegalStateException("the registry has no parameter " + name);
        }
        Map.Entry<LegalDay, String> entry = everyone.floorEntry(day);
        return entry == null ? everyone.firstEntry().getValue() : entry.getValue();
    }

    /** The change that entered the operator's own row of a parameter which holds on a day, empty if it has none. */
    public Optional<Position> stated(String name, String operator, LegalDay day) {
        NavigableMap<LegalDay, Position> own =
                parametersStated.getOrDefault(name, Map.of()).get(operator);
        return Optional.ofNullable(own == null ? null : own.floorEntry(day)).map(Map.Entry::getValue);
    }

    /** {@link #text} read as a number. */
    public BigDecimal decimal(String name, String operator, LegalDay day) {
        return new BigDecimal(text(name, operator, day));
    }

    /**
     * {@link #text} read as a whole number.
     *
     * @throws ArithmeticException if it has a fraction
     */
    public int integer(String name, String operator, LegalDay day) {
        return decimal(name, operator, day).intValueExact();
    }

    /** {@link #text} read as a legal day. */
    public LegalDay day(String name, String operator, LegalDay day) {
        return LegalDay.parse(text(name, operator, day));
    }

    /**
     * Whether a change of that field of a filing is substantive: parameter {@code change-filing-overdue.substantive.<field>}
     * of at least 1. A field without a row that holds on that day for the operator or for everyone is none that the list
     * knew then; capitals, blanks and underscores do not matter.
     */
    public boolean substantive(String field, String operator, LegalDay day) {
        String name = "change-filing-overdue.substantive."
                + field.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s_]+", "-");
        boolean listed = daysOfChange(name, operator).stream().anyMatch(from -> !from.isAfter(day));
        return listed && decimal(name, operator, day).signum() > 0;
    }

    /** The first legal day on which the Measures bind, parameter {@code measures.in-force}. */
    public LegalDay inForce() {
        if (inForce == null) {
            inForce = day("measures.in-force", EVERYONE, new LegalDay(0));
        }
        return inForce;
    }

    /** The legal days on which a row of the parameter begins to hold for the operator or for everyone, ascending. */
    public Set<LegalDay> daysOfChange(String name, String operator) {
        Set<LegalDay> days = new TreeSet<>();
        Map<String, NavigableMap<LegalDay, String>> scopes = parameters.getOrDefault(name, Map.of());
        for (String scope : List.of(operator, EVERYONE)) {
            if (scopes.containsKey(scope)) {
                days.addAll(scopes.get(scope).keySet());
            }
        }
        return days;
    }

    /** The earliest instant after {@code at} at which a parameter that concerns the operator takes a new value. */
    public Optional<Instant> nextParameterChange(String operator, Instant at) {
        return parameters.keySet().stream()
                .flatMap(name -> daysOfChange(name, operator).stream())
                .map(LegalDay::start)
                .filter(start -> start.isAfter(at))
                .min(Comparator.naturalOrder());
    }

    public Optional<Operator> operator(String id) {
        return Optional.ofNullable(operators.get(id));
    }

    /** Who took over from an operator (PIPL 22), and from whom took over, nearest first; a circle ends where it closes. */
    public List<Operator> successors(String operator) {
        Map<String, Operator> chain = new LinkedHashMap<>();
        Operator next = operators.get(operator);
        while (next != null && next.successorId() != null) {
            next = operators.get(next.successorId());
            if (next == null || next.id().equals(operator) || chain.putIfAbsent(next.id(), next) != null) {
                break;
            }
        }
        return List.copyOf(chain.values());
    }

    public Collection<Operator> operators() {
        return List.copyOf(operators.values());
    }

    public Set<String> operatorIds() {
        return Set.copyOf(operators.keySet());
    }

    /** Filings of the operator and those whose {@code covers} name it, by day of submission, then id. */
    public List<Filing> filings(String operator) {
        return filings.stream()
                .filter(filing -> filing.coversOperator(operator))
                .toList();
    }

    /**
     * What the operator's own database says that it filed, by day of submission, then id. It is the operator's word: {@link
     * #filings} is what the authority knows.
     */
    public List<Filing> declaredFilings(String operator) {
        return declaredFilings.stream()
                .filter(filing -> filing.operatorId().equals(operator))
                .toList();
    }

    /** Whether a filing went to an authority of the rank that the law asked for on that day, or above. */
    public boolean rightAuthority(Filing filing, Operator filer) {
        return filing.rightAuthority(filer, integer(AUTHORITY_DIGITS, EVERYONE, filing.submittedOn()));
    }

    /** Exceptions of an operator from a rule whatever they name, approved or not, in force or not; by id. */
    public List<RegisteredException> exceptions(String ruleId, String operator) {
        return exceptions.stream()
                .filter(exception -> exception.ruleId().equals(ruleId))
                .filter(exception -> exception.operatorId().equals(operator))
                .toList();
    }

    public List<SubstantiveChange> substantiveChanges(String operator) {
        return changes.stream()
                .filter(change -> change.operatorId().equals(operator))
                .toList();
    }

    /** The operator's uses by id, those that its own database declares among them. */
    public List<TechnologyUse> technologyUses(String operator) {
        return uses.stream().filter(use -> use.operatorId().equals(operator)).toList();
    }

    /** Reconciliations of the operator's sources, by when they were made, then id. */
    public List<Reconciliation> reconciliations(String operator) {
        return reconciliations.stream()
                .filter(reconciliation -> reconciliation.operatorId().equals(operator))
                .toList();
    }

    /** Looks into the catalogues of the operator's sources, by when they were made, then id. */
    public List<SchemaLook> schemaLooks(String operator) {
        return schemaLooks.stream()
                .filter(look -> look.operatorId().equals(operator))
                .toList();
    }
}
