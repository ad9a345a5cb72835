package org.faceaudit.core.judgement;

import java.util.List;
import java.util.Objects;
import org.faceaudit.core.law.LegalDay;

/**
 * What the attempts of one legal day at one point add up to, at the most that may count.
 *
 * @param refused refusals of the face after which nobody was seen to be let in who surely may be the same person
 * @param failed the persons of failures of the face of which the same holds, one entry per failure
 * @param methods tries of each method
 */
public record PointDay(LegalDay day, int refused, List<Long> failed, List<MethodDay> methods) {

    /**
     * Tries of one method.
     *
     * @param passed how many passed
     * @param failed how many failed
     */
    public record MethodDay(String method, int passed, int failed) {

        public MethodDay {
            Objects.requireNonNull(method, "method");
        }
    }

    public PointDay {
        Objects.requireNonNull(day, "day");
        failed = List.copyOf(failed);
        methods = List.copyOf(methods);
    }

    MethodDay of(String method) {
        for (MethodDay each : methods) {
            if (each.method().equals(method)) {
                return each;
            }
        }
        return new MethodDay(method, 0, 0);
    }
}
