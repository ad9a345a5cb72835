package org.faceaudit.intake.operator;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Writes an operator's file for a reader without the key: the product's tables in place, tokens instead of literals. */
final class PreparedText {

    private PreparedText() {}

    /**
     * The text.
     *
     * @param root the file as written
     * @param tables the tables that it has or uses
     * @param tokens what stands instead of some scalars, by the node itself
     */
    static String of(Node root, String tokenKey, Node tables, Map<Node, String> tokens) {
        List<NodeTuple> entries = new ArrayList<>();
        for (NodeTuple entry : ((MappingNode) root).getValue()) {
            if (List.of("operator", "system", "source").contains(((ScalarNode) entry.getKeyNode()).getValue())) {
                entries.add(entry);
            }
        }
        entries.add(new NodeTuple(
                scalar("mapping"),
                section(List.of(
                        new NodeTuple(scalar("token-key"), scalar(tokenKey)),
                        new NodeTuple(scalar("tables"), with(tokens, tables))))));
        DumperOptions options = new DumperOptions();
        options.setSplitLines(false);
        try (StringWriter text = new StringWriter()) {
            new Yaml(options).serialize(section(entries), text);
            return text.toString();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Node with(Map<Node, String> tokens, Node node) {
        if (tokens.containsKey(node)) {
            return scalar(tokens.get(node));
        }
        if (node instanceof MappingNode mapping) {
            return section(mapping.getValue().stream()
                    .map(entry -> new NodeTuple(entry.getKeyNode(), with(tokens, entry.getValueNode())))
                    .toList());
        }
        if (node instanceof SequenceNode sequence) {
            return new SequenceNode(
                    Tag.SEQ,
                    sequence.getValue().stream().map(item -> with(tokens, item)).toList(),
                    FlowStyle.BLOCK);
        }
        return node;
    }

    private static Node section(List<NodeTuple> entries) {
        return new MappingNode(Tag.MAP, entries, FlowStyle.BLOCK);
    }

    private static Node scalar(String text) {
        return new ScalarNode(Tag.STR, text, null, null, ScalarStyle.DOUBLE_QUOTED);
    }
}
