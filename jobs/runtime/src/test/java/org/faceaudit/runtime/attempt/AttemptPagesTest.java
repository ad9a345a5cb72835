package org.faceaudit.runtime.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.core.event.AttemptOutcome;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.envelope.Digests;
import org.junit.jupiter.api.Test;

class AttemptPagesTest {

    private static final String TABLE = "public.passage";
    private static final LegalDay DAY = LegalDay.of(2026, 7, 1);

    private static Attempt attempt(String key, Instant at, PersonToken person, String method, AttemptOutcome outcome) {
        return attempt(key, TimeBounds.declared(at), person, method, outcome, "16/B374D848", "7712", false);
    }

    private static Attempt attempt(
            String key,
            TimeBounds at,
            PersonToken person,
            String method,
            AttemptOutcome outcome,
            String logPosition,
            String transaction,
            boolean snapshot) {
        return new Attempt(
                "op",
                "gym",
                TABLE + '/' + key,
                "gate-1",
                person,
                at,
                method,
                outcome,
                "0123456789abcdef",
                new Position(
                        "cdc.op.gym",
                        0,
                        123_456_789,
                        logPosition,
                        transaction,
                        TABLE,
                        Digests.key(TABLE, key),
                        at.latest().plusMillis(1_234),
                        snapshot));
    }

    private static PersonToken member(int number) {
        return new PersonToken("member-no", "k1", "trim,upper", "", "%032x".formatted(number * 7_919L));
    }

    private static AttemptNews here(Attempt attempt) {
        return AttemptNews.atPoint(attempt, AttemptPage.of(attempt, 0), null);
    }

    private static AttemptNews gone(Attempt attempt) {
        return AttemptNews.atPoint(attempt, null, AttemptPage.of(attempt, 0));
    }

    private static Instant at(int second) {
        return DAY.start().plusSeconds(second).plusNanos(123_456_000);
    }

    @Test
    void whateverAnAttemptSaysIsRead() {
        List<Attempt> attempts = List.of(
                attempt("1", at(1), null, null, null),
                attempt("a/b%2F", at(2), member(1), "FACE", AttemptOutcome.DECLINED),
                attempt("0007", at(3), member(2), "OTHER", AttemptOutcome.PASSED),
                attempt(
                        "",
                        at(4),
                        new PersonToken("local-id", "k", "none", "gym/人", "short"),
                        "QR",
                        AttemptOutcome.FAILED),
                attempt("-5", TimeBounds.committed(at(5)), null, "FACE", null, "mysql-bin.000003:4711", null, false),
                attempt(
                        "9223372036854775807",
                        TimeBounds.between(Instant.EPOCH, at(6)),
                        null,
                        "FACE",
                        null,
                        null,
                        "a-1",
                        true),
                attempt("0123456789abcdef0123456789abcdef", at(7), null, "FACE", null),
                // Of a table without a key: what stands in the row, and its number among its equals.
                attempt("%row:0123456789abcdef0123456789abcdef/7", at(8), member(3), "FACE", AttemptOutcome.FAILED));
        assertThat(attempts.get(7).position().keyHash()).isNull();
        AttemptPage page = AttemptPage.replaced(
                null, attempts.stream().map(AttemptPagesTest::here).toList());

        assertThat(page.size()).isEqualTo(attempts.size());
        assertThat(page.day()).isEqualTo(DAY.epochDay());
        assertThat(page.attempts("op/gym", "gate-1", null)).isEqualTo(attempts);
        BitSet some = BitSet.valueOf(new long[] {0b1001000});
        assertThat(page.attempts("op/gym", "gate-1", some)).containsExactly(attempts.get(3), attempts.get(6));
        for (Attempt attempt : attempts) {
            assertThat(AttemptPage.of(attempt, 0).attempts("op/gym", "gate-1", null))
                    .containsExactly(attempt);
        }
        assertThat(AttemptPage.of(attempts.get(0), 2)
                        .attempts("op/gym", "gate-1", null)
                        .get(0)
                        .attemptKey())
                .as("the third row of that key")
                .isEqualTo("public.passage/1#2");
    }

    @Test
    void aPageIsInTheOrderOfTimeWhateverComesFirst() {
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            attempts.add(attempt(Integer.toString(i), at(i * 11), i % 3 == 0 ? null : member(i), "FACE", null));
        }
        List<Attempt> shuffled = new ArrayList<>(attempts);
        Collections.shuffle(shuffled, new Random(5));
        AttemptPage page = null;
        for (int from = 0; from < shuffled.size(); from += 40) {
            page = AttemptPage.replaced(
                    page,
                    shuffled.subList(from, from + 40).stream()
                            .map(AttemptPagesTest::here)
                            .toList());
        }

        assertThat(page.attempts("op/gym", "gate-1", null)).isEqualTo(attempts);
        AttemptColumns columns = page.columns();
        assertThat(columns.size()).isEqualTo(200);
        for (int i = 1; i < 200; i++) {
            assertThat(columns.at(i)).isGreaterThan(columns.at(i - 1));
        }
        assertThat(columns.person(0)).isZero();
        assertThat(columns.person(1)).isNotZero().isNotEqualTo(columns.person(2));
    }

    @Test
    void theSameAttemptIsReplacedAndAGoneOneIsGone() {
        Attempt first = attempt("1", at(1), null, "FACE", AttemptOutcome.FAILED);
        Attempt corrected = attempt("1", at(1), member(1), "CARD", AttemptOutcome.PASSED);
        Attempt other = attempt("2", at(1), null, "FACE", null);
        AttemptPage page = AttemptPage.replaced(null, List.of(here(first), here(other)));

        page = AttemptPage.replaced(page, List.of(here(corrected)));
        assertThat(page.attempts("op/gym", "gate-1", null)).containsExactlyInAnyOrder(corrected, other);
        page = AttemptPage.replaced(page, List.of(gone(first), gone(attempt("7", at(1), null, null, null))));
        assertThat(page.attempts("op/gym", "gate-1", null)).containsExactly(other);
        assertThat(AttemptPage.replaced(page, List.of(gone(other)))).isNull();
        assertThat(AttemptPage.replaced(page, List.of(gone(other), here(other))).size())
                .isEqualTo(1);
        assertThat(AttemptPage.replaced(null, List.of(here(first), gone(first))))
                .isNull();
    }

    @Test
    void theSamePersonIsTheSameOnEveryPage() {
        AttemptPage one = AttemptPage.replaced(
                null,
                List.of(
                        here(attempt(
                                "1",
                                at(1),
                                new PersonToken("phone", "k", "none", "", "%032x".formatted(9)),
                                "FACE",
                                null)),
                        here(attempt("2", at(2), member(4), "FACE", null))));
        AttemptPage other = AttemptPage.of(attempt("3", at(90_000), member(4), "FACE", null), 0);

        assertThat(other.day()).isEqualTo(DAY.epochDay() + 1);
        assertThat(other.columns().person(0)).isEqualTo(one.columns().person(1));
    }

    /** What an attempt costs where it is judged: of a busy gate, of a quiet one, with and without a person. */
    @Test
    void bytesOfAnAttemptThatIsJudged() {
        assertThat(bytesOfADay(1_000, false)).isBetween(36.0, 42.0);
        assertThat(bytesOfADay(1_000, true)).isBetween(52.0, 60.0);
        assertThat(bytesOfADay(5, true)).isBetween(60.0, 80.0);
    }

    private static double bytesOfADay(int count, boolean persons) {
        List<AttemptNews> news = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant at = DAY.start().plusNanos(86_400_000_000_000L / count * i + 1_000L * (i * 7_919 % 1_000_000));
            long lsn = 0x16_0000_0000L + 400L * i;
            news.add(here(new Attempt(
                    "op",
                    "gym",
                    TABLE + '/' + (20_000_000 + i),
                    "gate-1",
                    persons ? member(i % 300) : null,
                    TimeBounds.declared(at),
                    i % 4 == 0 ? "CARD" : "FACE",
                    i % 20 == 0 ? AttemptOutcome.FAILED : AttemptOutcome.PASSED,
                    "0123456789abcdef",
                    new Position(
                            "cdc.op.gym",
                            0,
                            30_000_000L + i,
                            Long.toHexString(lsn >>> 32) + "/"
                                    + Long.toHexString(lsn & 0xffff_ffffL).toUpperCase(java.util.Locale.ROOT),
                            Integer.toString(9_000_000 + i),
                            TABLE,
                            Digests.key(TABLE, Integer.toString(20_000_000 + i)),
                            at.plusNanos(3_456_789_000L),
                            false))));
        }
        news.sort(Comparator.comparing(each -> each.here().columns().at(0)));
        return (double) AttemptPage.replaced(null, news).bytes().length / count;
    }
}
