package org.faceaudit.oracle;

import static org.faceaudit.oracle.Scene.day;
import static org.faceaudit.oracle.Scene.shanghai;
import static org.faceaudit.oracle.history.RegistrySource.row;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.faceaudit.oracle.history.LawRows;
import org.faceaudit.oracle.history.RegistrySource;
import org.faceaudit.oracle.history.SampleSource;

/**
 * The gym {@code op} with one member, 1, whose membership goes on; nothing but what a test tells of it is there. It is first
 * looked at on 2026-01-05 at 08:00, before anything else.
 */
final class Gym {

    static final String MEMBER = "public.member";
    static final String MEMBERSHIP = "public.membership";
    static final String IMAGE = "public.member_image";
    static final String PHOTO = "public.visitor_photo";
    static final String CONSENT = "public.consent";

    private static final LawRows LAW = LawRows.read(Path.of("../../sql/law"));

    private final SampleSource source = new SampleSource("cdc.op.gym", "gym", 900_000)
            .table(MEMBER, "id")
            .table(MEMBERSHIP, "id")
            .table(IMAGE, "id")
            .table(PHOTO, "id")
            .table(CONSENT, "id")
            .table("public.faceaudit_heartbeat", "id");
    private final List<Consumer<SampleSource.Transaction>> registered = new ArrayList<>();

    Gym() {
        source.unseen(transaction -> {
            transaction.insert("public.faceaudit_heartbeat", row("id", 1, "beat_at", null));
            member(transaction, 1, null);
            transaction.insert(MEMBERSHIP, row("id", 1, "member_id", 1, "ended_on", null));
            // Somebody else's: by it one sees that consents are kept here.
            consent(transaction, 99, "member_id", 99);
        });
        source.snapshot(shanghai("2026-01-05T08:00"));
    }

    static void member(SampleSource.Transaction transaction, int id, String bornOn) {
        transaction.insert(
                MEMBER,
                row(
                        "id",
                        id,
                        "member_no",
                        "t1:member-no:k1:trim,upper:" + id,
                        "birth_on",
                        bornOn == null ? null : bornOn + "Z"));
    }

    /** A separate consent of member 1 without end; {@code more} are names and values of other columns. */
    static void consent(SampleSource.Transaction transaction, int id, Object... more) {
        Map<String, Object> consent = row(
                "id",
                id,
                "member_id",
                1,
                "separate",
                true,
                "legal_basis",
                "consent",
                "given_at",
                shanghai("2026-01-05T07:00").toString(),
                "withdrawn_at",
                null,
                "expires_on",
                null,
                "guardian",
                null);
        consent.putAll(row(more));
        transaction.insert(CONSENT, consent);
    }

    static void image(SampleSource.Transaction transaction, int id) {
        transaction.insert(IMAGE, row("id", id, "member_id", 1, "taken_at", null, "keep_until", null));
    }

    static String at(String local) {
        return shanghai(local).toString();
    }

    Gym commits(String at, Consumer<SampleSource.Transaction> work) {
        source.commit(shanghai(at), work);
        return this;
    }

    /** An image of member 1, which is stored from then on. */
    Gym image(String at, int id) {
        return commits(at, transaction -> image(transaction, id));
    }

    Gym consents(String at, int id, Object... more) {
        return commits(at, transaction -> consent(transaction, id, more));
    }

    Gym updates(String at, String table, int id, Object... more) {
        return commits(at, transaction -> transaction.update(table, Integer.toString(id), row(more)));
    }

    Gym deletes(String at, String table, int id) {
        return commits(at, transaction -> transaction.delete(table, Integer.toString(id)));
    }

    Gym registered(Consumer<SampleSource.Transaction> rows) {
        registered.add(rows);
        return this;
    }

    /** An approved exception from raw-image-retained. */
    Gym exception(String id, String subject, String citation, String from, String to) {
        return registered(transaction -> {
            Map<String, Object> row =
                    RegistrySource.exception(id, "op", subject, citation, day(from), day(to), "auditor");
            row.put("rule_id", "raw-image-retained");
            transaction.insert("registry.exception", row);
        });
    }

    /** What the oracle says when everything is known so far. */
    List<OracleAlert> alerts(String known) {
        RegistrySource registry = new RegistrySource(LAW);
        registry.source().unseen(transaction -> {
            transaction.insert("registry.operator", RegistrySource.operator("op", "320500"));
            registered.forEach(rows -> rows.accept(transaction));
        });
        registry.source().snapshot(shanghai("2025-05-01T08:00"));
        registry.beat(shanghai(known));
        Instant now = shanghai(known);
        source.commit(
                now,
                transaction -> transaction.update("public.faceaudit_heartbeat", "1", row("beat_at", now.toString())));
        List<TopicRecord> dump = new ArrayList<>(registry.source().records());
        dump.addAll(source.records());
        return new Oracle(dump).alerts();
    }

    /**
     * The images' alerts in a few words: cause, verdict and status, beginning, due day, number, end and exception. An
     * instant at midnight is written as a day.
     */
    List<String> images(String known) {
        return alerts(known).stream()
                .filter(alert -> alert.ruleId().equals("raw-image-retained"))
                .map(alert -> String.join(
                        " ",
                        alert.subjectId().substring("gym/".length()),
                        alert.verdict(),
                        alert.status(),
                        text(alert.openedAt()),
                        "due " + alert.dueOn(),
                        alert.measured() + "x",
                        alert.resolvedAt() == null ? "-" : text(alert.resolvedAt()),
                        alert.exceptionId() == null ? "-" : alert.exceptionId()))
                .toList();
    }

    /** The children's alerts in a few words: verdict, beginning, number, end. */
    List<String> children(String known) {
        return alerts(known).stream()
                .filter(alert -> alert.ruleId().equals("minor-without-guardian-consent"))
                .map(alert -> String.join(
                        " ",
                        alert.verdict(),
                        text(alert.openedAt()),
                        alert.measured() + "x",
                        alert.resolvedAt() == null ? "-" : text(alert.resolvedAt())))
                .toList();
    }

    private static String text(Instant at) {
        String local = at.plusSeconds(8 * 3600).toString().replace(":00Z", "");
        return local.endsWith("T00:00") ? local.substring(0, 10) : local;
    }
}
