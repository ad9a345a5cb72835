package org.faceaudit.core.judgement;

import java.io.Serializable;
import java.util.Objects;

/**
 * Whether a source's mapping allows to judge a rule.
 *
 * @param reason why not, or what is missing of it; {@code null} only when nothing is
 */
public record RuleStanding(String ruleId, boolean judgeable, String reason) implements Serializable {

    public RuleStanding {
        Objects.requireNonNull(ruleId, "ruleId");
        if (!judgeable && reason == null) {
            throw new IllegalArgumentException("what cannot be judged has a reason");
        }
    }
}
