package org.faceaudit.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/**
 * What an exception cites: the word before the first colon says what kind of statement it is. A person typed it, so that
 * neither capitals nor blanks nor the width of the colon change its meaning.
 *
 * @param word in small letters, empty if there is no colon
 * @param rest what stands behind the colon, without blanks around it
 */
record Citation(String word, String rest) {

    static Citation of(JsonNode exception) {
        String text = Values.text(exception, "citation").replace('\uff1a', ':').replaceAll("[\\s\u00a0\u3000]+", " ");
        int colon = text.indexOf(':');
        return colon < 0
                ? new Citation("", text)
                : new Citation(
                        text.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        text.substring(colon + 1).strip());
    }

    /** Whether the rest begins with the name of a data class. */
    boolean names(String dataClass) {
        return rest.split("[ :;,\uff0c\uff1b]", 2)[0].equals(dataClass);
    }
}
