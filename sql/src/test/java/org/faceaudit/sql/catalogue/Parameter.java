package org.faceaudit.sql.catalogue;

/** One row of {@code parameter.csv}. */
record Parameter(String name, String value, String unit, String validFrom, String source) {

    /** Whose it is: a rule's id, or the name of what several rules share. */
    String prefix() {
        return name.substring(0, name.indexOf('.'));
    }
}
