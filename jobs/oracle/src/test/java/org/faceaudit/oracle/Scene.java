package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.oracle.history.RegistrySource.row;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.faceaudit.oracle.history.LawRows;
import org.faceaudit.oracle.history.RegistrySource;
import org.faceaudit.oracle.history.SampleSource;

/** One operator, {@code op}, seated in Suzhou (320500), who must file from ten persons on; and the registry that knows it. */
final class Scene {

    private static final Listening SELDOM = new Listening(100L * 366 * 24 * 3_600, 0, 24, false);

    static final String PROVINCE = "320000";

    private static final LawRows LAW = LawRows.read(Path.of("../../sql/law"));
    private static final Instant REGISTRY_AT = shanghai("2025-05-01T08:00");

    private final RegistrySource registry = new RegistrySource(LAW);

    /** An instant by the clock in Shanghai, without seconds. */
    static Instant shanghai(String local) {
        return Instant.parse(local + ":00Z").minusSeconds(8 * 3600);
    }

    static LocalDate day(String day) {
        return LocalDate.parse(day);
    }

    /** What the registry holds when it is first looked at. */
    Scene register(Consumer<SampleSource.Transaction> rows) {
        return registerAs("10", rows);
    }

    /** The same with another threshold; {@code null} for the law's own. */
    Scene registerAs(String threshold, Consumer<SampleSource.Transaction> rows) {
        registry.source().unseen(transaction -> {
            transaction.insert("registry.operator", RegistrySource.operator("op", "320500"));
            if (threshold != null) {
                transaction.insert(
                        "registry.parameter",
                        RegistrySource.parameter(
                                "storage-reached.threshold", "op", threshold, "persons", day("2025-06-01")));
            }
            rows.accept(transaction);
        });
        registry.source().snapshot(REGISTRY_AT);
        return this;
    }

    /** What the registry is told later. */
    Scene told(String at, Consumer<SampleSource.Transaction> rows) {
        registry.source().commit(shanghai(at), rows);
        return this;
    }

    List<TopicRecord> dump(SampleSource... sources) {
        List<TopicRecord> dump = new ArrayList<>(registry.source().records());
        for (SampleSource source : sources) {
            dump.addAll(source.records());
        }
        return dump;
    }

    /** All alerts, the registry being known so far, of sources that promise no heartbeat within a century. */
    List<OracleAlert> alerts(String registryKnown, SampleSource... sources) {
        return alerts(registryKnown, SELDOM, sources);
    }

    /** The same of sources that promise heartbeats. */
    List<OracleAlert> alerts(String registryKnown, Listening promise, SampleSource... sources) {
        registry.beat(shanghai(registryKnown));
        return new Oracle(dump(sources), operator -> null, null, topic -> promise).alerts();
    }

    static void operator(SampleSource.Transaction transaction, String id, String region) {
        transaction.insert("registry.operator", RegistrySource.operator(id, region));
    }

    /** A filing of {@code op} with its own province. */
    static void filing(SampleSource.Transaction transaction, String id, String kind, String submitted, Object... more) {
        filingBy(transaction, "op", id, kind, submitted, PROVINCE, more);
    }

    /** A filing; {@code more} are names and values of other columns, dates as text. */
    static void filingBy(
            SampleSource.Transaction transaction,
            String filer,
            String id,
            String kind,
            String submitted,
            String authority,
            Object... more) {
        var row = RegistrySource.filing(id, filer, kind, day(submitted), authority, List.of());
        row.put("declared_persons", null);
        row.putAll(row(more));
        transaction.insert("registry.filing", row);
    }

    static void change(SampleSource.Transaction transaction, String id, String field, String on) {
        transaction.insert("registry.substantive_change", RegistrySource.change(id, "op", field, day(on)));
    }

    /** A use of the technology; {@code ended} may be {@code null}. */
    static void use(SampleSource.Transaction transaction, String id, String ended) {
        transaction.insert(
                "registry.technology_use",
                RegistrySource.use(id, "op", "scene of " + id, null, ended == null ? null : day(ended)));
    }

    static SampleSource faces(String system) {
        SampleSource source = new SampleSource("cdc.op." + system, "faces", 900_000)
                .table("public.face", "id")
                .table("public.faceaudit_heartbeat", "id");
        source.unseen(transaction -> transaction.insert("public.faceaudit_heartbeat", row("id", 1, "beat_at", null)));
        return source;
    }

    static void beat(SampleSource source, String at) {
        source.commit(
                shanghai(at),
                transaction -> transaction.update(
                        "public.faceaudit_heartbeat",
                        "1",
                        row("beat_at", shanghai(at).toString())));
    }

    static void face(SampleSource.Transaction transaction, int id, String person, String localTime) {
        String token = person == null ? null : "t1:id-card:k1:upper:" + person;
        transaction.insert(
                "public.face",
                row("id", id, "id_card", token, "photo_url", null, "create_time", localTime + ":00Z", "is_deleted", 0));
    }

    /** So many persons from an instant on, first looked at at another, known until noon of 2026-11-20. */
    static SampleSource stored(int persons, String since, String lookedAt) {
        SampleSource source = faces("faces");
        source.unseen(transaction -> {
            for (int i = 0; i < persons; i++) {
                face(transaction, i, "p" + i, since);
            }
        });
        source.snapshot(shanghai(lookedAt));
        beat(source, "2026-11-20T12:00");
        return source;
    }

    /** Nine persons since January, the tenth on 21 August 2026: to be filed by 9 October. */
    static SampleSource tenFaces() {
        SampleSource source = faces("faces");
        source.unseen(transaction -> {
            for (int i = 0; i < 9; i++) {
                face(transaction, i, "p" + i, "2026-01-05T09:00");
            }
        });
        source.snapshot(shanghai("2026-06-01T00:00"));
        source.commit(shanghai("2026-08-21T10:00"), transaction -> face(transaction, 9, "p9", "2020-01-01T00:00"));
        beat(source, "2026-11-20T12:00");
        return source;
    }

    static List<OracleAlert> of(List<OracleAlert> alerts, String ruleId) {
        return alerts.stream().filter(alert -> alert.ruleId().equals(ruleId)).toList();
    }

    static OracleAlert only(List<OracleAlert> alerts, String ruleId) {
        List<OracleAlert> found = of(alerts, ruleId);
        assertThat(found).as(ruleId).hasSize(1);
        return found.get(0);
    }

    /** Episodes of one rule as text: verdict, opened, resolved. Days at midnight are written as days. */
    static List<String> episodes(List<OracleAlert> alerts, String ruleId) {
        return of(alerts, ruleId).stream()
                .map(alert -> alert.verdict() + ' ' + text(alert.openedAt()) + ' ' + text(alert.resolvedAt()))
                .toList();
    }

    private static String text(Instant at) {
        if (at == null) {
            return "-";
        }
        String local = at.plusSeconds(8 * 3600).toString().replace(":00Z", "");
        return local.endsWith("T00:00") ? local.substring(0, 10) : local;
    }
}
