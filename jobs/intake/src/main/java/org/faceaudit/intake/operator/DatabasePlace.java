package org.faceaudit.intake.operator;

import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Puts the name of the source's database where a product's file leaves it open: a MariaDB's tables are named by it, and every
 * installation chooses its own.
 */
final class DatabasePlace {

    static final String PLACE = "${database}";

    private DatabasePlace() {}

    /** The same document with every place filled; what is wrong in it is still told by the line where it stands. */
    static Node filled(Node node, String database) {
        if (node instanceof MappingNode mapping) {
            return new MappingNode(
                    mapping.getTag(),
                    true,
                    mapping.getValue().stream()
                            .map(entry -> new NodeTuple(
                                    filled(entry.getKeyNode(), database), filled(entry.getValueNode(), database)))
                            .collect(Collectors.toList()),
                    mapping.getStartMark(),
                    mapping.getEndMark(),
                    mapping.getFlowStyle());
        }
        if (node instanceof SequenceNode sequence) {
            return new SequenceNode(
                    sequence.getTag(),
                    true,
                    sequence.getValue().stream()
                            .map(item -> filled(item, database))
                            .collect(Collectors.toList()),
                    sequence.getStartMark(),
                    sequence.getEndMark(),
                    sequence.getFlowStyle());
        }
        if (node instanceof ScalarNode scalar && scalar.getValue().contains(PLACE)) {
            return new ScalarNode(
                    scalar.getTag(),
                    scalar.getValue().replace(PLACE, database),
                    scalar.getStartMark(),
                    scalar.getEndMark(),
                    scalar.getScalarStyle());
        }
        return node;
    }
}
