package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.oracle.Gym.CONSENT;
import static org.faceaudit.oracle.Gym.at;

import org.junit.jupiter.api.Test;

/** Consent to keep the image, which was stored on 2026-03-01 at 09:00, until 31 March. */
class ConsentExpiredTest {

    private final Gym gym = new Gym()
            .consents("2026-03-01T08:00", 1, "expires_on", "2026-03-31Z")
            .image("2026-03-01T09:00", 1);

    @Test
    void thePeriodConsentedToEndsLikeOneThatWasNotified() {
        assertThat(gym.images("2026-03-31T23:59")).isEmpty();
        assertThat(gym.images("2026-04-01T00:00"))
                .containsExactly("period-ended VIOLATION OPEN 2026-04-01 due 2026-03-31 1x - -");
    }

    @Test
    void theLongestOfSeveralCounts() {
        gym.consents("2026-03-02T08:00", 2, "expires_on", "2026-04-30Z");
        assertThat(gym.images("2026-04-30T23:59")).isEmpty();
        assertThat(gym.images("2026-05-01T00:00"))
                .containsExactly("period-ended VIOLATION OPEN 2026-05-01 due 2026-04-30 1x - -");
    }

    @Test
    void theShorterOfConsentAndNoticeCounts() {
        gym.updates("2026-03-02T08:00", Gym.IMAGE, 1, "keep_until", "2026-03-20Z");

        assertThat(gym.images("2026-04-02T00:00"))
                .containsExactly("period-ended VIOLATION OPEN 2026-03-21 due 2026-03-20 1x - -");
    }

    @Test
    void aRenewedConsentMovesTheDay() {
        gym.updates("2026-04-10T08:00", CONSENT, 1, "expires_on", "2026-05-31Z");

        assertThat(gym.images("2026-06-01T00:00"))
                .containsExactly(
                        "period-ended VIOLATION RESOLVED 2026-04-01 due 2026-03-31 1x 2026-04-10T08:00 -",
                        "period-ended VIOLATION OPEN 2026-06-01 due 2026-05-31 1x - -");
    }

    @Test
    void whatIsWithdrawnAfterItHasExpiredHasExpired() {
        gym.updates("2026-04-10T08:00", CONSENT, 1, "withdrawn_at", at("2026-04-10T08:00"));

        assertThat(gym.images("2026-05-01T00:00"))
                .containsExactly("period-ended VIOLATION OPEN 2026-04-01 due 2026-03-31 1x - -");
    }
}
