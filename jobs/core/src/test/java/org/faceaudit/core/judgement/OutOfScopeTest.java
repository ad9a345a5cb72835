package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.faceaudit.core.event.AccessPointVersion;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.TimeBounds;
import org.junit.jupiter.api.Test;

class OutOfScopeTest {

    private static final TimeBounds SINCE = TimeBounds.committed(Instant.parse("2026-03-02T00:00:00Z"));

    private static String reason(boolean inForce, FieldState state, String... methods) {
        return OutOfScope.of(new AccessPointVersion(
                        SINCE, inForce, state, List.of(methods), null, null, DeclaredScene.position("public.gate")))
                .orElse("");
    }

    @Test
    void otherBiometricsBesideAFaceAreCounted() {
        assertThat(reason(true, FieldState.PRESENT, "FACE", "PALM")).isEqualTo(OutOfScope.ANOTHER_BIOMETRIC);
        assertThat(reason(true, FieldState.PRESENT, "FACE", "FINGERPRINT", "IRIS"))
                .isEqualTo(OutOfScope.ANOTHER_BIOMETRIC);
        assertThat(reason(true, FieldState.PRESENT, "CARD", "FACE", "PALM")).isEmpty();
        assertThat(reason(true, FieldState.PRESENT, "PALM")).isEmpty();
    }

    @Test
    void thePersonsOwnDeviceAloneIsCounted() {
        assertThat(reason(true, FieldState.PRESENT, "DEVICE")).isEqualTo(OutOfScope.OWN_DEVICE);
        assertThat(reason(true, FieldState.PRESENT, "DEVICE", "FACE")).isEmpty();
    }

    @Test
    void whatIsJudgedOrUnreadableOrOutOfServiceIsNot() {
        assertThat(reason(true, FieldState.PRESENT, "FACE")).isEmpty();
        assertThat(reason(true, FieldState.PRESENT)).isEmpty();
        assertThat(reason(true, FieldState.UNKNOWN)).isEmpty();
        assertThat(reason(false, FieldState.PRESENT, "FACE", "PALM")).isEmpty();
    }
}
