package org.faceaudit.intake.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A document with one thing in it that somebody may have done by mistake.
 *
 * @param what says what and where, for whoever reads a failure
 */
record Damage(String what, JsonNode document) {

    private static final String OTHER = "zzz!";

    /** Every damage there is: each key renamed, dropped, turned from value into section and back, each value replaced. */
    static List<Damage> of(JsonNode document) {
        List<Damage> damages = new ArrayList<>();
        walk(document, "", document, damages);
        return damages;
    }

    private static void walk(JsonNode node, String at, JsonNode document, List<Damage> damages) {
        if (node instanceof ObjectNode object) {
            for (Iterator<String> keys = object.fieldNames(); keys.hasNext(); ) {
                String key = keys.next();
                String here = at + "/" + key.replace("~", "~0").replace("/", "~1");
                damage("renamed " + here, document, at, copy -> rename((ObjectNode) copy, key), damages);
                damage("dropped " + here, document, at, copy -> ((ObjectNode) copy).remove(key), damages);
                replace(
                        here,
                        object.get(key),
                        document,
                        at,
                        (copy, value) -> ((ObjectNode) copy).set(key, value),
                        damages);
                walk(object.get(key), here, document, damages);
            }
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                int index = i;
                String here = at + "/" + i;
                replace(
                        here,
                        list.get(i),
                        document,
                        at,
                        (copy, value) -> ((ArrayNode) copy).set(index, value),
                        damages);
                walk(list.get(i), here, document, damages);
            }
        }
    }

    private interface Setting {
        void set(JsonNode parent, JsonNode value);
    }

    private static void replace(
            String here, JsonNode old, JsonNode document, String at, Setting setting, List<Damage> damages) {
        ObjectNode section = JsonNodeFactory.instance.objectNode().put(OTHER, OTHER);
        damage("section at " + here, document, at, copy -> setting.set(copy, section), damages);
        damage("other value at " + here, document, at, copy -> setting.set(copy, TextNode.valueOf(OTHER)), damages);
        if (old.isValueNode()) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode().add(section.deepCopy());
            damage("list of sections at " + here, document, at, copy -> setting.set(copy, list), damages);
        }
    }

    private static void damage(
            String what, JsonNode document, String parent, Consumer<JsonNode> change, List<Damage> damages) {
        JsonNode copy = document.deepCopy();
        change.accept(copy.at(parent));
        damages.add(new Damage(what, copy));
    }

    private static void rename(ObjectNode object, String key) {
        Map<String, JsonNode> entries = new LinkedHashMap<>();
        object.properties()
                .forEach(entry ->
                        entries.put(entry.getKey().equals(key) ? key + OTHER : entry.getKey(), entry.getValue()));
        object.removeAll();
        object.setAll(entries);
    }
}
