package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.ColumnAbsence;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.Resnapshot;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.SchemaLook;

/**
 * The tables of a source are no longer what its mapping was written for (Art. 9 ¶1 of the Measures): UNKNOWN, for what is
 * judged by a column that is gone, or was never asked for, may be wrong. A mapped column is gone when the source's changes
 * stop to carry it, or when a look into its catalogue does not find it, or finds it in a further table of many that no publication
 * tells of; the catalogue alone shows that a mapped column
 * changed its type, that a column came that looks like a store of images and that the mapping neither reads nor leaves
 * out, and that a table or partition went: no log tells that its rows did. An episode lasts as long as anything of this stands:
 * until the column is back, until a look finds that the operator's file says what is to become of it, and for a table also until
 * a snapshot taken later shows the rows that are left.
 *
 * <p>Known gaps: a column that keeps its name and type and changes its meaning is not seen. What the catalogue alone shows
 * is dated by the look that found it. A key column that is gone makes its rows rejects, and is told by the next look.
 * A table or partition that goes and comes back between two looks, and one that is emptied where its log does not say so, are not
 * seen. One whose rows were deleted before it went is told like any other.
 */
final class SchemaDrift {

    static final String RULE_ID = "schema-drift";

    /** More names than this are counted and not listed. */
    private static final int MOST_NAMES = 20;

    private final String operator;
    private final String system;
    private final Registry registry;

    private SchemaDrift(String operator, String system, Registry registry) {
        this.operator = operator;
        this.system = system;
        this.registry = registry;
    }

    /**
     * Derives the alert of one source.
     *
     * @param resnapshots the snapshots that replaced its log
     * @param absences of mapped columns, as the source's changes show them
     * @param known how far the registry is known
     */
    static Derivation derive(
            String operator,
            String system,
            Collection<Resnapshot> resnapshots,
            Collection<ColumnAbsence> absences,
            Registry registry,
            Instant known,
            Wake wake) {
        AlertKey key = new AlertKey(RULE_ID, operator, "source", system, "");
        if (known.isBefore(registry.inForce().start())) {
            wake.at(registry.inForce().start());
            return new Derivation(key, List.of());
        }
        SchemaDrift rule = new SchemaDrift(operator, system, registry);
        List<SchemaLook> looks = registry.schemaLooks(operator).stream()
                .filter(look -> look.systemId().equals(system))
                .toList();
        List<Stretch> stretches = new ArrayList<>();
        for (ColumnAbsence absence : absences) {
            rule.add(ofChanges(absence, looks), stretches);
        }
        for (Change change : Change.values()) {
            for (Stretch stretch : ofLooks(change, looks)) {
                rule.add(change == Change.TABLE_GONE ? accounted(stretch, resnapshots) : stretch, stretches);
            }
        }
        stretches.sort(Comparator.comparing(Stretch::from)
                .thenComparing(Stretch::change)
                .thenComparing(Stretch::column));
        List<Episode> episodes = new ArrayList<>();
        List<Stretch> together = new ArrayList<>();
        for (Stretch stretch : stretches) {
            if (!together.isEmpty() && endedBefore(stretch.from(), together)) {
                episodes.add(rule.episode(episodes.size() + 1, together));
                together.clear();
            }
            together.add(stretch);
        }
        if (!together.isEmpty()) {
            episodes.add(rule.episode(episodes.size() + 1, together));
        }
        return new Derivation(key, episodes);
    }

    /** What can become of a column or a table, and how it is told. */
    private enum Change {
        GONE("映射所用的列已不见或未被捕获:", "mapped columns are gone or not told: ", SchemaLook::goneColumns),
        TABLE_GONE(
                "已不见且其行去向不明的表或分区:",
                "tables or partitions are gone, and no log tells what became of their rows: ",
                SchemaLook::goneTables),
        RETYPED("映射所用的列类型已变:", "mapped columns changed their type: ", SchemaLook::retyped),
        PHOTO_LIKE(
                "新增疑似存放图像而映射未涉及的列:",
                "new columns look like a store of images and the mapping says nothing of them: ",
                SchemaLook::photoLike);

        private final String zh;
        private final String en;
        private final Function<SchemaLook, List<String>> listed;

        Change(String zh, String en, Function<SchemaLook, List<String>> listed) {
            this.zh = zh;
            this.en = en;
            this.listed = listed;
        }
    }

    /**
     * How long one thing stood of one column.
     *
     * @param to {@code null} while it stands
     * @param places what shows its beginning and its end
     */
    private record Stretch(Change change, String column, Instant from, Instant to, List<Position> places) {}

    /** A column that a later look finds is there, although no row of its table came since. */
    private static Stretch ofChanges(ColumnAbsence absence, List<SchemaLook> looks) {
        Instant to = absence.to();
        Position end = absence.next();
        for (SchemaLook look : looks) {
            if (look.lookedAt().isAfter(absence.last())
                    && (to == null || look.lookedAt().isBefore(to))
                    && !look.gone().contains(absence.name())) {
                to = look.lookedAt();
                end = look.position();
            }
        }
        return new Stretch(
                Change.GONE,
                absence.name(),
                absence.from(),
                to,
                end == null ? List.of(absence.first()) : List.of(absence.first(), end));
    }

    private static List<Stretch> ofLooks(Change change, List<SchemaLook> looks) {
        List<Stretch> stretches = new ArrayList<>();
        Map<String, SchemaLook> standing = new LinkedHashMap<>();
        for (SchemaLook look : looks) {
            List<String> listed = change.listed.apply(look);
            for (String column : List.copyOf(standing.keySet())) {
                if (!listed.contains(column)) {
                    SchemaLook first = standing.remove(column);
                    stretches.add(new Stretch(
                            change,
                            column,
                            first.lookedAt(),
                            look.lookedAt(),
                            List.of(first.position(), look.position())));
                }
            }
            listed.forEach(column -> standing.putIfAbsent(column, look));
        }
        standing.forEach((column, first) ->
                stretches.add(new Stretch(change, column, first.lookedAt(), null, List.of(first.position()))));
        return stretches;
    }

    /** Which rows are left the first snapshot says that was taken later. */
    private static Stretch accounted(Stretch stretch, Collection<Resnapshot> resnapshots) {
        return resnapshots.stream()
                .filter(Resnapshot::done)
                .filter(snapshot -> snapshot.takenAt().isAfter(stretch.from())
                        && (stretch.to() == null || snapshot.takenAt().isBefore(stretch.to())))
                .min(Comparator.comparing(Resnapshot::takenAt))
                .map(snapshot -> new Stretch(
                        stretch.change(),
                        stretch.column(),
                        stretch.from(),
                        snapshot.takenAt(),
                        List.of(stretch.places().get(0), snapshot.place())))
                .orElse(stretch);
    }

    /** What stood before the Measures stands from their first day on; what was over by then is none of theirs. */
    private void add(Stretch stretch, List<Stretch> stretches) {
        Instant inForce = registry.inForce().start();
        Instant from = stretch.from().isBefore(inForce) ? inForce : stretch.from();
        if (stretch.to() == null || stretch.to().isAfter(from)) {
            stretches.add(new Stretch(stretch.change(), stretch.column(), from, stretch.to(), stretch.places()));
        }
    }

    /** What begins at the very instant at which all else ends goes on without a break. */
    private static boolean endedBefore(Instant from, List<Stretch> together) {
        return together.stream()
                .allMatch(stretch -> stretch.to() != null && stretch.to().isBefore(from));
    }

    private Episode episode(int ordinal, List<Stretch> together) {
        Instant from = together.get(0).from();
        Instant to = together.stream().anyMatch(stretch -> stretch.to() == null)
                ? null
                : together.stream()
                        .map(Stretch::to)
                        .max(Comparator.naturalOrder())
                        .orElseThrow();
        LegalDay day = LegalDay.of(from);
        long columns = together.stream().map(Stretch::column).distinct().count();
        List<Position> places =
                together.stream().flatMap(stretch -> stretch.places().stream()).toList();
        return EpisodeDraft.in(registry)
                .ordinal(ordinal)
                .system(system)
                .verdict(Verdict.UNKNOWN)
                .occurredOn(day)
                .openedAt(from)
                .resolvedAt(to)
                .severity(registry.integer(RULE_ID + ".severity", operator, day))
                .measured(columns, null, "columns")
                .explained(zh(together, to), en(together, to))
                .evidence(Evidence.of(Positions.sorted(places).stream()
                        .limit(Evidence.MAX_POSITIONS)
                        .toList()))
                .build();
    }

    private String zh(List<Stretch> together, Instant to) {
        return Wording.name(operator, registry) + "的系统" + system + "的来源表结构与映射不再一致:"
                + told(together, ";", change -> change.zh, "、", "等") + "。据此所作的判定可能不完整,须确认映射"
                + (to == null ? "" : ";" + LegalDay.of(to) + "起已恢复一致") + "。";
    }

    private String en(List<Stretch> together, Instant to) {
        return "The tables of the source of system " + system + " of " + Wording.name(operator, registry)
                + " no longer fit its mapping: " + told(together, "; ", change -> change.en, ", ", " and more")
                + ". What is judged of them may be incomplete until the mapping is confirmed"
                + (to == null ? "" : "; it fits again since " + LegalDay.of(to)) + ".";
    }

    private static String told(
            List<Stretch> together, String betweenChanges, Function<Change, String> said, String between, String more) {
        List<String> told = new ArrayList<>();
        for (Change change : Change.values()) {
            Set<String> columns = new TreeSet<>();
            together.stream().filter(stretch -> stretch.change() == change).forEach(s -> columns.add(s.column()));
            if (!columns.isEmpty()) {
                List<String> listed = columns.stream().limit(MOST_NAMES).toList();
                told.add(said.apply(change) + String.join(between, listed) + (columns.size() > MOST_NAMES ? more : ""));
            }
        }
        return String.join(betweenChanges, told);
    }
}
