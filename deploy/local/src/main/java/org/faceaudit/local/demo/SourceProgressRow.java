package org.faceaudit.local.demo;

import java.time.Instant;

/**
 * How far the job knows a source, as {@code audit_api.source_v1} says.
 *
 * @param operator the operator, {@code registry} for the registry
 * @param system the system, {@code registry} for the registry
 * @param state by evidence
 * @param knownThrough {@code null} as long as nothing is known
 * @param changes how many changes were read
 * @param rejects how many could not be read
 */
record SourceProgressRow(
        String operator, String system, String state, Instant knownThrough, long changes, long rejects) {

    /** The topic that carries the source. */
    String topic() {
        return operator.equals("registry") ? "cdc.registry" : "cdc." + operator + "." + system;
    }
}
