package org.faceaudit.oracle.history;

import static org.faceaudit.oracle.history.RegistrySource.row;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** What the registry is told of one operator: its row, its threshold, its filings and who made them, exceptions. */
final class RegistryTale {

    private static final LocalDate IN_FORCE = LocalDate.of(2025, 6, 1);

    private final Story story;
    private final String region;

    RegistryTale(Story story) {
        this.story = story;
        this.region = story.any(List.of("510100", "320500", "330100", "440300", "500100"));
    }

    void tell() {
        Instant begin = story.from.minusSeconds(86_400L * 30);
        int threshold = story.chance(80) ? story.threshold : story.threshold + 3;
        boolean voluntary = story.chance(12);
        act(begin, transaction -> {
            transaction.insert("registry.operator", RegistrySource.operator(story.operator, region));
            transaction.insert(
                    "registry.parameter",
                    RegistrySource.parameter(
                            "storage-reached.threshold",
                            story.operator,
                            Integer.toString(voluntary ? story.threshold * 4 : threshold),
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
        filings(voluntary);
        for (int i = story.random.nextInt(4); i > 0 && !story.subjects.isEmpty(); i--) {
            exception(i);
        }
        for (int i = story.random.nextInt(4); i > 0; i--) {
            hold(i);
        }
        if (story.chance(60)) {
            ofWhoeverLeft();
        }
        // With dice of its own: what else happens to an operator does not depend on whether its source is reconciled.
        Random dice = new Random(31L * story.operator.hashCode() + story.from.toEpochMilli());
        for (int i = dice.nextInt(5); i > 0; i--) {
            reconciliation(i, dice);
        }
        for (int i = dice.nextInt(4); i > 0 && !story.subjects.isEmpty(); i--) {
            exceptionOfAttempts(i, dice);
        }
        Random looks = new Random(77L * story.operator.hashCode() + story.from.toEpochMilli());
        for (int i = looks.nextInt(6); i > 0; i--) {
            schemaLook(i, looks);
        }
    }

    /** One from a rule on those who try the doors: for a point, the system or everything; valid, over, or a mere statement. */
    private void exceptionOfAttempts(int number, Random dice) {
        List<String> rules = List.of(
                "refusal-without-alternative",
                "refusal-without-alternative",
                "unusable-fallback",
                "unusable-fallback",
                "repeated-prompt",
                "repeated-prompt",
                "private-space-device");
        LocalDate from = day(story.from).plusDays(dice.nextInt(60) - 30);
        LocalDate to = dice.nextInt(4) > 0 ? null : from.plusDays(dice.nextInt(200));
        String subject = dice.nextBoolean()
                ? story.subjects.get(dice.nextInt(story.subjects.size()))
                : dice.nextBoolean() ? "gym" : null;
        String citation = dice.nextInt(3) > 0 ? "某部门规章 第3条" : "no-equivalent: 验收报告";
        Map<String, Object> row = RegistrySource.exception(
                "y-" + story.operator + '-' + number,
                story.operator,
                subject,
                citation,
                from,
                to,
                dice.nextInt(5) > 0 ? "auditor" : null);
        row.put("rule_id", rules.get(dice.nextInt(rules.size())));
        act(
                story.from.plusSeconds(dice.nextInt(86_400 * 30)),
                transaction -> transaction.insert("registry.exception", row));
    }

    /** Compared and found equal or not; now and then two at one instant, and the one that was made first told last. */
    private void reconciliation(int number, Random dice) {
        long seconds = Duration.between(story.from, story.now).toSeconds();
        Instant at = dice.nextInt(5) == 0 ? story.from : story.from.plusSeconds((long) (dice.nextDouble() * seconds));
        Instant told = dice.nextInt(3) > 0 ? at : story.from.plusSeconds((long) (dice.nextDouble() * seconds));
        long[] source = {100, 50};
        long[] here = {dice.nextInt(3) > 0 ? 100 : 99 + dice.nextInt(3), dice.nextInt(6) > 0 ? 50 : 49};
        String system = dice.nextBoolean() ? "gym" : "faces";
        act(
                told,
                transaction -> transaction.insert(
                        "registry.reconciliation",
                        RegistrySource.reconciliation(
                                "rec-" + story.operator + '-' + number, story.operator, system, at, source, here)));
    }

    /** A look into a catalogue, at what is known otherwise too, or at nothing; now and then two at one instant, or told late. */
    private void schemaLook(int number, Random dice) {
        long seconds = Duration.between(story.from, story.now).toSeconds();
        Instant at = dice.nextInt(6) == 0 ? story.from : story.from.plusSeconds((long) (dice.nextDouble() * seconds));
        Instant told = dice.nextInt(4) > 0 ? at : story.from.plusSeconds((long) (dice.nextDouble() * seconds));
        String system = List.of("gym", "faces", "named", "named").get(dice.nextInt(4));
        Map<String, Object> row = RegistrySource.schemaLook(
                "look-" + story.operator + '-' + number,
                story.operator,
                system,
                at,
                some(List.of("public.note.author", "public.note.reader", "public.member.编号", "public.note_07.*"), dice),
                some(List.of("public.note.author", "public.face.id_card"), dice),
                some(List.of("public.member.照片"), dice));
        act(told, transaction -> transaction.insert("registry.schema_look", row));
    }

    private static List<String> some(List<String> columns, Random dice) {
        return columns.stream().filter(column -> dice.nextInt(4) == 0).toList();
    }

    private void act(Instant at, Consumer<SampleSource.Transaction> work) {
        story.tellRegistry(at, work);
    }

    private Instant someTime() {
        return story.someTime();
    }

    private static LocalDate day(Instant at) {
        return Clock.day(at);
    }

    /** First filings, some by operators who need not, a takeover, and the duties that follow a filing. */
    private void filings(boolean voluntary) {
        int tolerance = story.chance(50) ? 5 : story.any(List.of(10, 20));
        if (tolerance != 5) {
            act(
                    story.from,
                    transaction -> transaction.insert(
                            "registry.parameter",
                            RegistrySource.parameter(
                                    "declared-count-mismatch.tolerance",
                                    story.operator,
                                    Integer.toString(tolerance),
                                    "percent",
                                    IN_FORCE)));
        }
        FilingTale filings = new FilingTale(story, region, tolerance);
        if (story.chance(12)) {
            takeover(filings);
        }
        if (voluntary) {
            filings.file("INITIAL", day(story.from).plusDays(story.random.nextInt(10)));
        }
        for (int i = story.random.nextInt(4); i > 0; i--) {
            LocalDate reached = day(story.reachedAt == null ? someTime() : story.reachedAt);
            filings.file("INITIAL", reached.plusDays(story.random.nextInt(80) - 12));
        }
        new DutyTale(story, filings).tell();
    }

    private void takeover(FilingTale filings) {
        String heir = "heir-of-" + story.operator;
        Instant at = someTime();
        String seat = story.any(List.of(region, "110105"));
        act(at, transaction -> transaction.insert("registry.operator", RegistrySource.operator(heir, seat)));
        act(
                at.plusSeconds(60),
                transaction -> transaction.update("registry.operator", story.operator, row("successor_id", heir)));
        filings.takenOverBy(heir);
    }

    /**
     * A hold, a statutory floor, a statement that storage is frozen or that a class is out of the rule: in force, over, to come;
     * for some images or for all.
     */
    private void hold(int number) {
        LocalDate from = day(someTime()).minusDays(story.random.nextInt(40));
        LocalDate to = from.plusDays(story.random.nextInt(story.chance(50) ? 30 : 200));
        String cause = story.any(List.of(
                "period-ended", "purpose-ended", "consent-withdrawn", "kept-after-verification", "after-termination"));
        String subject = story.any(java.util.Arrays.asList(null, "gym", "gym/" + cause, "faces", "gym/" + cause));
        String citation = story.any(List.of(
                "hold: (2026)苏05民初12号",
                "hold: 争议处理",
                "floor:public-security-video 公共安全视频图像信息系统管理条例 第17条",
                "Floor :anti-terror-video 反恐怖主义法 第32条",
                " Frozen：备份介质无法单独删除",
                "anonymised:public-security-video 经核验不可复原",
                "training:face-library 隔离的训练副本"));
        String id = "h-" + story.operator + '-' + number;
        Instant told = someTime();
        fromRetention(told, id, subject, citation, from, to, story.chance(85) ? "auditor" : null);
        Instant later = told.plusSeconds(3_600 + story.random.nextInt(20 * 86_400));
        if (later.isBefore(story.now) && story.chance(12)) {
            act(later, transaction -> transaction.delete("registry.exception", id));
        }
    }

    /** Whose consent was withdrawn, or who left, is in a dispute for long, or on media of which no single image can be deleted. */
    private void ofWhoeverLeft() {
        LocalDate from = day(someTime()).minusDays(40);
        fromRetention(
                someTime(),
                "w-" + story.operator,
                story.any(List.of(
                        "gym/consent-withdrawn",
                        "gym/consent-withdrawn",
                        "gym/purpose-ended",
                        "gym/after-termination")),
                story.any(List.of("hold: 争议处理", "frozen: 备份介质无法单独删除")),
                from,
                from.plusDays(200),
                "auditor");
    }

    private void fromRetention(
            Instant told, String id, String subject, String citation, LocalDate from, LocalDate to, String approvedBy) {
        Map<String, Object> row = RegistrySource.exception(id, story.operator, subject, citation, from, to, approvedBy);
        row.put("rule_id", "raw-image-retained");
        act(told, transaction -> transaction.insert("registry.exception", row));
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
                story.chance(25) ? "No-equivalent：验收报告" : "某部门规章 第3条",
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
            LocalDate soon = day(later).plusDays(3);
            // The registry refuses an exception that ends before it begins.
            LocalDate shortened = soon.isBefore(from) ? from : soon;
            act(
                    later,
                    transaction -> transaction.update(
                            "registry.exception", id, row("valid_to", RegistrySource.date(shortened))));
        }
    }
}
