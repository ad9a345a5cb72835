package org.faceaudit.oracle.history;

import static org.faceaudit.oracle.history.RegistrySource.row;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** What becomes of the filings of one operator: by whom, with which authority, sent back, taken back, made again. */
final class FilingTale {

    private final Story story;
    private final String region;
    private final int tolerance;
    private String heir;
    private int filings;

    /**
     * @param tolerance by how many percent a declared number may differ
     */
    FilingTale(Story story, String region, int tolerance) {
        this.story = story;
        this.region = region;
        this.tolerance = tolerance;
    }

    /** From now on some filings are those of an operator who took over. */
    void takenOverBy(String successor) {
        heir = successor;
    }

    String province() {
        return region.substring(0, 2) + "0000";
    }

    /** One attempt, and sometimes the next after it was sent back. */
    void file(String kind, LocalDate submitted) {
        if (submitted.isAfter(Clock.day(story.now)) && !story.chance(15)) {
            return;
        }
        String id = "f-" + story.operator + '-' + ++filings;
        Map<String, Object> filing = filing(id, kind, submitted);
        Instant told = Clock.start(submitted).plusSeconds(3_600 + story.random.nextInt(78_000));
        story.tellRegistry(told, transaction -> transaction.insert("registry.filing", filing));
        int fate = story.random.nextInt(100);
        if (fate < 20) {
            LocalDate returned = later(submitted);
            happens(id, told, "returned_on", returned);
            if (story.chance(30)) {
                // Corrected in place: it is the same filing that is accepted in the end, or was before it was sent
                // back.
                happens(id, told, "accepted_on", story.chance(85) ? later(returned) : submitted);
            } else if (story.chance(60)) {
                file(kind, returned.plusDays(story.random.nextInt(12)));
            }
        } else if (fate < 28) {
            happens(id, told, "withdrawn_on", later(submitted));
        } else if (fate < 32) {
            story.tellRegistry(told.plusSeconds(86_400), transaction -> transaction.delete("registry.filing", id));
        } else if (fate < 80) {
            happens(id, told, "accepted_on", submitted.plusDays(story.random.nextInt(15)));
        }
    }

    /** Soon, or only after the last day may have passed. */
    private LocalDate later(LocalDate submitted) {
        return submitted.plusDays(story.chance(70) ? story.random.nextInt(8) : story.random.nextInt(70));
    }

    /** Told on its day; now and then before it, as soon as the filing is. */
    private void happens(String id, Instant filed, String column, LocalDate day) {
        story.tellRegistry(
                story.chance(10) ? filed.plusSeconds(60) : Clock.start(day).plusSeconds(82_000),
                transaction -> transaction.update("registry.filing", id, row(column, RegistrySource.date(day))));
    }

    private Map<String, Object> filing(String id, String kind, LocalDate submitted) {
        String filer = story.operator;
        List<String> covers = List.of();
        String authority = story.chance(80) ? province() : story.any(List.of(region, "000000", "110000"));
        int by = story.random.nextInt(100);
        if (heir != null && by < 40) {
            filer = heir;
            covers = story.chance(35) ? List.of(story.operator) : List.of();
            authority = covers.isEmpty() || story.chance(50) ? authority : "110000";
        } else if (by < 55) {
            filer = "group-of-" + story.operator;
            covers = List.of("someone-else", story.operator);
        } else if (by < 62) {
            covers = List.of("someone-else");
        }
        Map<String, Object> row = RegistrySource.filing(id, filer, kind, submitted, authority, covers);
        row.put("declared_persons", declared(submitted));
        return row;
    }

    /** About as many as there are: the same, just inside the tolerance, just outside, far outside, or nothing. */
    private Object declared(LocalDate submitted) {
        int persons = story.personsOn(submitted);
        BigDecimal least =
                BigDecimal.valueOf((long) persons * (100 - tolerance)).movePointLeft(2);
        BigDecimal most = BigDecimal.valueOf((long) persons * (100 + tolerance)).movePointLeft(2);
        long inside = least.setScale(0, java.math.RoundingMode.CEILING).longValueExact();
        long insideToo = most.setScale(0, java.math.RoundingMode.FLOOR).longValueExact();
        return switch (story.random.nextInt(10)) {
            case 0, 1, 2 -> persons;
            case 3 -> inside;
            case 4 -> Math.max(0, inside - 1);
            case 5 -> insideToo;
            case 6 -> insideToo + 1;
            case 7 -> 100_000;
            case 8 -> story.chance(30) ? 4_000_000_000_000_000_000L : 0;
            default -> null;
        };
    }
}
