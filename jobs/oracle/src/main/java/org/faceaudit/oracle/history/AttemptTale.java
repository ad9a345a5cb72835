package org.faceaudit.oracle.history;

import static org.faceaudit.oracle.history.RegistrySource.row;
import static org.faceaudit.oracle.history.RegistrySource.zoned;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Who comes to the doors of a gym: some refuse, some fail, some are asked again and again, readers break and are repaired;
 * rows say too little, are told late, corrected and deleted. With dice of its own: what else happens in the gym hardly
 * depends on it.
 */
final class AttemptTale {

    static final String ATTEMPT = "public.attempt";
    private static final String POINT = "public.access_point";
    private static final LocalDate IN_FORCE = LocalDate.of(2025, 6, 1);
    private static final Duration HORIZON = Duration.ofDays(30);
    private static final Duration PROMPTED = Duration.ofHours(48);
    private static final Duration WINDOW = Duration.ofSeconds(900);
    private static final int MOST_ONE_BY_ONE = 12;

    private final Story story;
    private final SampleSource source;
    private final Clock clock;
    private final Random dice;
    private final int refusals;
    private final int prompts;
    private final int tries;
    private final Duration refused;
    private final Duration tried;
    private int nextId = 1;

    /** What one person does at a door, so long after the scene began. */
    private record Step(Duration after, String point, String member, String method, String outcome) {}

    AttemptTale(Story story, SampleSource source, Clock clock) {
        this.story = story;
        this.source = source.table(ATTEMPT, "id");
        this.clock = clock;
        this.dice = new Random(37L * story.operator.hashCode() + story.from.toEpochMilli());
        this.refusals = percent(30) ? 2 + dice.nextInt(3) : 3;
        this.prompts = percent(25) ? 1 + dice.nextInt(3) : 2;
        this.tries = percent(15) ? 20 : 4 + dice.nextInt(4);
        this.refused = percent(25) ? Duration.ofDays(2) : Duration.ofDays(7);
        this.tried = percent(50) ? Duration.ofDays(4) : Duration.ofDays(30);
        parameter("refusal-without-alternative.n", refusals, 3, "count");
        parameter("refusal-without-alternative.period", (int) refused.toDays(), 7, "days");
        parameter("repeated-prompt.n", prompts, 2, "count");
        parameter("unusable-fallback.n", tries, 20, "count");
        parameter("unusable-fallback.period", (int) tried.toDays(), 30, "days");
        parameter("unusable-fallback.floor", percent(25) ? 80 : 50, 50, "percent");
        parameter("unusable-fallback.confidence", percent(25) ? any(80, 99) : 95, 95, "percent");
    }

    /** The operator's own number, where it is not everybody's. */
    private void parameter(String name, int value, int everybody, String unit) {
        if (value != everybody) {
            story.tellRegistry(
                    story.from.minusSeconds(29 * 86_400),
                    transaction -> transaction.insert(
                            "registry.parameter",
                            RegistrySource.parameter(name, story.operator, Integer.toString(value), unit, IN_FORCE)));
        }
    }

    private boolean percent(int chance) {
        return dice.nextInt(100) < chance;
    }

    @SafeVarargs
    private <T> T any(T... things) {
        return things[dice.nextInt(things.length)];
    }

    private <T> T any(List<T> things) {
        return things.get(dice.nextInt(things.size()));
    }

    /** Where a new point stands. */
    String space() {
        return percent(25)
                ? any("changing-room", "toilet", "bath", "guest-room")
                : any("hall", "hall", "hall", "hall", "counter", "sauna?", null);
    }

    /** What happened before anybody looked, some of it so long ago that it is too late to tell. */
    void before(SampleSource.Transaction transaction, Instant lookedAt) {
        for (int i = dice.nextInt(12); i > 0; i--) {
            Instant at = lookedAt.minusSeconds(dice.nextInt(percent(80) ? 6 * 86_400 : 60 * 86_400));
            insert(transaction, at, new Step(Duration.ZERO, point(), member(), method(), outcome()));
        }
    }

    /** Whether something is to happen at the doors now. */
    boolean areDue() {
        return percent(22);
    }

    /** @param end when the source falls silent */
    void act(Instant end) {
        int choice = dice.nextInt(100);
        if (choice < 26) {
            refused(end);
        } else if (choice < 48) {
            reader(end);
        } else if (choice < 62) {
            prompted(end);
        } else if (choice < 72) {
            failed(end);
        } else if (choice < 80) {
            passers(end);
        } else if (choice < 93) {
            corrected(end);
        } else if (!points().isEmpty()) {
            String point = any(points());
            source.commit(clock.now(), transaction -> transaction.update(POINT, point, row("space", space())));
        }
    }

    /** What happens just before nothing more is heard of the gym; some of it is settled by then. */
    void last(Instant end) {
        for (int scenes = dice.nextInt(4); scenes > 0; scenes--) {
            switch (dice.nextInt(5)) {
                case 0 -> refused(end);
                case 1 -> excused(end);
                case 2 -> reader(end);
                case 3 -> prompted(end);
                default -> act(end);
            }
        }
        clock.advance(any(Duration.ZERO, WINDOW, WINDOW.plusMinutes(40)));
    }

    /** Refusals at a point that an exception is, or seems to be, for. */
    private void excused(Instant end) {
        String subject = any(story.subjects);
        String id = "z-" + story.operator + '-' + nextId;
        Map<String, Object> exception = RegistrySource.exception(
                id,
                story.operator,
                subject,
                percent(75) ? "某部门规章 第3条" : "no-equivalent: 验收报告",
                Clock.day(story.from),
                percent(85) ? null : Clock.day(clock.now()).minusDays(3),
                "auditor");
        exception.put("rule_id", "refusal-without-alternative");
        story.tellRegistry(
                story.from.plusSeconds(dice.nextInt(86_400)),
                transaction -> transaction.insert("registry.exception", exception));
        String point =
                subject.substring(subject.indexOf('/') + 1).replace("%2F", "/").replace("%25", "%");
        refused(point, end);
    }

    private List<String> points() {
        return new ArrayList<>(source.rows(POINT).keySet());
    }

    /** Mostly one that there is; now and then one that nobody configured, or none. */
    private String point() {
        if (percent(4)) {
            return null;
        }
        return points().isEmpty() || percent(6) ? "no/where" : any(points());
    }

    /** One of a few members, or somebody whom the door does not know. */
    private String member() {
        return percent(35) ? null : known();
    }

    private String known() {
        return story.token("member-no", "k1", "trim,upper", 1 + dice.nextInt(6));
    }

    private String method() {
        return percent(6) ? any("sauna?", "", null) : any("face", "face", "face", "card", "qr");
    }

    private String outcome() {
        return percent(6) ? any("so-so", "", null) : any("passed", "passed", "failed", "declined");
    }

    /** A point offers these methods from now on; nothing happens to one that is not there. */
    private void offer(String point, boolean face, boolean card) {
        if (points().contains(point)) {
            Instant at = clock.advance(Duration.ofSeconds(2));
            source.commit(
                    at,
                    transaction -> transaction.update(
                            POINT,
                            point,
                            row(
                                    "in_service",
                                    !percent(5),
                                    "by_face",
                                    face,
                                    "by_card",
                                    card,
                                    "by_qr",
                                    false,
                                    "changed_at",
                                    zoned(at))));
            clock.advance(Duration.ofSeconds(percent(30) ? 0 : 1));
        }
    }

    /** So many instants within a time about as long as a period: sometimes to the millisecond. */
    private List<Duration> spread(int count, Duration period) {
        Duration span = any(
                Duration.ofMinutes(40),
                period.dividedBy(3),
                period.dividedBy(3),
                period.minusMillis(1),
                period,
                period.multipliedBy(2));
        List<Duration> offsets = new ArrayList<>(List.of(Duration.ZERO));
        for (int i = 1; i < count; i++) {
            offsets.add(i == count - 1 ? span : within(span));
        }
        Collections.sort(offsets);
        return offsets;
    }

    private Duration within(Duration span) {
        return Duration.ofMillis((long) (dice.nextDouble() * span.toMillis()));
    }

    private void refused(Instant end) {
        refused(point(), end);
    }

    private void refused(String point, Instant end) {
        if (percent(60)) {
            offer(point, true, percent(35));
        }
        String one = percent(40) ? known() : null;
        List<Step> steps = new ArrayList<>();
        for (Duration offset : spread(Math.max(1, refusals - 1 + dice.nextInt(4)), refused)) {
            String member = one != null ? one : member();
            String outcome = percent(92) ? "declined" : "failed";
            steps.add(new Step(offset, point, member, percent(93) ? "face" : method(), outcome));
            if (percent(25)) {
                steps.add(afterwards(offset, point, member));
            }
        }
        tell(steps, end);
    }

    private void failed(Instant end) {
        String point = point();
        String member = percent(85) ? known() : null;
        List<Step> steps = new ArrayList<>();
        for (Duration offset : spread(refusals + dice.nextInt(2), refused)) {
            steps.add(new Step(offset, point, member, percent(93) ? "face" : method(), "failed"));
            if (percent(20)) {
                steps.add(afterwards(offset, point, member));
            }
        }
        tell(steps, end);
    }

    /** Somebody passes soon after somebody could not: often the same one, by something else, just within the time. */
    private Step afterwards(Duration offset, String point, String member) {
        Duration later = any(
                Duration.ZERO,
                Duration.ofMillis(1),
                Duration.ofMinutes(4),
                Duration.ofMinutes(9),
                WINDOW,
                WINDOW.plusMillis(1),
                Duration.ofMinutes(20));
        String who = percent(65) ? member : member();
        String method = percent(70) ? any("card", "qr") : method();
        return new Step(
                offset.plus(later), percent(92) ? point : point(), who, method, percent(90) ? "passed" : outcome());
    }

    /** A card reader beside the camera that works hardly ever, or well, or is repaired, or taken away. */
    private void reader(Instant end) {
        String point = point();
        if (percent(85)) {
            offer(point, true, true);
        }
        String method = percent(90) ? "card" : "qr";
        List<Step> steps = new ArrayList<>(tries(point, method, any(0, 0, 0, 0, 10, 40)));
        steps.addAll(tries(point, "face", any(100, 100, 100, 90, 60)));
        if (percent(30)) {
            Duration later = steps.stream()
                    .map(Step::after)
                    .max(Comparator.naturalOrder())
                    .orElse(Duration.ZERO);
            tries(point, method, any(100, 70, 0)).forEach(step -> steps.add(moved(step, later)));
        }
        tell(steps, end);
        if (percent(25)) {
            offer(point, true, false);
        }
    }

    private static Step moved(Step step, Duration by) {
        return new Step(step.after().plus(by), step.point(), step.member(), step.method(), step.outcome());
    }

    private List<Step> tries(String point, String method, int successPercent) {
        List<Step> steps = new ArrayList<>();
        int count = Math.max(1, tries + any(-1, 0, 1, tries));
        for (Duration offset : spread(count, tried)) {
            String outcome = percent(successPercent) ? "passed" : percent(95) ? "failed" : outcome();
            steps.add(new Step(offset, point, member(), method, outcome));
        }
        return steps;
    }

    /** One or two people who said no are asked again, more often than once in two days or not quite. */
    private void prompted(Instant end) {
        List<Step> steps = new ArrayList<>();
        for (int people = 1 + dice.nextInt(2); people > 0; people--) {
            String member = percent(92) ? known() : null;
            Duration begin = within(PROMPTED);
            steps.add(new Step(begin, point(), member, "face", "declined"));
            int more = prompts - 1 + dice.nextInt(3);
            for (int i = 1; i <= more; i++) {
                Duration after = percent(50)
                        ? within(PROMPTED)
                        : any(PROMPTED, PROMPTED.minusMillis(1), PROMPTED.plusMillis(1), Duration.ZERO);
                String method = percent(92) ? "face" : method();
                steps.add(new Step(begin.plus(after), point(), member, method, "declined"));
            }
        }
        tell(steps, end);
    }

    private void passers(Instant end) {
        List<Step> steps = new ArrayList<>();
        for (int i = 1 + dice.nextInt(5); i > 0; i--) {
            steps.add(new Step(within(Duration.ofDays(2)), point(), member(), method(), outcome()));
        }
        tell(steps, end);
    }

    /** What happened is told as it happens, or later in one or two batches: much later now and then, at last too late. */
    private void tell(List<Step> scene, Instant end) {
        List<Step> steps = new ArrayList<>(scene);
        steps.sort(Comparator.comparing(Step::after));
        Duration span = steps.get(steps.size() - 1).after();
        clock.advance(Duration.ofMillis(1 + dice.nextInt(900)));
        Instant begin = clock.now();
        boolean fits = begin.plus(span).plus(WINDOW).isBefore(end);
        if (fits && steps.size() <= MOST_ONE_BY_ONE && percent(50)) {
            for (Step step : steps) {
                Instant at = begin.plus(step.after());
                clock.advance(Duration.between(clock.now(), at));
                source.commit(at, transaction -> insert(transaction, at, step));
            }
            if (percent(50)) {
                clock.advance(any(WINDOW, WINDOW.minusMillis(1)));
                Story.beat(source, clock.now());
            }
            return;
        }
        Duration before = Duration.between(begin, clock.advance(fits && percent(75) ? span : Duration.ZERO));
        Duration lag = span.minus(before).plus(lag(span));
        Instant first = clock.now().minus(before).minus(lag);
        Collections.shuffle(steps, dice);
        int half = percent(70) ? steps.size() : dice.nextInt(steps.size() + 1);
        for (List<Step> batch : List.of(steps.subList(0, half), steps.subList(half, steps.size()))) {
            if (!batch.isEmpty()) {
                source.commit(
                        clock.now(),
                        transaction -> batch.forEach(step -> insert(transaction, first.plus(step.after()), step)));
                clock.advance(Duration.ofSeconds(dice.nextInt(7_200)));
            }
        }
    }

    /** How much later than it could have been; by it the first step may be just within the horizon or just beyond. */
    private Duration lag(Duration span) {
        Duration rest = HORIZON.minus(span);
        return switch (dice.nextInt(10)) {
            case 0, 1 -> Duration.ofMinutes(dice.nextInt(3 * 1_440));
            case 2 -> rest.isNegative() ? Duration.ZERO : rest;
            case 3 -> rest.isNegative() ? Duration.ZERO : rest.plusMillis(1);
            case 4 -> Duration.ofDays(20 + dice.nextInt(20));
            default -> Duration.ZERO;
        };
    }

    private void insert(SampleSource.Transaction transaction, Instant at, Step step) {
        transaction.insert(
                ATTEMPT,
                row(
                        "id",
                        nextId++,
                        "point_id",
                        step.point(),
                        "member_no",
                        step.member(),
                        "at",
                        time(at),
                        "method",
                        step.method(),
                        "outcome",
                        step.outcome()));
    }

    /** Mostly the row says when; now and then not, or by a clock that is wrong. */
    private String time(Instant at) {
        int choice = dice.nextInt(100);
        if (choice < 2) {
            return null;
        }
        return zoned(choice < 4 ? at.plusSeconds(dice.nextInt(3 * 86_400)) : at);
    }

    /** While nobody read the log: the next snapshot tells of it, as far as it can. */
    void unseen(SampleSource.Transaction transaction) {
        Instant now = clock.now();
        for (int i = dice.nextInt(5); i > 0; i--) {
            Instant at = now.minusSeconds(dice.nextInt(5 * 86_400));
            insert(transaction, at, new Step(Duration.ZERO, point(), member(), method(), outcome()));
        }
        List<String> keys = new ArrayList<>(source.rows(ATTEMPT).keySet());
        Collections.shuffle(keys, dice);
        for (String key : keys.subList(0, Math.min(keys.size(), dice.nextInt(4)))) {
            if (percent(40)) {
                transaction.delete(ATTEMPT, key);
            } else {
                transaction.update(ATTEMPT, key, correction(source.rows(ATTEMPT).get(key)));
            }
        }
    }

    /** Rows are corrected or go; that they go does not undo what happened. */
    private void corrected(Instant end) {
        List<String> keys = new ArrayList<>(source.rows(ATTEMPT).keySet());
        if (keys.isEmpty()) {
            passers(end);
            return;
        }
        Instant at = clock.now();
        if (percent(6)) {
            source.commit(at, transaction -> transaction.truncate(ATTEMPT));
            // RESTART IDENTITY: the keys come again.
            nextId = percent(50) ? 1 : nextId;
            return;
        }
        Collections.shuffle(keys, dice);
        List<String> some = keys.subList(0, Math.min(keys.size(), 1 + dice.nextInt(6)));
        boolean delete = percent(30);
        source.commit(at, transaction -> {
            for (String key : some) {
                if (delete) {
                    transaction.delete(ATTEMPT, key);
                } else {
                    transaction.update(
                            ATTEMPT, key, correction(source.rows(ATTEMPT).get(key)));
                }
            }
        });
    }

    private Map<String, Object> correction(Map<String, Object> attempt) {
        return switch (dice.nextInt(8)) {
            case 0, 1 -> row("outcome", outcome());
            case 2 -> row("method", method());
            case 3 -> row("member_no", member());
            case 4 -> row("point_id", point());
            case 5, 6 -> {
                Object at = attempt.get("at");
                Duration by = any(Duration.ofMinutes(10), Duration.ofHours(5), Duration.ofDays(2));
                yield row(
                        "at",
                        at == null ? null : zoned(Instant.parse(at.toString()).minus(by)));
            }
            default -> row();
        };
    }
}
