package org.faceaudit.cli.capture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.faceaudit.intake.mapping.FactMapping;
import org.faceaudit.intake.mapping.FactMapping.FaceRecordMapping;
import org.faceaudit.intake.mapping.Join;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.mapping.PresenceReading;
import org.faceaudit.intake.mapping.Reading;

/** Which facts a mapping cannot tell without a column: those that read it, are found by it, or are filtered by it. */
public final class ColumnNeeds {

    private ColumnNeeds() {}

    /**
     * What is lost with some columns, each as the event kind, a blank and the column.
     *
     * @param columns as {@code schema.table.column}
     */
    public static SortedSet<String> of(Mapping mapping, Collection<String> columns) {
        SortedSet<String> lost = new TreeSet<>();
        for (MappedTable table : mapping.tablesByName().values()) {
            for (FactMapping fact : table.facts()) {
                Set<String> needed = needed(table, fact);
                columns.stream()
                        .filter(column -> needed.contains(CatalogueLook.entry(column, mapping)))
                        .forEach(column -> lost.add(fact.event() + " " + column));
            }
        }
        return lost;
    }

    private static Set<String> needed(MappedTable table, FactMapping fact) {
        Set<String> needed = new TreeSet<>();
        table.key().forEach(column -> needed.add(CatalogueLook.name(table.name(), column)));
        List<Reading> readings = new ArrayList<>(fact.readings());
        table.where().forEach(condition -> readings.add(condition.column()));
        if (fact instanceof FaceRecordMapping record) {
            for (PresenceReading presence : List.of(record.image(), record.template())) {
                if (presence.kind() == PresenceReading.Kind.COLUMN) {
                    readings.add(Reading.of(presence.column()));
                }
            }
        }
        for (Reading reading : readings) {
            String here = table.name();
            for (Join hop : reading.via()) {
                needed.add(CatalogueLook.name(here, hop.column()));
                needed.add(CatalogueLook.name(hop.table(), hop.otherColumn()));
                here = hop.table();
            }
            needed.add(CatalogueLook.name(here, reading.column()));
        }
        return needed;
    }
}
