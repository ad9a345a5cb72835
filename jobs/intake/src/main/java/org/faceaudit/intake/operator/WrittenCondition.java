package org.faceaudit.intake.operator;

import java.util.List;
import org.faceaudit.intake.mapping.Condition;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A condition and where it stands in its file.
 *
 * @param values the constants' nodes, in the order of the condition's values
 */
record WrittenCondition(Condition condition, Node at, List<Node> values) {

    WrittenCondition {
        values = List.copyOf(values);
    }
}
