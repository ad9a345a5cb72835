package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.oracle.history.RegistrySource.row;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.faceaudit.oracle.history.SampleSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EqualRowsTest {

    private static final String FACE = "public.face";
    private static final String ATTEMPT = "public.attempt";
    private static final Map<String, Object> ANN = row("id_card", "ann");
    private static final Map<String, Object> BEN = row("id_card", "ben");

    private final SampleSource source = new SampleSource("cdc.acme.one", "one", 1_000).table(FACE);
    private Instant now = Instant.parse("2026-03-01T00:00:00Z");

    @BeforeEach
    void begin() {
        source.unseen(transaction -> {
            transaction.insert(FACE, ANN);
            transaction.insert(FACE, ANN);
            transaction.insert(FACE, BEN);
        });
        source.snapshot(now);
    }

    private Instant later() {
        now = now.plus(Duration.ofDays(1));
        return now;
    }

    private void delete(String name) {
        source.commit(later(), transaction -> transaction.delete(FACE, name));
    }

    private void update(String name, Map<String, Object> row) {
        source.commit(later(), transaction -> transaction.update(FACE, name, row));
    }

    private void insert(Map<String, Object> row) {
        source.commit(later(), transaction -> transaction.insert(FACE, row));
    }

    /** Who is there now, and since which day of the month a row has been there. */
    private List<String> standing() {
        RowBook book = new RowBook(new ChangeReader().read(source.records()), null);
        List<String> standing = new ArrayList<>();
        for (String key : book.keys(FACE)) {
            List<RowState> states = book.states(FACE, key);
            assertThat(states).allMatch(state -> state.position().keyHash() == null);
            RowState newest = states.get(states.size() - 1);
            if (newest.present()) {
                standing.add(newest.row().get("id_card").asText() + " since "
                        + states.get(0).latest().toString().substring(8, 10));
            }
        }
        standing.sort(null);
        return standing;
    }

    @Test
    void equalRowsAreAsManyAsASnapshotReads() {
        assertThat(standing()).containsExactly("ann since 01", "ann since 01", "ben since 01");
    }

    @Test
    void theOldestOfThemGoes() {
        insert(ANN);
        delete("00000000");
        delete("00000001");
        assertThat(standing()).containsExactly("ann since 02", "ben since 01");
    }

    @Test
    void anUpdateKeepsTheRowsPastAndMakesItTheYoungestOfItsEquals() {
        insert(BEN);
        update("00000000", BEN);
        delete("00000002");
        assertThat(standing()).containsExactly("ann since 01", "ben since 01", "ben since 02");
        delete("00000003");
        assertThat(standing()).containsExactly("ann since 01", "ben since 01");
    }

    @Test
    void whatIsWrittenOverByTheSameChangesNothing() {
        insert(ANN);
        update("00000000", ANN);
        delete("00000003");
        assertThat(standing()).containsExactly("ann since 01", "ann since 02", "ben since 01");
    }

    @Test
    void aSnapshotLacksTheOldest() {
        insert(ANN);
        source.unseen(transaction -> {
            transaction.delete(FACE, "00000003");
            transaction.insert(FACE, BEN);
        });
        source.snapshot(later());
        assertThat(standing()).containsExactly("ann since 01", "ann since 02", "ben since 01", "ben since 03");
    }

    @Test
    void repetitionsAndATruncate() {
        source.repeat(2);
        insert(ANN);
        source.repeat(3);
        assertThat(standing()).hasSize(4);
        source.commit(later(), transaction -> transaction.truncate(FACE));
        source.repeat(2);
        insert(ANN);
        assertThat(standing()).containsExactly("ann since 04");
    }

    @Test
    void anAttemptThatComesAgainUnderAnotherTokenKeyIsTheSame() {
        SampleSource gym = new SampleSource("cdc.acme.gym", "gym", 1_000).table(ATTEMPT);
        gym.unseen(transaction -> {
            transaction.insert(ATTEMPT, attempt("k1", "ann", "2026-03-01T09:00:00Z"));
            transaction.insert(ATTEMPT, attempt("k1", "ben", "2026-03-01T09:00:00Z"));
            transaction.insert(ATTEMPT, attempt("k1", "ann", "2026-03-01T10:00:00Z"));
            transaction.insert(ATTEMPT, attempt("k1", "ann", null));
        });
        gym.snapshot(now);
        gym.unseen(transaction -> {
            transaction.delete(ATTEMPT, "00000000");
            transaction.update(ATTEMPT, "00000001", attempt("k2", "2f", "2026-03-01T09:00:00Z"));
            transaction.update(ATTEMPT, "00000002", attempt("k2", "1e", "2026-03-01T10:00:00Z"));
            transaction.update(ATTEMPT, "00000003", attempt("k2", "1e", null));
        });
        gym.snapshot(later());

        RowBook book = new RowBook(new ChangeReader().read(gym.records()), null);
        List<String> told = new ArrayList<>();
        for (String key : book.keys(ATTEMPT)) {
            StringBuilder states = new StringBuilder();
            for (RowState state : book.states(ATTEMPT, key)) {
                states.append(
                                state.present()
                                        ? state.row().get("member_no").asText().substring(13)
                                        : "gone")
                        .append(' ');
            }
            told.add(states.toString().strip());
        }
        assertThat(told)
                .as("of two at one instant the younger comes again; without a time of its own it is another row")
                .containsExactlyInAnyOrder(
                        "k1::ann gone", "k1::ben k2::2f", "k1::ann k2::1e", "k1::ann gone", "k2::1e");
    }

    private static Map<String, Object> attempt(String key, String member, String at) {
        return row("member_no", "t1:member-no:" + key + "::" + member, "point_id", "gate", "at", at);
    }
}
