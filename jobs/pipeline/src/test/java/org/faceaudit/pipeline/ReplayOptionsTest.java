package org.faceaudit.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.faceaudit.core.law.Standpoint;
import org.junit.jupiter.api.Test;

class ReplayOptionsTest {

    @Test
    void withoutAnInstantEverythingThatIsReadIsJudgedAsItStands() {
        assertThat(read().standpoint()).isEqualTo(Standpoint.NOW);
        assertThat(read("--as-of", "2026-03-02T00:00:00Z").standpoint().asOf()).isEqualTo("2026-03-02T00:00:00Z");
    }

    @Test
    void theTopicsToReadAreNamedWithTheirEnds() {
        assertThat(read().upTo).isEmpty();
        assertThat(read("--up-to", "cdc.registry=12,cdc.acme.gate-1=0").upTo)
                .isEqualTo(Map.of("cdc.registry", 12L, "cdc.acme.gate-1", 0L));
    }

    private static ReplayOptions read(String... further) {
        List<String> arguments = new ArrayList<>(List.of(
                "--bootstrap", "b", "--jdbc-url", "j", "--jdbc-user", "u", "--operators", "o", "--audit-schema", "s"));
        arguments.addAll(List.of(further));
        return PlaceOptions.read(new ReplayOptions(), arguments.toArray(String[]::new));
    }
}
