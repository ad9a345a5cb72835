package org.faceaudit.cli.capture;

import java.util.Objects;

/**
 * References that Kafka Connect's config providers resolve inside the worker, so that no secret stands in a connector's
 * configuration, which anyone may read over REST.
 *
 * @param password for example <code>${file:…:iron-gym.gym.password}</code>
 * @param tokenKey reference to the key of person tokens; unused where nothing is tokenised
 * @param kafka the brokers, {@code host:port}, for connectors that keep something there by themselves
 */
public record CaptureReferences(String password, String tokenKey, String kafka) {

    public CaptureReferences {
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(tokenKey, "tokenKey");
        Objects.requireNonNull(kafka, "kafka");
    }

    @Override
    public String toString() {
        return "CaptureReferences";
    }
}
