package org.faceaudit.intake.operator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One mapping of a YAML file, read key by key. Remembers which keys were asked for: {@link #noOthers} makes the rest errors.
 * Whatever cannot be read becomes a problem and an empty answer, so that reading goes on.
 */
final class YamlSection {

    private final Problems problems;
    private final Node node;
    private final String name;
    private final Map<String, ScalarNode> keys = new LinkedHashMap<>();
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();

    private YamlSection(Problems problems, MappingNode node, String name) {
        this.problems = problems;
        this.node = node;
        this.name = name;
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(tuple.getKeyNode(), "A key of " + name + " is not a word.", "Write a plain key.");
            } else if (values.put(key.getValue(), tuple.getValueNode()) != null) {
                problems.add(key, "'" + key.getValue() + "' stands twice in " + name + ".", "Keep one of the two.");
            } else {
                keys.put(key.getValue(), key);
            }
        }
    }

    static Optional<YamlSection> of(Problems problems, Node node, String name) {
        if (node instanceof MappingNode mapping) {
            return Optional.of(new YamlSection(problems, mapping, name));
        }
        problems.add(node, name + " must be a section of keys and values.", "Write its keys below it, indented.");
        return Optional.empty();
    }

    Problems problems() {
        return problems;
    }

    Node node() {
        return node;
    }

    String name() {
        return name;
    }

    boolean has(String key) {
        asked.add(key);
        return values.containsKey(key);
    }

    /** The key's node if it stands there, else this section's: where to point when the key is concerned. */
    Node at(String key) {
        return keys.containsKey(key) ? keys.get(key) : node;
    }

    void problem(String key, String sentence, String remedy) {
        problems.add(at(key), sentence, remedy);
    }

    Optional<Node> optional(String key) {
        asked.add(key);
        return Optional.ofNullable(values.get(key));
    }

    Optional<Node> required(String key) {
        Optional<Node> value = optional(key);
        if (value.isEmpty()) {
            problems.add(node, "'" + key + "' is missing in " + name + ".", "Add '" + key + ":'.");
        }
        return value;
    }

    Optional<YamlSection> section(String key) {
        return optional(key).flatMap(value -> of(problems, value, "'" + key + "'"));
    }

    Optional<YamlSection> requiredSection(String key) {
        return required(key).flatMap(value -> of(problems, value, "'" + key + "'"));
    }

    Optional<String> text(String key) {
        return optional(key).flatMap(value -> text(value, key));
    }

    Optional<String> requiredText(String key) {
        return required(key).flatMap(value -> text(value, key));
    }

    /** A list of texts; one text alone is a list of one. Empty if the key is not there. */
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        items(key).forEach(item -> text(item, key).ifPresent(texts::add));
        return List.copyOf(texts);
    }

    /** The same, where {@code ""} is a text as well: it stands for nothing being there. */
    List<String> textsOrNothing(String key) {
        List<String> texts = new ArrayList<>();
        for (Node item : items(key)) {
            if (item instanceof ScalarNode scalar
                    && scalar.getScalarStyle() != ScalarStyle.PLAIN
                    && scalar.getValue().isEmpty()) {
                texts.add("");
            } else {
                text(item, key).ifPresent(texts::add);
            }
        }
        return List.copyOf(texts);
    }

    /** The nodes of a list; one node alone is a list of one. Empty if the key is not there. */
    List<Node> items(String key) {
        return optional(key)
                .map(value -> value instanceof SequenceNode list ? List.copyOf(list.getValue()) : List.of(value))
                .orElse(List.of());
    }

    /** All entries as texts, in the order of the file; they count as asked for. */
    Map<String, String> entries() {
        Map<String, String> entries = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            asked.add(key);
            text(value, key).ifPresent(text -> entries.put(key, text));
        });
        return entries;
    }

    /** All entries, in the order of the file; they count as asked for. */
    Map<String, Node> nodes() {
        asked.addAll(values.keySet());
        return new LinkedHashMap<>(values);
    }

    /** Every key that was not asked for is a problem, with the nearest known key as the remedy. */
    void noOthers() {
        keys.forEach((key, at) -> {
            if (!asked.contains(key)) {
                problems.add(at, "'" + key + "' means nothing in " + name + ".", NearestWord.remedy(key, asked));
            }
        });
    }

    private Optional<String> text(Node value, String key) {
        if (!(value instanceof ScalarNode scalar)) {
            problems.add(value, "'" + key + "' must be a single value.", "Write it as plain text.");
            return Optional.empty();
        }
        if (scalar.getTag().equals(Tag.NULL) || scalar.getValue().isBlank()) {
            problems.add(value, "'" + key + "' is empty.", "Give it a value or remove it.");
            return Optional.empty();
        }
        return Optional.of(scalar.getValue());
    }
}
