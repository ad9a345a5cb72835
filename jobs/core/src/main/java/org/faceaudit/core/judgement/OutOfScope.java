package org.faceaudit.core.judgement;

import java.util.List;
import java.util.Optional;
import org.faceaudit.core.event.AccessPointVersion;
import org.faceaudit.core.event.FieldState;

/**
 * What a point offers that {@code sole-face-method} leaves alone by law, and why: it raises no alert, and is counted (REGULATION
 * §8 a, outcome X).
 */
public final class OutOfScope {

    /** Beside a face other biometrics alone: a 非人脸识别技术方式 of Art. 10 all the same; whether it is proportionate stays open. */
    public static final String ANOTHER_BIOMETRIC = "another-biometric";

    /** The person's own device compares, and says yes or no: no face is handled by the operator. */
    public static final String OWN_DEVICE = "own-device";

    /** All reasons. */
    public static final List<String> REASONS = List.of(ANOTHER_BIOMETRIC, OWN_DEVICE);

    private OutOfScope() {}

    /** The reason for what a point in force offers; empty if the rule judges it, or it cannot be read. */
    public static Optional<String> of(AccessPointVersion version) {
        if (!version.inForce() || version.methodsState() != FieldState.PRESENT) {
            return Optional.empty();
        }
        List<String> methods = version.methods();
        if (methods.contains(VerificationMethod.FACE) && VerificationMethod.othersAreBiometric(methods)) {
            return Optional.of(ANOTHER_BIOMETRIC);
        }
        return methods.equals(List.of(VerificationMethod.DEVICE)) ? Optional.of(OWN_DEVICE) : Optional.empty();
    }
}
