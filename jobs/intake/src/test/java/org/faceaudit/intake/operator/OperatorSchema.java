package org.faceaudit.intake.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The shipped JSON Schemas of operators' and products' files, as an editor applies them. */
final class OperatorSchema {

    private static final String OPERATOR = "operator.schema.json";
    private static final String PRODUCT = "product.schema.json";
    /** Any directory: the product's schema finds the operator's beside itself. */
    private static final String PLACE = "urn-of-these-tests:/schemas/";

    private static final ObjectMapper YAML = new YAMLMapper();

    /** What a file is told that is wrong in its shape, whatever its database is. */
    private static final Pattern STRUCTURAL = Pattern.compile(
            ".*( means nothing in | is missing in | must be a section | must be a single value| needs exactly one "
                    + "| must not stand in the file|cannot be an | is no kind of | identifies nobody| is no spelling of "
                    + "| is no form of | is no verification method| is no normalisation| is nothing a token stands for"
                    + "| is no scope| is no method| is no outcome| is no legal-basis| is no table| is no data class| is no span of time| are no days on which | are no hours of a day"
                    + "| is no number of days| must name two columns|stand here|holds neither|does not say whether"
                    + "|No table is mapped|Nothing says what|is no product\\.|true or false, and nothing else).*");

    private final JsonNode json = json(OPERATOR);
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(Map.of(PLACE + OPERATOR, text(OPERATOR), PLACE + PRODUCT, text(PRODUCT))));
    private final Schema operator = registry.getSchema(SchemaLocation.of(PLACE + OPERATOR));
    private final Schema product = registry.getSchema(SchemaLocation.of(PLACE + PRODUCT));

    /** Whether a problem that the reader names is one of shape, which the schema must see too. */
    static boolean isStructural(Problem problem) {
        return STRUCTURAL.matcher(problem.sentence()).matches();
    }

    /** What is wrong with an operator's file, a line each. */
    List<String> problems(JsonNode file) {
        return problems(operator, file);
    }

    List<String> problems(String yaml) throws IOException {
        return problems(YAML.readTree(yaml));
    }

    /** What is wrong with a product's file, a line each. */
    List<String> productProblems(JsonNode file) {
        return problems(product, file);
    }

    /** What is wrong with the schema itself. */
    List<String> ownProblems() {
        return problems(registry.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema")), json);
    }

    /** The operator's schema as it is written. */
    JsonNode json() {
        return json;
    }

    /** The part of this name under {@code $defs}. */
    JsonNode definition(String name) {
        JsonNode found = json.path("$defs").path(name);
        if (found.isMissingNode()) {
            throw new IllegalArgumentException("no definition is called " + name);
        }
        return found;
    }

    private static List<String> problems(Schema schema, JsonNode file) {
        return schema.validate(file).stream()
                .map(error -> error.getInstanceLocation() + " " + error.getMessage())
                .toList();
    }

    private static JsonNode json(String name) {
        try {
            return new ObjectMapper().readTree(text(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String name) {
        try (InputStream in = OperatorSchema.class.getResourceAsStream("/faceaudit/schemas/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
