package org.faceaudit.runtime.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.RegistryFixture;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.Scopes;
import org.junit.jupiter.api.Test;

class RegistryFamilyTest {

    private static final Registry LAW = RegistryFixture.law().registry();
    private static final Instant MISSING = LegalDay.of(2026, 11, 16).start();

    private final CaseFile file = new RegistryFamily().open(Scopes.REGISTRY);

    @Test
    void theRegistrysAlertsNameTheRegistryAndMoveWithItsTimeAlone() {
        assertThat(file.take(Fact.ofOperator(
                        new SourceProgress(Scopes.REGISTRY, Scopes.REGISTRY, true, MISSING, 1, 1, 0, 0, null))))
                .isFalse();
        assertThat(file.newestKnown(MISSING)).isEqualTo(MISSING);
        assertThat(file.allKnown(MISSING)).isEqualTo(MISSING);

        assertThat(file.judge(LAW, MISSING.minusSeconds(1)).wakeAt()).isEqualTo(MISSING);
        assertThat(file.judge(LAW, MISSING).derivations())
                .filteredOn(derivation -> !derivation.episodes().isEmpty())
                .singleElement()
                .satisfies(derivation -> {
                    assertThat(derivation.key().operator()).isEqualTo("registry");
                    assertThat(derivation.key().subjectId()).isEqualTo("2027");
                });
    }
}
