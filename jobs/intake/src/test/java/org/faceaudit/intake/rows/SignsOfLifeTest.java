package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.SourceSilence;
import org.faceaudit.intake.rows.RowChange.Kind;
import org.junit.jupiter.api.Test;

class SignsOfLifeTest {

    private static final Instant APPENDED = Instant.parse("2026-11-22T00:00:00Z");

    private SignsOfLife signs = listening(null, null);
    private long offset;

    private static SignsOfLife listening(SourceSilence last, String asOf) {
        return new SignsOfLife("acme", "one", last, Duration.ofMinutes(1), asOf == null ? null : Instant.parse(asOf));
    }

    private void hear(Kind kind, String at) {
        hear(kind, at, APPENDED);
    }

    private void hear(Kind kind, String at, Instant appended) {
        boolean snapshot = kind == Kind.SNAPSHOT_ROW;
        Position position =
                new Position("cdc.acme.one", 0, offset++, "0/1", null, "public.a", null, Instant.parse(at), snapshot);
        signs.accept(new RowChange(
                "acme",
                "one",
                kind,
                "public.a",
                "1",
                Map.of(),
                offset,
                snapshot ? 7 : 0,
                position,
                appended.toEpochMilli()));
    }

    @Test
    void everyChangeIsASignAndOnlyLongSpansAreNoted() {
        assertThat(signs.newest(true)).isNull();
        hear(Kind.SNAPSHOT_ROW, "2026-11-01T00:00:00Z");
        hear(Kind.HEARTBEAT, "2026-11-01T00:01:00Z");
        hear(Kind.NOT_APPLICABLE, "2026-11-01T00:02:00.001Z");
        hear(Kind.DELETE, "2026-11-01T00:02:30Z");

        assertThat(signs.over())
                .extracting(
                        SourceSilence::from,
                        SourceSilence::to,
                        silence -> silence.last().offset())
                .containsExactly(
                        tuple(Instant.parse("2026-11-01T00:01:00Z"), Instant.parse("2026-11-01T00:02:00.001Z"), 1L));
        assertThat(signs.over()).as("told once").isEmpty();
        assertThat(signs.newest(true).from()).isEqualTo("2026-11-01T00:02:30Z");
        assertThat(signs.newest(false).settled()).isFalse();
    }

    @Test
    void whatIsReadAgainIsNoNewSign() {
        hear(Kind.HEARTBEAT, "2026-11-01T00:00:00Z");
        hear(Kind.HEARTBEAT, "2026-11-01T00:05:00Z");
        signs.over();
        hear(Kind.HEARTBEAT, "2026-11-01T00:00:00Z");
        hear(Kind.HEARTBEAT, "2026-11-01T00:05:00Z");

        assertThat(signs.over()).isEmpty();
        assertThat(signs.newest(true).last().offset()).isEqualTo(1);
    }

    @Test
    void aClockThatRunsAheadIsHeldToTheBrokers() {
        hear(Kind.HEARTBEAT, "2026-11-01T00:00:00Z");
        hear(Kind.HEARTBEAT, "2027-01-01T00:00:00Z", Instant.parse("2026-11-01T00:00:30Z"));

        assertThat(signs.over()).isEmpty();
        assertThat(signs.newest(true).from()).isEqualTo("2026-11-01T00:00:30Z");
    }

    @Test
    void listensOnWhereItWasLeft() {
        hear(Kind.HEARTBEAT, "2026-11-01T00:00:00Z");
        signs = listening(signs.newest(true), null);
        hear(Kind.HEARTBEAT, "2026-11-01T00:05:00Z");

        assertThat(signs.over())
                .singleElement()
                .satisfies(silence -> assertThat(silence.from()).isEqualTo("2026-11-01T00:00:00Z"));
    }

    @Test
    void asOfAnInstantLaterSignsAreNotHeard() {
        signs = listening(null, "2026-11-01T00:04:00Z");
        hear(Kind.HEARTBEAT, "2026-11-01T00:00:00Z");
        hear(Kind.HEARTBEAT, "2026-11-01T00:05:00Z");

        assertThat(signs.over()).isEmpty();
        assertThat(signs.newest(true).from()).isEqualTo("2026-11-01T00:00:00Z");
    }
}
