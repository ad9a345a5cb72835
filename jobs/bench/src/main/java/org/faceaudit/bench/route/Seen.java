package org.faceaudit.bench.route;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.faceaudit.runtime.sink.AuditTable;
import org.faceaudit.runtime.sink.TableRow;

/** In place of the audit database: keeps of every operator the newest day's count and when it reached the threshold. */
final class Seen implements Sink<TableRow> {

    private static final long serialVersionUID = 1L;

    private static final Map<String, Seen.Tables> OPEN = new ConcurrentHashMap<>();

    private final String name;

    Seen(String name) {
        this.name = name;
    }

    /** What came. */
    static final class Tables {
        private final Map<String, Day> newest = new HashMap<>();
        private final Map<String, String> reached = new HashMap<>();
        private long rows;

        private record Day(String day, long position, long low, long high) {}

        private synchronized void take(TableRow row) {
            rows++;
            String json = row.json();
            if (row.table() == AuditTable.PERSON_COUNT && json.contains("\"persons_low\"")) {
                Day day = new Day(
                        text(json, "day"),
                        number(json, "position"),
                        number(json, "persons_low"),
                        number(json, "persons_high"));
                newest.merge(text(json, "operator_id"), day, Tables::newer);
            } else if (row.table() == AuditTable.ALERT && json.contains("\"rule_id\":\"storage-reached\"")) {
                reached.put(text(json, "operator_id"), text(json, "occurred_on"));
            }
        }

        private static Day newer(Day one, Day other) {
            int byDay = one.day().compareTo(other.day());
            return byDay > 0 || (byDay == 0 && one.position() > other.position()) ? one : other;
        }

        /** Persons of an operator at the end of its newest day, -1 if not counted, -2 if there are bounds only. */
        synchronized long persons(String operator) {
            Day day = newest.get(operator);
            return day == null ? -1 : day.low() == day.high() ? day.low() : -2;
        }

        /** Persons of all operators. */
        synchronized long persons() {
            return newest.keySet().stream().mapToLong(this::persons).sum();
        }

        /** How many operators were counted. */
        synchronized int operators() {
            return newest.size();
        }

        /** The legal day on which an operator reached the threshold, {@code null} if it did not. */
        synchronized String reachedOn(String operator) {
            return reached.get(operator);
        }

        /** How many rows came in all. */
        synchronized long rows() {
            return rows;
        }

        private static String text(String json, String name) {
            int from = json.indexOf('"' + name + "\":\"") + name.length() + 4;
            return json.substring(from, json.indexOf('"', from));
        }

        private static long number(String json, String name) {
            int from = json.indexOf('"' + name + "\":") + name.length() + 3;
            int to = from;
            while (Character.isDigit(json.charAt(to))) {
                to++;
            }
            return Long.parseLong(json.substring(from, to));
        }
    }

    static Tables open(String name) {
        Tables tables = new Tables();
        OPEN.put(name, tables);
        return tables;
    }

    static void close(String name) {
        OPEN.remove(name);
    }

    @Override
    public SinkWriter<TableRow> createWriter(WriterInitContext context) {
        Tables tables = OPEN.get(name);
        return new SinkWriter<>() {
            @Override
            public void write(TableRow row, Context elementContext) {
                tables.take(row);
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public void close() {}
        };
    }
}
