package org.faceaudit.cli.scan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.faceaudit.cli.source.ForeignKey;
import org.faceaudit.cli.source.SourceTable;
import org.faceaudit.intake.mapping.TablePattern;

/**
 * Tables of one shape whose names differ in digits only, put together: months, shards. That they are meant so is a guess.
 *
 * @param tables one in the place of each group, under the name that stands for all, beside those that stand for themselves
 * @param members by such a name the tables that there are, in order
 */
record AlikeTables(List<SourceTable> tables, Map<String, List<String>> members) {

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final Pattern YEAR = Pattern.compile("(19|20)[0-9]{2}");
    private static final Pattern MONTH = Pattern.compile("0[1-9]|1[0-2]");
    private static final Pattern YEAR_AND_MONTH = Pattern.compile("(19|20)[0-9]{2}(0[1-9]|1[0-2])");
    private static final Pattern DATE = Pattern.compile("(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])");
    private static final int MOST_DIGITS = 20;

    AlikeTables {
        tables = List.copyOf(tables);
        members = Map.copyOf(members);
    }

    static AlikeTables of(List<SourceTable> all) {
        Map<List<Object>, List<SourceTable>> groups = new LinkedHashMap<>();
        for (SourceTable table : all) {
            groups.computeIfAbsent(shape(table), shape -> new ArrayList<>()).add(table);
        }
        Map<String, String> patterns = new TreeMap<>();
        Map<String, List<String>> members = new TreeMap<>();
        groups.values().stream().filter(group -> group.size() > 1).forEach(group -> {
            List<String> names = group.stream().map(SourceTable::name).toList();
            String pattern = pattern(group);
            members.put(pattern, names);
            names.forEach(name -> patterns.put(name, pattern));
        });
        List<SourceTable> tables = new ArrayList<>();
        UnaryOperator<String> rename = name -> patterns.getOrDefault(name, name);
        groups.values().forEach(group -> tables.add(renamed(group.get(0), rename)));
        return new AlikeTables(tables, members);
    }

    /** What all tables of one group have alike. */
    private static List<Object> shape(SourceTable table) {
        String name = table.shortName();
        return List.of(
                table.name().substring(0, table.name().indexOf('.')),
                // A name that could not be written with places stands for itself.
                name.matches(".*[{}/%].*") ? name : DIGITS.matcher(name).replaceAll("#"),
                table.columns().stream()
                        .map(column -> column.name() + ' ' + column.type())
                        .collect(Collectors.toSet()),
                table.primaryKey());
    }

    private static String pattern(List<SourceTable> group) {
        List<List<String>> numbers =
                group.stream().map(table -> numbers(table.shortName())).toList();
        SourceTable first = group.get(0);
        StringBuilder pattern =
                new StringBuilder(first.name().substring(0, first.name().indexOf('.') + 1));
        Matcher digits = DIGITS.matcher(first.shortName());
        int from = 0;
        boolean afterYear = false;
        for (int place = 0; digits.find(); place++) {
            int at = place;
            List<String> there = numbers.stream().map(of -> of.get(at)).toList();
            pattern.append(first.shortName(), from, digits.start()).append(place(there, afterYear));
            afterYear = there.stream().allMatch(number -> YEAR.matcher(number).matches());
            from = digits.end();
        }
        return pattern.append(first.shortName().substring(from)).toString();
    }

    private static List<String> numbers(String name) {
        return DIGITS.matcher(name).results().map(found -> found.group()).toList();
    }

    private static String place(List<String> numbers, boolean afterYear) {
        if (all(numbers, YEAR)) {
            return "{yyyy}";
        }
        if (numbers.stream().distinct().count() == 1) {
            return numbers.get(0);
        }
        if (all(numbers, YEAR_AND_MONTH)) {
            return "{yyyyMM}";
        }
        if (all(numbers, DATE)) {
            return "{yyyyMMdd}";
        }
        if (afterYear && all(numbers, MONTH)) {
            return "{MM}";
        }
        int length = numbers.get(0).length();
        boolean even = length <= MOST_DIGITS && numbers.stream().allMatch(number -> number.length() == length);
        // A single digit is counted up, and will not stay single.
        return even && length > 1 ? "{" + "n".repeat(length) + "}" : "{n}";
    }

    private static boolean all(List<String> numbers, Pattern pattern) {
        return numbers.stream().allMatch(number -> pattern.matcher(number).matches());
    }

    private static SourceTable renamed(SourceTable table, UnaryOperator<String> rename) {
        return new SourceTable(
                rename.apply(table.name()),
                table.view(),
                table.comment(),
                table.columns(),
                table.primaryKey(),
                table.uniqueKeys(),
                table.foreignKeys().stream()
                        .map(key -> new ForeignKey(
                                key.columns(), rename.apply(key.table()), key.otherColumns(), key.changes()))
                        .toList());
    }

    /** Why a name is proposed that stands for many tables; empty for one of a single table. */
    String because(String name) {
        if (!TablePattern.isPattern(name)) {
            return "";
        }
        List<String> named = members.getOrDefault(name, List.of(name));
        return named.size() + " tables of one shape differ in digits only, from " + named.get(0) + " to "
                + named.get(named.size() - 1) + "; the entry stands for all of them and for those to come";
    }
}
