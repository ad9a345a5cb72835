package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.oracle.Scene.beat;
import static org.faceaudit.oracle.Scene.shanghai;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.faceaudit.oracle.history.RegistrySource;
import org.faceaudit.oracle.history.SampleSource;
import org.junit.jupiter.api.Test;

/** What the oracle says of sources whose tables are no longer what they were. */
class DriftOpinionTest {

    private static final String NOTE = "public.note";
    private static final String AUTHOR = NOTE + ".author";

    private final SampleSource source = Scene.faces("one").table(NOTE, "id");

    private void note(String at, int id) {
        source.commit(
                shanghai(at),
                transaction -> transaction.insert(NOTE, RegistrySource.row("id", id, "author", null, "more", 1)));
    }

    private List<String> episodes(Scene scene) {
        beat(source, "2026-06-03T00:00");
        scene.told("2026-06-03T00:00", transaction -> Scene.operator(transaction, "other", "320500"));
        return new Oracle(
                        scene.dump(source),
                        operator -> null,
                        null,
                        topic -> Listening.UNSAID,
                        topic -> Map.of(NOTE, Set.of("id", "author")))
                .alerts().stream()
                        .filter(alert -> alert.ruleId().equals("schema-drift"))
                        .map(alert -> alert.episode() + " " + alert.status() + ' ' + alert.openedAt() + ' '
                                + alert.resolvedAt() + ' ' + alert.measured())
                        .toList();
    }

    private static Scene looking(Object... atAndGone) {
        return new Scene().register(transaction -> {
            for (int i = 0; i < atAndGone.length; i += 2) {
                Instant at = shanghai((String) atAndGone[i]);
                List<String> gone =
                        ((String) atAndGone[i + 1]).isEmpty() ? List.of() : List.of((String) atAndGone[i + 1]);
                transaction.insert(
                        "registry.schema_look",
                        RegistrySource.schemaLook("l" + i, "op", "one", at, gone, List.of(), List.of()));
            }
        });
    }

    @Test
    void aMappedColumnIsGoneFromTheFirstRowWithoutItToTheNextWithIt() {
        source.snapshot(shanghai("2026-06-01T08:00"));
        note("2026-06-01T09:00", 1);
        source.drop(NOTE, "author");
        source.drop(NOTE, "more");
        note("2026-06-01T10:00", 2);
        source.restore(NOTE, "author");
        note("2026-06-01T11:00", 3);

        assertThat(episodes(looking())).containsExactly("1 RESOLVED 2026-06-01T02:00:00Z 2026-06-01T03:00:00Z 1");
    }

    @Test
    void whatNoRowEverHadCannotGo() {
        source.snapshot(shanghai("2026-06-01T08:00"));
        source.drop(NOTE, "author");
        note("2026-06-01T10:00", 2);

        assertThat(episodes(looking())).isEmpty();
    }

    @Test
    void aLookMayFindItAgainBeforeTheNextRow() {
        source.snapshot(shanghai("2026-06-01T08:00"));
        note("2026-06-01T09:00", 1);
        source.drop(NOTE, "author");
        note("2026-06-01T10:00", 2);

        assertThat(episodes(looking("2026-06-01T12:00", AUTHOR, "2026-06-01T13:00", "", "2026-06-01T14:00", "a.b.c")))
                .containsExactly(
                        "1 RESOLVED 2026-06-01T02:00:00Z 2026-06-01T05:00:00Z 1", "2 OPEN 2026-06-01T06:00:00Z null 1");
    }

    @Test
    void aTableThatIsGoneIsAccountedForByTheNextSnapshotInPlaceOfTheLog() {
        source.snapshot(shanghai("2026-06-01T08:00"));
        note("2026-06-01T09:00", 1);
        source.snapshot(shanghai("2026-06-01T14:00"));

        assertThat(episodes(looking("2026-06-01T12:00", "public.note_07.*", "2026-06-01T15:00", AUTHOR)))
                .containsExactly(
                        "1 RESOLVED 2026-06-01T04:00:00Z 2026-06-01T06:00:00Z 1", "2 OPEN 2026-06-01T07:00:00Z null 1");
        assertThat(episodes(looking("2026-06-01T14:00", "public.note_07.*")))
                .as("one that it was taken with says nothing of what went later")
                .containsExactly("1 OPEN 2026-06-01T06:00:00Z null 1");
    }
}
