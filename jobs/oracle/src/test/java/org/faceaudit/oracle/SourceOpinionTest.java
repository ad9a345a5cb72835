package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.oracle.Scene.beat;
import static org.faceaudit.oracle.Scene.shanghai;

import java.util.List;
import org.faceaudit.oracle.history.SampleSource;
import org.junit.jupiter.api.Test;

/** What the oracle says of sources that are not heard, and of those that had to be read anew. */
class SourceOpinionTest {

    private static final Listening HOURLY = new Listening(3_600, 0, 24, false);

    private final Scene scene = new Scene().register(transaction -> {});
    private final SampleSource source = Scene.faces("one");

    private List<String> episodes(String rule, String known, Listening promise) {
        return scene.alerts(known, promise, source).stream()
                .filter(alert -> alert.ruleId().equals(rule))
                .map(alert -> alert.status() + ' ' + alert.openedAt() + ' ' + alert.resolvedAt())
                .toList();
    }

    @Test
    void aSilenceLastsFromTheBrokenPromiseToTheNextWord() {
        source.snapshot(shanghai("2026-06-01T08:00"));
        beat(source, "2026-06-01T09:00");
        beat(source, "2026-06-01T11:00");

        assertThat(episodes("source-silent", "2026-06-01T12:00", HOURLY))
                .containsExactly("RESOLVED 2026-06-01T02:00:00Z 2026-06-01T03:00:00Z");
        assertThat(episodes("source-silent", "2026-06-01T12:01", HOURLY))
                .containsExactly(
                        "RESOLVED 2026-06-01T02:00:00Z 2026-06-01T03:00:00Z", "OPEN 2026-06-01T04:00:00Z null");
    }

    @Test
    void nobodyListensOutsideThePromisedHours() {
        source.snapshot(shanghai("2026-06-05T17:30"));

        // Friday evening; nothing is promised before Monday at eight.
        Listening office = new Listening(3_600, 8, 18, true);
        assertThat(episodes("source-silent", "2026-06-08T08:30", office)).isEmpty();
        assertThat(episodes("source-silent", "2026-06-08T08:31", office))
                .containsExactly("OPEN 2026-06-08T00:30:00Z null");
    }

    @Test
    void aNightIsOfTheDayOnWhichItBegins() {
        source.snapshot(shanghai("2026-06-05T23:30"));

        // Friday night, until Saturday at two; the next one begins on Monday at eighteen.
        Listening bar = new Listening(3 * 3_600, 18, 2, true);
        assertThat(episodes("source-silent", "2026-06-08T18:30", bar)).isEmpty();
        assertThat(episodes("source-silent", "2026-06-08T18:31", bar))
                .containsExactly("OPEN 2026-06-08T10:30:00Z null");
    }

    @Test
    void whoPromisesNothingIsMeasuredByTheParameter() {
        source.snapshot(shanghai("2026-06-01T08:00"));

        assertThat(episodes("source-silent", "2026-06-01T08:05", Listening.UNSAID))
                .isEmpty();
        assertThat(episodes("source-silent", "2026-06-01T08:06", Listening.UNSAID))
                .containsExactly("OPEN 2026-06-01T00:05:00Z null");
    }

    @Test
    void aSnapshotInPlaceOfTheLogIsAGap() {
        source.snapshot(shanghai("2026-06-01T08:00"));
        beat(source, "2026-06-01T09:00");
        assertThat(episodes("source-gap", "2026-06-01T10:00", HOURLY)).isEmpty();

        source.snapshot(shanghai("2026-06-01T11:00"));
        assertThat(episodes("source-gap", "2026-06-01T12:00", HOURLY))
                .containsExactly("RESOLVED 2026-06-01T01:00:00Z 2026-06-01T03:00:00Z");
    }
}
