package org.faceaudit.oracle.history;

import static org.faceaudit.oracle.history.RegistrySource.row;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the registry is told of one operator: its row, its threshold, filings good and bad, exceptions. */
final class RegistryTale {

    private static final LocalDate IN_FORCE = LocalDate.of(2025, 6, 1);

    private final Story story;
    private final String region;
    private int filings;

    RegistryTale(Story story) {
        this.story = story;
        this.region = story.any(List.of("510100", "320500", "330100", "440300", "500100"));
    }

    void tell() {
        Instant begin = story.from.minusSeconds(86_400L * 30);
        act(begin, transaction -> {
            transaction.insert("registry.operator", RegistrySource.operator(story.operator, region));
            transaction.insert(
                    "registry.parameter",
                    RegistrySource.parameter(
                            "storage-reached.threshold",
                            story.operator,
                            Integer.toString(story.chance(80) ? story.threshold : story.threshold + 3),
                            "persons",
                            IN_FORCE));
        });
        if (story.chance(20)) {
            act(
                    someTime(),
                    transaction -> transaction.update(
                            "registry.parameter",
                            "storage-reached.threshold/" + story.operator + '/' + RegistrySource.date(IN_FORCE),
                            row("value", Integer.toString(story.threshold + story.random.nextInt(3) - 1))));
        }
        if (story.chance(10)) {
            act(
                    someTime(),
                    transaction -> transaction.insert(
                            "registry.parameter",
                            RegistrySource.parameter(
                                    "filing-due-soon.level-2", story.operator, "8", "working-days", IN_FORCE)));
        }
        int attempts = story.random.nextInt(4);
        for (int i = 0; i < attempts; i++) {
            filing();
        }
        if (story.chance(10)) {
            LocalDate day = day(someTime());
            act(
                    Clock.start(day).plusSeconds(50_000),
                    transaction -> transaction.insert(
                            "registry.filing",
                            RegistrySource.filing(
                                    "d-" + story.operator,
                                    story.operator,
                                    "DEREGISTRATION",
                                    day,
                                    province(),
                                    List.of())));
        }
        for (int i = story.random.nextInt(4); i > 0 && !story.subjects.isEmpty(); i--) {
            exception(i);
        }
    }

    private void act(Instant at, Consumer<SampleSource.Transaction> work) {
        story.registry.add(new Story.RegistryAct(at.isBefore(story.now) ? at : story.now, work));
    }

    private Instant someTime() {
        long seconds = java.time.Duration.between(story.from, story.now).toSeconds();
        return story.from.plusSeconds((long) (story.random.nextDouble() * seconds));
    }

    private static LocalDate day(Instant at) {
        return Clock.day(at);
    }

    private String province() {
        return region.substring(0, 2) + "0000";
    }

    private void filing() {
        LocalDate reached = day(story.reachedAt == null ? someTime() : story.reachedAt);
        LocalDate submitted = reached.plusDays(story.random.nextInt(80) - 12);
        LocalDate today = day(story.now);
        if (submitted.isAfter(today)) {
            return;
        }
        String id = "f-" + story.operator + '-' + ++filings;
        String authority = story.chance(75) ? province() : story.any(List.of(region, "000000", "110000"));
        boolean joint = story.chance(20);
        Map<String, Object> row = RegistrySource.filing(
                id,
                joint ? "group-of-" + story.operator : story.operator,
                "INITIAL",
                submitted,
                authority,
                joint ? List.of("someone-else", story.operator) : List.of());
        Instant told = Clock.start(submitted).plusSeconds(3_600 + story.random.nextInt(80_000));
        act(told, transaction -> transaction.insert("registry.filing", row));
        if (story.chance(25)) {
            LocalDate returned = submitted.plusDays(1 + story.random.nextInt(6));
            act(
                    Clock.start(returned).plusSeconds(60_000),
                    transaction -> transaction.update(
                            "registry.filing", id, row("returned_on", RegistrySource.date(returned))));
        } else if (story.chance(8)) {
            LocalDate withdrawn = submitted.plusDays(1 + story.random.nextInt(6));
            act(
                    Clock.start(withdrawn).plusSeconds(60_000),
                    transaction -> transaction.update(
                            "registry.filing", id, row("withdrawn_on", RegistrySource.date(withdrawn))));
        } else if (story.chance(5)) {
            act(told.plusSeconds(86_400), transaction -> transaction.delete("registry.filing", id));
        }
    }

    private void exception(int number) {
        LocalDate from = day(someTime()).minusDays(20);
        LocalDate to = story.chance(60) ? day(story.now).plusDays(30) : from.plusDays(10 + story.random.nextInt(60));
        String subject = story.any(story.subjects);
        if (story.chance(10)) {
            subject = "gym";
        } else if (story.chance(10)) {
            subject = null;
        } else if (story.chance(8)) {
            subject = story.any(List.of("gym/nowhere", "faces", "faces/1"));
        }
        String id = "x-" + story.operator + '-' + number;
        boolean approved = story.chance(70);
        Map<String, Object> row = RegistrySource.exception(
                id,
                story.operator,
                subject,
                story.chance(25) ? "no-equivalent: 验收报告" : "某部门规章 第3条",
                from,
                to,
                approved ? "auditor" : null);
        Instant told = someTime();
        act(told, transaction -> transaction.insert("registry.exception", row));
        Instant later = told.plusSeconds(3_600 + story.random.nextInt(20 * 86_400));
        if (!later.isBefore(story.now)) {
            return;
        }
        if (!approved && story.chance(60)) {
            act(later, transaction -> transaction.update("registry.exception", id, row("approved_by", "auditor")));
        } else if (story.chance(15)) {
            act(later, transaction -> transaction.delete("registry.exception", id));
        } else if (story.chance(15)) {
            act(
                    later,
                    transaction -> transaction.update(
                            "registry.exception",
                            id,
                            row("valid_to", RegistrySource.date(day(later).plusDays(3)))));
        }
    }
}
