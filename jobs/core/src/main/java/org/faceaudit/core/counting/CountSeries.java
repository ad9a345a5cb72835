package org.faceaudit.core.counting;

/** Names of the series an operator's counts are kept in. */
public final class CountSeries {

    /** Face records stored. */
    public static final String RECORDS = "records";

    /** Raw images stored. */
    public static final String RAW_IMAGES = "raw-images";

    private static final String PERSONS = "persons:";

    private CountSeries() {}

    /** Distinct persons of one token group; {@link PersonHolding#TOKENLESS} for records that know no person. */
    public static String persons(String group) {
        return PERSONS + group;
    }

    public static boolean isPersons(String series) {
        return series.startsWith(PERSONS);
    }

    /** The token group of a person series. */
    public static String group(String series) {
        return series.substring(PERSONS.length());
    }
}
