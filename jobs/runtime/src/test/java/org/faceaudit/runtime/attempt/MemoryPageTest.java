package org.faceaudit.runtime.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.event.AttemptOutcome;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.TimeBounds;
import org.junit.jupiter.api.Test;

class MemoryPageTest {

    private static final Instant NOON = Instant.parse("2026-07-01T04:00:00.123456Z");

    private static RememberedAttempt attempt(String key, TimeBounds at, PersonToken person, Long... identities) {
        return new RememberedAttempt(
                "public.passage",
                key,
                0,
                List.of(identities),
                true,
                "gate-7",
                person,
                at,
                "FACE",
                AttemptOutcome.PASSED);
    }

    private static PersonToken member(int number) {
        return new PersonToken("member-no", "k1", "trim,upper", "", "%032x".formatted(number * 7_919L));
    }

    @Test
    void whateverIsRememberedIsRead() {
        List<RememberedAttempt> attempts = List.of(
                attempt("1", TimeBounds.declared(NOON), null, 7L),
                attempt("10", TimeBounds.committed(NOON), member(3), Long.MIN_VALUE, 0L, -1L),
                attempt(
                        "a/1",
                        TimeBounds.between(Instant.EPOCH, NOON),
                        new PersonToken("free-text", "k", "none", "s/c", "x"),
                        1L),
                new RememberedAttempt(
                        "public.other", "1", 3, List.of(5L), false, null, null, TimeBounds.declared(NOON), null, null));
        MemoryPage page = null;
        for (RememberedAttempt attempt : attempts) {
            page = MemoryPage.remembering(page, attempt, Instant.EPOCH);
        }

        assertThat(page.size()).isEqualTo(4);
        for (RememberedAttempt attempt : attempts) {
            assertThat(page.of(attempt.table(), attempt.rowKey())).isEqualTo(attempt);
        }
        assertThat(page.of("public.passage", "2")).isNull();
        assertThat(page.of("public.third", "1")).isNull();
    }

    @Test
    void theSameRowIsRememberedOnceAndOldOnesAreForgotten() {
        MemoryPage page =
                MemoryPage.remembering(null, attempt("1", TimeBounds.declared(NOON), null, 1L), Instant.EPOCH);
        RememberedAttempt corrected = attempt("1", TimeBounds.declared(NOON.plusSeconds(1)), member(1), 1L, 2L);
        page = MemoryPage.remembering(page, corrected, Instant.EPOCH);
        assertThat(page.size()).isEqualTo(1);
        assertThat(page.of("public.passage", "1")).isEqualTo(corrected);

        page = MemoryPage.remembering(
                page, attempt("2", TimeBounds.declared(NOON.plusSeconds(9)), null, 3L), NOON.plusSeconds(1));
        assertThat(page.size()).isEqualTo(2);
        page = MemoryPage.remembering(
                page, attempt("3", TimeBounds.declared(NOON.plusSeconds(9)), null, 4L), NOON.plusSeconds(2));
        assertThat(page.size()).isEqualTo(2);
        assertThat(page.of("public.passage", "1")).isNull();
    }

    @Test
    void wordsThatNobodyUsesGo() {
        MemoryPage page = null;
        for (int i = 0; i < 1_000; i++) {
            RememberedAttempt attempt = new RememberedAttempt(
                    "public.passage",
                    Integer.toString(i % 20),
                    0,
                    List.of((long) i),
                    true,
                    "a gate with a long name " + i,
                    null,
                    TimeBounds.declared(NOON),
                    "FACE",
                    null);
            page = MemoryPage.remembering(page, attempt, Instant.EPOCH);
            assertThat(page.of("public.passage", Integer.toString(i % 20))).isEqualTo(attempt);
        }
        assertThat(page.size()).isEqualTo(20);
        assertThat(page.bytes().length).isLessThan(6_000);
    }

    /** What an attempt costs as long as it may be corrected. */
    @Test
    void bytesOfAnAttemptThatIsRemembered() {
        assertThat(bytesOfAPage(false)).isBetween(28.0, 36.0);
        assertThat(bytesOfAPage(true)).isBetween(46.0, 54.0);
    }

    private static double bytesOfAPage(boolean persons) {
        int count = 24;
        List<RememberedAttempt> attempts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            attempts.add(new RememberedAttempt(
                    "public.passage",
                    Integer.toString(20_000_000 + i * 977),
                    0,
                    List.of(0x0123_4567_89ab_cdefL * (i + 1)),
                    true,
                    Integer.toString(i % 12),
                    persons ? member(i) : null,
                    TimeBounds.declared(NOON.plusSeconds(i)),
                    i % 4 == 0 ? "CARD" : "FACE",
                    AttemptOutcome.PASSED));
        }
        MemoryPage page = null;
        for (RememberedAttempt attempt : attempts) {
            page = MemoryPage.remembering(page, attempt, Instant.EPOCH);
        }
        return (double) page.bytes().length / count;
    }
}
