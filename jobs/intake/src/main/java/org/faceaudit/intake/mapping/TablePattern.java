package org.faceaudit.intake.mapping;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name that stands for many tables of one shape: {@code public.access_log_{yyyyMM}}, {@code public.人脸_{nn}}. What stands in
 * braces are digits: {@code yyyy}, {@code yyyyMM}, {@code yyyyMMdd}, {@code MM} and {@code dd} those of a date, {@code nn} and
 * more as many as letters, {@code n} any number of them. Immutable and serialisable.
 */
public final class TablePattern implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final int MOST_DIGITS = 20;
    private static final String ANY_NUMBER = "n";
    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)\\}");
    private static final Map<String, String> DATES = Map.of(
            "yyyy", "[0-9]{4}",
            "yyyyMM", "[0-9]{4}(?:0[1-9]|1[0-2])",
            "yyyyMMdd", "[0-9]{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])",
            "MM", "(?:0[1-9]|1[0-2])",
            "dd", "(?:0[1-9]|[12][0-9]|3[01])");

    private final String name;
    private final List<String> literals;
    private final List<String> places;
    private final Pattern whole;

    /**
     * Reads a name of which {@link #isPattern} is true.
     *
     * @param name {@code schema.table} with places in the table's part
     * @throws IllegalArgumentException with a whole sentence if what stands in braces is no place
     */
    public TablePattern(String name) {
        this.name = Objects.requireNonNull(name, "name");
        List<String> between = new ArrayList<>();
        List<String> found = new ArrayList<>();
        Matcher place = PLACE.matcher(name);
        int from = 0;
        while (place.find()) {
            between.add(name.substring(from, place.start()));
            found.add(place.group(1));
            from = place.end();
        }
        between.add(name.substring(from));
        int table = name.indexOf('.') + 1;
        for (String literal : between) {
            if (literal.matches(".*[{}/%].*")) {
                throw new IllegalArgumentException(
                        "The name of many tables holds no '/' and no '%', and its braces come" + " in pairs.");
            }
        }
        for (String letters : found) {
            if (!DATES.containsKey(letters) && !letters.matches("n{1," + MOST_DIGITS + "}")) {
                throw new IllegalArgumentException("'{" + letters + "}' stands for no digits of a table's name.");
            }
        }
        if (found.isEmpty() || name.substring(0, table).contains("{")) {
            throw new IllegalArgumentException("Only the table's own name may stand for many, not its schema.");
        }
        this.literals = List.copyOf(between);
        this.places = List.copyOf(found);
        this.whole = Pattern.compile(regex(Pattern::quote, "(", ")"));
    }

    /** Whether a mapping's name of a table stands for many. */
    public static boolean isPattern(String name) {
        return name.indexOf('{', name.indexOf('.') + 1) >= 0;
    }

    /** The name as the mapping spells it. */
    public String name() {
        return name;
    }

    /** Whether a table, {@code schema.table}, is one of these. */
    public boolean matches(String table) {
        return whole.matcher(table).matches();
    }

    /**
     * The digits by which a table is told from the others.
     *
     * @param table one of these
     * @throws IllegalArgumentException if it is none
     */
    public List<String> numbers(String table) {
        Matcher matcher = whole.matcher(table);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(table + " is no " + name);
        }
        List<String> numbers = new ArrayList<>();
        for (int place = 1; place <= matcher.groupCount(); place++) {
            numbers.add(matcher.group(place));
        }
        return numbers;
    }

    /** Whether both spell their numbers alike, so that the same place in both means the same number. */
    public boolean isNumberedLike(TablePattern other) {
        return places.equals(other.places);
    }

    /**
     * A regular expression, not anchored, for exactly these names; Java, Debezium and PostgreSQL read it alike.
     *
     * @param literal how what is no place is written in it
     */
    public String regex(UnaryOperator<String> literal) {
        return regex(literal, "", "");
    }

    private String regex(UnaryOperator<String> literal, String before, String after) {
        StringBuilder regex = new StringBuilder(literal.apply(literals.get(0)));
        for (int place = 0; place < places.size(); place++) {
            regex.append(before).append(digits(places.get(place))).append(after);
            regex.append(literal.apply(literals.get(place + 1)));
        }
        return regex.toString();
    }

    private static String digits(String letters) {
        if (letters.equals(ANY_NUMBER)) {
            return "[0-9]+";
        }
        return DATES.getOrDefault(letters, "[0-9]{" + letters.length() + "}");
    }

    /** Whether some name, of a table that may not even be there, is both; that a month has no number 13 is not looked at. */
    public boolean overlaps(TablePattern other) {
        List<Symbol> here = symbols();
        List<Symbol> there = other.symbols();
        Set<Reached> seen = new HashSet<>();
        Deque<Reached> open = new ArrayDeque<>();
        open.add(new Reached(0, 0));
        while (!open.isEmpty()) {
            Reached at = open.poll();
            if (!seen.add(at)) {
                continue;
            }
            if (at.here() == here.size() && at.there() == there.size()) {
                return true;
            }
            if (at.here() == here.size() || at.there() == there.size()) {
                continue;
            }
            Symbol one = here.get(at.here());
            Symbol two = there.get(at.there());
            if (one.meets(two)) {
                open.add(new Reached(at.here() + 1, at.there() + 1));
                if (one.again()) {
                    open.add(new Reached(at.here(), at.there() + 1));
                }
                if (two.again()) {
                    open.add(new Reached(at.here() + 1, at.there()));
                }
            }
        }
        return false;
    }

    private record Reached(int here, int there) {}

    /** A character, or any digit ({@code 0}), and whether more of them may follow. */
    private record Symbol(int character, boolean again) {

        private boolean meets(Symbol other) {
            return character == other.character
                    || (character == 0 && isDigit(other.character))
                    || (other.character == 0 && isDigit(character));
        }

        private static boolean isDigit(int character) {
            return character >= '0' && character <= '9';
        }
    }

    private List<Symbol> symbols() {
        List<Symbol> symbols = new ArrayList<>();
        for (int part = 0; part < literals.size(); part++) {
            literals.get(part).codePoints().forEach(character -> symbols.add(new Symbol(character, false)));
            if (part < places.size()) {
                String letters = places.get(part);
                for (int digit = 0; digit < letters.length(); digit++) {
                    symbols.add(new Symbol(0, letters.equals(ANY_NUMBER)));
                }
            }
        }
        return symbols;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TablePattern pattern && pattern.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
