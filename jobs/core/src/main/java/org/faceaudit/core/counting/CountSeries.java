package org.faceaudit.core.counting;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Names of the series an operator's counts are kept in. Persons are counted apart by the systems that hold them, since each
 * system is known only so far.
 */
public final class CountSeries {

    /** Face records stored. */
    public static final String RECORDS = "records";

    /** Raw images stored. */
    public static final String RAW_IMAGES = "raw-images";

    /**
     * Tokens whose person is counted by a token of another group already, since a record names both: as many fewer persons
     * than the sum of all groups.
     */
    public static final String SAME_PERSONS = "same-persons";

    private static final String PERSONS = "persons:";

    private CountSeries() {}

    /**
     * Distinct persons of one token group who are held by exactly these systems.
     *
     * @param group {@link PersonHolding#TOKENLESS} for records that know no person
     * @param systems ids, which hold neither {@code +} nor {@code :}
     */
    public static String persons(String group, Collection<String> systems) {
        String held = systems.size() == 1 ? systems.iterator().next() : String.join("+", new TreeSet<>(systems));
        return PERSONS + held + ':' + group;
    }

    public static boolean isPersons(String series) {
        return series.startsWith(PERSONS);
    }

    /** Whether the number of persons follows from the series among others. */
    public static boolean concernsPersons(String series) {
        return isPersons(series) || series.equals(SAME_PERSONS);
    }

    /** The token group of a person series. */
    public static String group(String series) {
        return series.substring(series.indexOf(':', PERSONS.length()) + 1);
    }

    /** The systems that hold the persons of a person series, sorted. */
    public static List<String> systems(String series) {
        return List.of(series.substring(PERSONS.length(), series.indexOf(':', PERSONS.length()))
                .split("\\+", -1));
    }
}
