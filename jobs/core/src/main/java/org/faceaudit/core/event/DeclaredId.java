package org.faceaudit.core.event;

import java.util.Map;

/** Names what an operator's own database says beside what the registry holds. */
final class DeclaredId {

    private DeclaredId() {}

    /** {@code system/row}: {@code /} and {@code %} inside the row's name are percent-encoded. Ids of the registry have no such part. */
    static String of(String system, String row) {
        return system + '/' + row.replace("%", "%25").replace("/", "%2F");
    }

    /** A day that is known becomes a value of its column. */
    static void put(Map<String, String> values, String column, DayValue day) {
        if (day.state() == FieldState.PRESENT) {
            values.put(column, day.day().toString());
        }
    }
}
