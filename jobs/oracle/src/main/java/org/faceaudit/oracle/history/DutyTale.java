package org.faceaudit.oracle.history;

import static org.faceaudit.oracle.history.RegistrySource.row;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** What the registry is told of one operator's changes, of its scenes that begin and end, and of what it files for them. */
final class DutyTale {

    private final Story story;
    private final FilingTale filings;

    DutyTale(Story story, FilingTale filings) {
        this.story = story;
        this.filings = filings;
    }

    void tell() {
        for (int i = story.random.nextInt(3); i > 0; i--) {
            change(i);
        }
        uses();
        if (story.chance(12)) {
            deregister(Clock.day(story.someTime()));
        }
    }

    private void change(int number) {
        LocalDate day = longAgo().plusDays(story.chance(10) ? 60 : 0);
        String field = story.any(List.of("purpose", "method", "scene", "safeguards", "logo", "Purpose"));
        String id = "c-" + story.operator + '-' + number;
        story.tellRegistry(
                Clock.start(day).plusSeconds(story.random.nextInt(20 * 86_400)),
                transaction -> transaction.insert(
                        "registry.substantive_change", RegistrySource.change(id, story.operator, field, day)));
        if (story.chance(10)) {
            story.tellRegistry(story.now, transaction -> transaction.delete("registry.substantive_change", id));
        }
        if (story.chance(50)) {
            filings.file("CHANGE", day.plusDays(story.random.nextInt(70) - 5));
        }
    }

    /** One to three scenes; of some operators all of them end, and sometimes one begins again. */
    private void uses() {
        boolean allEnd = story.chance(55);
        LocalDate last = null;
        int scenes = story.random.nextInt(4);
        for (int i = 1; i <= scenes; i++) {
            String id = "u-" + story.operator + '-' + i;
            LocalDate started = story.chance(60) ? Clock.day(story.from).minusDays(story.random.nextInt(200)) : null;
            story.tellRegistry(
                    story.from.minusSeconds(20 * 86_400),
                    transaction -> transaction.insert(
                            "registry.technology_use",
                            RegistrySource.use(id, story.operator, "scene " + id, started, null)));
            if (allEnd || story.chance(20)) {
                LocalDate ended = ending(started, last);
                last = last == null || ended.isAfter(last) ? ended : last;
                end(id, ended);
            }
        }
        if (allEnd && last != null && story.chance(70)) {
            deregister(last);
        }
    }

    /** Often in the past, sometimes planned, sometimes on the day another scene ended. */
    private LocalDate ending(LocalDate started, LocalDate last) {
        LocalDate ended = longAgo();
        if (last != null && story.chance(30)) {
            ended = last;
        } else if (story.chance(10)) {
            ended = Clock.day(story.now).plusDays(story.random.nextInt(20));
        }
        return started != null && ended.isBefore(started) ? started : ended;
    }

    /** Rather long ago, so that most duties have fallen due by now. */
    private LocalDate longAgo() {
        Instant one = story.someTime();
        Instant other = story.someTime();
        return Clock.day(one.isBefore(other) ? one : other);
    }

    private void end(String id, LocalDate ended) {
        Instant told = Clock.start(ended).plusSeconds(story.random.nextInt(10 * 86_400));
        story.tellRegistry(
                told,
                transaction -> transaction.update(
                        "registry.technology_use", id, row("terminated_on", RegistrySource.date(ended))));
        if (story.chance(8)) {
            story.tellRegistry(
                    told.plusSeconds(30 * 86_400),
                    transaction -> transaction.update("registry.technology_use", id, row("terminated_on", null)));
        }
    }

    private void deregister(LocalDate ended) {
        filings.file("DEREGISTRATION", ended.plusDays(story.random.nextInt(75) - 4));
    }
}
