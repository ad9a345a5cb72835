package org.faceaudit.core.event;

import java.util.List;
import java.util.Objects;

/**
 * The configuration of one access point from an instant on, until the next version.
 *
 * @param from since when this holds
 * @param inForce whether the point exists and is in service
 * @param methodsState {@code UNKNOWN} when the enabled methods could not be read: then nothing may be concluded;
 *     {@code ABSENT} when the source no longer holds the point
 * @param methods enabled methods in the product's vocabulary mapped to {@code FACE}, {@code CARD}, {@code QR},
 *     {@code PIN}, {@code FINGERPRINT}, {@code PALM}, {@code IRIS}, {@code STAFF}, {@code DOCUMENT}, {@code APP},
 *     {@code DEVICE} (the person's own device decides, by a face or otherwise, and tells the operator yes or no: no face
 *     information reaches the operator), {@code OTHER}; sorted, without repeats
 * @param site the place the point belongs to, {@code null} if not mapped
 * @param space the kind of space the point stands in, as the operator's data name it: {@code GUEST_ROOM}, {@code BATH},
 *     {@code CHANGING_ROOM}, {@code TOILET} or {@code OTHER}; {@code null} if not mapped or not named, {@value
 *     #UNKNOWN_SPACE} if what names it cannot be read
 * @param position the change this version rests on
 * @param contradicted whether rows that configure the point at the same time say different things: its methods are {@code
 *     UNKNOWN} then
 */
public record AccessPointVersion(
        TimeBounds from,
        boolean inForce,
        FieldState methodsState,
        List<String> methods,
        String site,
        String space,
        Position position,
        boolean contradicted) {

    public static final String UNKNOWN_SPACE = "UNKNOWN";

    public AccessPointVersion {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(methodsState, "methodsState");
        Objects.requireNonNull(position, "position");
        methods = List.copyOf(methods);
    }

    /** What one row says. */
    public AccessPointVersion(
            TimeBounds from,
            boolean inForce,
            FieldState methodsState,
            List<String> methods,
            String site,
            String space,
            Position position) {
        this(from, inForce, methodsState, methods, site, space, position, false);
    }

    /** Whether another version says the same of the point, whenever and by whatever change. */
    public boolean saysTheSameAs(AccessPointVersion other) {
        return inForce == other.inForce
                && methodsState == other.methodsState
                && contradicted == other.contradicted
                && methods.equals(other.methods)
                && Objects.equals(site, other.site)
                && Objects.equals(space, other.space);
    }

    /** Whether the source holds the point, in service or not. */
    public boolean there() {
        return methodsState != FieldState.ABSENT;
    }
}
