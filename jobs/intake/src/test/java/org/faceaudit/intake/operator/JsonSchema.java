package org.faceaudit.intake.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Says what of a document is not as a JSON Schema has it. Knows the keywords that our schemas use, and no other. */
final class JsonSchema {

    private static final Set<String> KEYWORDS = Set.of(
            "$schema",
            "$id",
            "$defs",
            "$ref",
            "title",
            "description",
            "type",
            "enum",
            "const",
            "pattern",
            "required",
            "properties",
            "additionalProperties",
            "items",
            "maxItems",
            "anyOf");

    private final JsonNode root;

    JsonSchema(JsonNode root) {
        this.root = root;
    }

    /** The schema of this name under {@code $defs}. */
    JsonNode definition(String name) {
        JsonNode found = root.path("$defs").path(name);
        if (found.isMissingNode()) {
            throw new IllegalArgumentException("no definition is called " + name);
        }
        return found;
    }

    /** What is wrong with a whole document, a line each. */
    List<String> problems(JsonNode document) {
        return problems(document, root);
    }

    /** What is wrong with a document by one part of the schema. */
    List<String> problems(JsonNode document, JsonNode schema) {
        List<String> problems = new ArrayList<>();
        check(document, schema, "", problems);
        return problems;
    }

    private void check(JsonNode value, JsonNode schema, String at, List<String> problems) {
        if (schema.isBoolean()) {
            if (!schema.booleanValue()) {
                problems.add(at + " must not be there");
            }
            return;
        }
        for (Iterator<String> names = schema.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!KEYWORDS.contains(name)) {
                throw new IllegalArgumentException("unknown keyword " + name);
            }
        }
        if (schema.has("$ref")) {
            check(value, definition(schema.get("$ref").asText().substring("#/$defs/".length())), at, problems);
        }
        if (schema.has("type") && !isOfType(value, schema.get("type"))) {
            problems.add(at + " is no " + schema.get("type"));
            return;
        }
        if (schema.has("const") && !value.equals(schema.get("const"))) {
            problems.add(at + " is not " + schema.get("const"));
        }
        if (schema.has("enum") && !contains(schema.get("enum"), value)) {
            problems.add(at + " is none of " + schema.get("enum"));
        }
        if (schema.has("pattern")
                && value.isTextual()
                && !Pattern.compile(schema.get("pattern").asText())
                        .matcher(value.asText())
                        .find()) {
            problems.add(at + " does not match " + schema.get("pattern").asText());
        }
        if (schema.has("anyOf") && noneOf(value, schema.get("anyOf"), at)) {
            problems.add(at + " is none of what it may be");
        }
        if (value.isObject()) {
            checkObject(value, schema, at, problems);
        }
        if (value.isArray()) {
            checkArray(value, schema, at, problems);
        }
    }

    private boolean noneOf(JsonNode value, JsonNode schemas, String at) {
        for (JsonNode one : schemas) {
            List<String> inner = new ArrayList<>();
            check(value, one, at, inner);
            if (inner.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private void checkObject(JsonNode value, JsonNode schema, String at, List<String> problems) {
        schema.path("required").forEach(key -> {
            if (!value.has(key.asText())) {
                problems.add(at + "/" + key.asText() + " is missing");
            }
        });
        value.properties().forEach(entry -> {
            JsonNode known = schema.path("properties").path(entry.getKey());
            JsonNode other = schema.path("additionalProperties");
            if (!known.isMissingNode()) {
                check(entry.getValue(), known, at + "/" + entry.getKey(), problems);
            } else if (!other.isMissingNode()) {
                check(entry.getValue(), other, at + "/" + entry.getKey(), problems);
            }
        });
    }

    private void checkArray(JsonNode value, JsonNode schema, String at, List<String> problems) {
        if (schema.has("maxItems") && value.size() > schema.get("maxItems").asInt()) {
            problems.add(at + " has more than " + schema.get("maxItems") + " elements");
        }
        if (schema.has("items")) {
            for (int i = 0; i < value.size(); i++) {
                check(value.get(i), schema.get("items"), at + "/" + i, problems);
            }
        }
    }

    private static boolean contains(JsonNode values, JsonNode value) {
        for (JsonNode one : values) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfType(JsonNode value, JsonNode types) {
        if (types.isArray()) {
            for (JsonNode type : types) {
                if (isOfType(value, type)) {
                    return true;
                }
            }
            return false;
        }
        return switch (types.asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new IllegalArgumentException("unknown type " + types);
        };
    }
}
