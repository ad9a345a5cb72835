package org.faceaudit.core.law;

import java.util.Objects;
import java.util.Optional;

/**
 * An audited company as the registry knows it.
 *
 * @param id {@code [a-z0-9-]+}
 * @param name registered name
 * @param uscc unified social credit code, {@code null} if unknown
 * @param sector the trade it is watched in, {@code null} if unknown
 * @param region GB/T 2260 code of six digits, {@code null} if unknown
 * @param parentId the parent company, {@code null} for none
 * @param successorId the company that took over, {@code null} for none
 */
public record Operator(
        String id, String name, String uscc, String sector, String region, String parentId, String successorId) {

    public Operator {
        Objects.requireNonNull(id, "id");
    }

    /** The GB/T 2260 code of the operator's province: first two digits, then {@code 0000}. */
    public Optional<String> province() {
        return region == null || region.length() < 2 ? Optional.empty() : Optional.of(region.substring(0, 2) + "0000");
    }
}
