package org.faceaudit.core.judgement;

import org.faceaudit.core.law.Operator;
import org.faceaudit.core.law.Registry;

/** Names as explanations spell them. */
final class Wording {

    private Wording() {}

    /** The operator's registered name, or its id while the registry does not know it. */
    static String name(String operator, Registry registry) {
        return registry.operator(operator).map(Operator::name).orElse(operator);
    }
}
