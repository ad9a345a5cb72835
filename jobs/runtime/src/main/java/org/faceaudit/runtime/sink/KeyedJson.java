package org.faceaudit.runtime.sink;

import java.util.Objects;

/**
 * One message for a topic of the audit.
 *
 * @param key Kafka key
 * @param json Kafka value
 */
public record KeyedJson(String key, String json) {

    public KeyedJson {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(json, "json");
    }
}
