package org.faceaudit.intake.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the JSON texts that columns hold. */
final class JsonTexts {

    private static final JsonFactory JSON = new JsonFactory();

    private JsonTexts() {}

    /** The elements of an array of plain values, nulls left out; empty if the text is anything else. */
    static Optional<List<String>> array(String text) {
        List<String> elements = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return Optional.empty();
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() == null || !parser.currentToken().isScalarValue()) {
                    return Optional.empty();
                }
                if (parser.currentToken() != JsonToken.VALUE_NULL) {
                    elements.add(parser.getText());
                }
            }
            return parser.nextToken() == null ? Optional.of(elements) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
