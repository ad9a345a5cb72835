package org.faceaudit.oracle.history;

import static org.faceaudit.oracle.history.RegistrySource.row;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Somebody configures gates of a gym a second time, beside their own rows: sometimes the same, sometimes otherwise. */
final class SettingTale {

    static final String SETTING = "public.gate_setting";

    private final Story story;
    private final SampleSource source;
    private final Supplier<Map<String, Object>> methods;
    private final IntSupplier nextId;
    /** Most gyms have no such table in use. */
    private final boolean used;

    SettingTale(Story story, SampleSource source, Supplier<Map<String, Object>> methods, IntSupplier nextId) {
        this.story = story;
        this.source = source;
        this.methods = methods;
        this.nextId = nextId;
        this.used = story.chance(35);
    }

    void before(SampleSource.Transaction transaction, List<String> points) {
        if (used && story.chance(30)) {
            setting(transaction, points);
        }
    }

    boolean areDue() {
        return used && story.chance(12);
    }

    /** One thing happens to some setting, or a gate and its setting change together. */
    void act(Clock clock, List<String> points) {
        Instant at = clock.now();
        List<String> settings = new ArrayList<>(source.rows(SETTING).keySet());
        int choice = story.random.nextInt(100);
        if (settings.isEmpty() || choice < 25) {
            source.commit(at, transaction -> setting(transaction, points));
        } else if (choice < 45) {
            source.commit(at, transaction -> transaction.delete(SETTING, story.any(settings)));
        } else if (choice < 60) {
            set(at, story.any(settings), row("enabled", story.chance(50)));
        } else if (choice < 75) {
            set(at, story.any(settings), methods.get());
        } else if (choice < 85) {
            set(at, story.any(settings), row("gate_id", point(points)));
        } else {
            String setting = story.any(settings);
            Map<String, Object> both = methods.get();
            set(at, setting, both);
            Instant then = clock.advance(Duration.ofMinutes(story.any(List.of(10, 59, 61, 600))));
            String gate = (String) source.rows(SETTING).get(setting).get("gate_id");
            if (points.contains(gate)) {
                source.commit(then, transaction -> transaction.update("public.access_point", gate, both));
            }
        }
    }

    private void set(Instant at, String setting, Map<String, Object> changes) {
        source.commit(at, transaction -> transaction.update(SETTING, setting, changes));
    }

    /** Sometimes a gate of which nothing else tells. */
    private String point(List<String> points) {
        return points.isEmpty() || story.chance(6) ? "no/where" : story.any(points);
    }

    private void setting(SampleSource.Transaction transaction, List<String> points) {
        String point = point(points);
        Map<String, Object> setting = row("id", nextId.getAsInt(), "gate_id", point, "enabled", story.chance(80));
        Map<String, Object> own = source.rows("public.access_point").get(point);
        if (own != null && story.chance(40)) {
            for (String column : List.of("by_face", "by_card", "by_qr")) {
                setting.put(column, own.get(column));
            }
        } else {
            setting.putAll(methods.get());
        }
        transaction.insert(SETTING, setting);
    }
}
