package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.intake.rows.Logged.again;
import static org.faceaudit.intake.rows.Logged.delete;
import static org.faceaudit.intake.rows.Logged.insert;
import static org.faceaudit.intake.rows.Logged.last;
import static org.faceaudit.intake.rows.Logged.update;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.intake.mapping.Mapping;
import org.junit.jupiter.api.Test;

/** Attempts of a table without a key that a snapshot tells otherwise: by tokens of another key, by more columns or fewer. */
class KeylessAttemptsTest {

    private static final Mapping GYM = MappingsUnderTest.of("""
            mapping:
              tables:
                public.face:
                  keyless: true
                  facts:
                    - event: face-record
                      person: {identifies: local-id, column: person_id}
                      template: {present: row}
                public.turnstile:
                  keyless: true
                  facts:
                    - event: attempt
                      person: {identifies: member-no, column: member_no, normalise: [trim, upper]}
                      access-point: {column: gate}
                      at: {column: at, type: timestamptz}
                      method: {column: means, values: {face: FACE, card: CARD}}
                      outcome: {column: result}
            """);

    private static final String FACE = "{'person_id':'" + Logged.local(1) + "'}";

    private final SourceUnderTest gym = new SourceUnderTest(GYM);

    private static String at(int day) {
        return String.format("2026-11-%02dT00:00:00Z", day);
    }

    private static String turn(String keyId, int member, int hour) {
        return "{'member_no':'" + Logged.member(member).replace(":k1:", ":" + keyId + ":") + "','gate':'g1','at':'"
                + String.format("2026-11-02T%02d:00:00Z", hour) + "','result':'declined'}";
    }

    /** Who was told last of each attempt, and when it was. */
    private List<String> turns() {
        Map<String, String> turns = new TreeMap<>();
        for (AttemptTold told : gym.facts.attempts) {
            Attempt attempt = told.attempt();
            turns.put(
                    attempt.attemptKey(),
                    attempt.person().keyId() + ' '
                            + attempt.person().digest().replaceAll("^0+", "") + " at "
                            + attempt.at().latest().toString().substring(11, 13));
        }
        return turns.values().stream().sorted().toList();
    }

    @Test
    void anotherTokenKeyMakesNoOtherAttempts() {
        gym.read(last("face", FACE).readAt(1));
        gym.read(insert("turnstile", turn("k1", 1, 8), 200, at(3)));
        gym.read(insert("turnstile", turn("k1", 1, 8), 201, at(3)));
        gym.read(insert("turnstile", turn("k1", 2, 8), 202, at(3)));
        gym.read(insert("turnstile", turn("k1", 2, 9), 203, at(3)));
        gym.read(insert("turnstile", turn("k1", 3, 10), 204, at(3)));
        gym.read(delete("turnstile", turn("k1", 3, 10), 205, at(4)));
        // The connector died twice: the log stood where it stood, and then it stood further on.
        gym.read(again("turnstile", turn("k2", 1, 8), 300, at(8)).readAt(2));
        gym.read(again("turnstile", turn("k2", 1, 8), 300, at(9)).readAt(3));
        gym.read(again("turnstile", turn("k2", 1, 8), 400, at(10)).readAt(4));
        gym.read(again("turnstile", turn("k2", 1, 8), 400, at(10)).readAt(5));
        gym.read(again("turnstile", turn("k2", 1, 8), 400, at(10)).readAt(5));
        gym.read(again("turnstile", turn("k2", 2, 8), 400, at(10)).readAt(6));
        gym.read(again("turnstile", turn("k2", 2, 9), 400, at(10)).readAt(7));
        gym.read(again("turnstile", turn("k2", 4, 9), 400, at(10)).readAt(8));
        gym.read(last("face", FACE).at(at(10)).lsn(400).readAt(9));

        assertThat(turns())
                .as("the one more that came meanwhile counts, and so does what was cleared away before")
                .containsExactly("k1 3 at 10", "k2 1 at 08", "k2 1 at 08", "k2 2 at 08", "k2 2 at 09", "k2 4 at 09");
        gym.read(delete("turnstile", turn("k2", 2, 8), 500, at(11)));
        gym.read(update("turnstile", turn("k2", 2, 9), turn("k2", 2, 7), 501, at(11)));
        assertThat(gym.facts.notApplicable).doesNotContain("keyless-row-unknown");
        assertThat(turns())
                .as("rows of the new key are followed as ever")
                .containsExactly("k1 3 at 10", "k2 1 at 08", "k2 1 at 08", "k2 2 at 07", "k2 2 at 08", "k2 4 at 09");
    }

    private static String turnBy(String means, int member, int hour) {
        return turn("k1", member, hour).replace("}", ",'means':'" + means + "'}");
    }

    @Test
    void aColumnThatIsCapturedSinceMakesNoOtherAttempts() {
        gym.read(last("face", FACE).readAt(1));
        gym.read(insert("turnstile", turn("k1", 1, 8), 200, at(3)));
        gym.read(insert("turnstile", turn("k1", 1, 8), 201, at(3)));
        gym.read(insert("turnstile", turn("k1", 2, 8), 202, at(3)));
        gym.read(again("turnstile", turnBy("face", 1, 8), 300, at(8)).readAt(2));
        gym.read(again("turnstile", turnBy("card", 1, 8), 300, at(8)).readAt(3));
        gym.read(again("turnstile", turnBy("face", 2, 8), 300, at(8)).readAt(4));
        gym.read(again("turnstile", turnBy("face", 3, 8), 300, at(8)).readAt(5).snapshot("last"));

        assertThat(turns()).containsExactly("k1 1 at 08", "k1 1 at 08", "k1 2 at 08", "k1 3 at 08");
        // Dropped, and everything is read once more.
        gym.read(again("turnstile", turn("k1", 1, 8), 400, at(9)).readAt(6));
        gym.read(again("turnstile", turn("k1", 3, 8), 400, at(9)).readAt(7).snapshot("last"));
        gym.read(delete("turnstile", turn("k1", 3, 8), 500, at(10)));

        assertThat(gym.facts.notApplicable).doesNotContain("keyless-row-unknown");
        assertThat(turns())
                .as("attempts outlive their rows")
                .containsExactly("k1 1 at 08", "k1 1 at 08", "k1 2 at 08", "k1 3 at 08");
    }

    @Test
    void whatTheSnapshotHasFoundAsItWasIsNoneThatItTellsOtherwise() {
        gym.read(last("face", FACE).readAt(1));
        gym.read(insert("turnstile", turn("k1", 1, 8), 200, at(3)));
        gym.read(insert("turnstile", turn("k1", 1, 8), 201, at(3)));
        gym.read(again("turnstile", turnBy("card", 3, 8), 300, at(8)).readAt(2));
        gym.read(again("turnstile", turn("k1", 1, 8), 300, at(8)).readAt(3));
        gym.read(again("turnstile", turn("k1", 1, 8), 300, at(8)).readAt(4));
        gym.read(again("turnstile", turnBy("face", 1, 8), 300, at(8)).readAt(5).snapshot("last"));

        assertThat(turns()).containsExactly("k1 1 at 08", "k1 1 at 08", "k1 1 at 08", "k1 3 at 08");
    }

    @Test
    void anotherTokenKeyAndOneMoreColumnAtOnceMakeNoOtherAttempts() {
        gym.read(last("face", FACE).readAt(1));
        gym.read(insert("turnstile", turn("k1", 1, 8), 200, at(3)));
        gym.read(insert("turnstile", turn("k1", 2, 9), 201, at(3)));
        gym.read(again("turnstile", turnBy("face", 1, 8).replace(":k1:", ":k2:"), 300, at(8))
                .readAt(2));
        gym.read(again("turnstile", turnBy("face", 2, 9).replace(":k1:", ":k2:"), 300, at(8))
                .readAt(3)
                .snapshot("last"));

        assertThat(turns()).containsExactly("k2 1 at 08", "k2 2 at 09");
    }

    @Test
    void whoIsNotTheSameInWhatBothTellIsSomebodyElse() {
        gym.read(last("face", FACE).readAt(1));
        gym.read(insert("turnstile", turn("k1", 1, 8), 200, at(3)));
        gym.read(again("turnstile", turnBy("face", 2, 8), 300, at(8)).readAt(2));
        gym.read(again("turnstile", turnBy("face", 1, 9), 300, at(8)).readAt(3).snapshot("last"));

        assertThat(turns()).containsExactly("k1 1 at 08", "k1 1 at 09", "k1 2 at 08");
    }

    @Test
    void aSnapshotWithTheSameTokenKeyTakesNobodyForSomebodyElse() {
        gym.read(last("face", FACE).readAt(1));
        gym.read(insert("turnstile", turn("k1", 1, 8), 200, at(3)));
        gym.read(again("turnstile", turn("k1", 2, 8), 300, at(8)).readAt(2).snapshot("last"));

        assertThat(turns()).containsExactly("k1 1 at 08", "k1 2 at 08");
    }
}
