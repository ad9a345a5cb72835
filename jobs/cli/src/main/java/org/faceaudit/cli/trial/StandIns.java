package org.faceaudit.cli.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import org.faceaudit.capture.ImageText;
import org.faceaudit.capture.Normalisation;
import org.faceaudit.capture.PersonToken;
import org.faceaudit.capture.TokenKey;
import org.faceaudit.intake.mapping.ColumnForm;
import org.faceaudit.intake.mapping.MappedTable;
import org.faceaudit.intake.mapping.Mapping;

/** Puts tokens and descriptors in the place of identifiers and images, as the connector does before anything leaves it. */
final class StandIns {

    private static final String NOT_IN_THE_LOG = "__debezium_unavailable_value";

    private final Mapping mapping;
    private final String secret;
    private long plain;
    private long tokens;
    private final Map<String, Long> uncaptured = new TreeMap<>();

    /** @param secret what tokens are made with */
    StandIns(Mapping mapping, String secret) {
        this.mapping = mapping;
        this.secret = secret;
    }

    /** Changes the rows of an envelope in their place; what has been replaced already stays. Gives whether anything was. */
    boolean replace(ObjectNode envelope) {
        long before = plain;
        JsonNode source = envelope.path("source");
        String schema = source.path(source.hasNonNull("file") ? "db" : "schema").asText();
        mapping.tableHolding(schema + "." + source.path("table").asText()).ifPresent(table -> {
            for (String image : new String[] {"before", "after"}) {
                if (envelope.get(image) instanceof ObjectNode row) {
                    note(table, row);
                    replace(row, table.columns());
                }
            }
        });
        return plain > before;
    }

    private void note(MappedTable table, ObjectNode row) {
        row.fieldNames().forEachRemaining(column -> {
            if (!table.columns().containsKey(column)) {
                uncaptured.merge(table.name() + "." + column, 1L, Long::sum);
            }
        });
    }

    private void replace(ObjectNode row, Map<String, ColumnForm> forms) {
        forms.forEach((column, form) -> {
            JsonNode value = row.get(column);
            if (value == null || value.isNull() || value.asText().equals(NOT_IN_THE_LOG)) {
                return;
            }
            String text = value.isValueNode() ? value.asText() : value.toString();
            switch (form.kind()) {
                case TOKEN -> {
                    if (text.startsWith("t1:")) {
                        tokens++;
                    } else {
                        plain++;
                        row.put(column, token(form, text));
                    }
                }
                case DESCRIPTOR -> {
                    if (!text.startsWith("d1:")) {
                        plain++;
                        row.put(column, ImageText.describe(form.detail(), text));
                    }
                }
                case DATE, PLAIN -> {
                    // Leaves the source as it is.
                }
            }
        });
    }

    private String token(ColumnForm form, String text) {
        return new PersonToken(
                        form.identifies(),
                        Normalisation.parse(form.detail()),
                        TokenKey.parse(mapping.tokenKey().orElseThrow(), secret))
                .of(text);
    }

    /** How many values were replaced. */
    long plain() {
        return plain;
    }

    /** Columns that the rows have and the mapping does not read, and in how many rows; a connector leaves them behind. */
    Map<String, Long> uncaptured() {
        return new TreeMap<>(uncaptured);
    }

    /** How many tokens were there already. */
    long tokens() {
        return tokens;
    }
}
