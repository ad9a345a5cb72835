package org.faceaudit.intake.operator;

import org.faceaudit.intake.mapping.TokenColumn;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A constant with which a filter compares a tokenised column, as the file spells it: equal to nothing that arrives until it
 * is a token too.
 *
 * @param text the constant; may be a credential or a phone number, so that no message shows it
 */
record FilterLiteral(Node at, TokenColumn column, String text) {

    @Override
    public String toString() {
        return "FilterLiteral[" + column + "]";
    }
}
