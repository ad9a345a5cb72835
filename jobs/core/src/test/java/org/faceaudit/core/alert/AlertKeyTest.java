package org.faceaudit.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AlertKeyTest {

    /** Vectors from Python's {@code uuid.uuid5} over {@code json.dumps(parts, separators=(',', ':'))}. */
    @Test
    void theIdIsTheUuidVersion5OfTheJsonArrayOfItsParts() {
        assertThat(new AlertKey("storage-reached", "sunny-homes", "operator", "sunny-homes", "1").id())
                .hasToString("30341148-301c-5924-84cc-b4c07e171026");
        assertThat(new AlertKey("sole-face-method", "gym", "access-point", "gate/a\"b\\c\t门", "").id())
                .hasToString("cd160f50-f794-5aae-a4f8-f0d3979160b3");
    }

    @Test
    void everyPartTellsAlertsApart() {
        AlertKey key = new AlertKey("r", "o", "k", "s", "");

        assertThat(new AlertKey("r", "o", "k", "s", "1").id()).isNotEqualTo(key.id());
        assertThat(new AlertKey("r", "o", "k", "s/1", "").id()).isNotEqualTo(key.id());
        assertThat(new AlertKey("r", "o", "k", "s", "").id()).isEqualTo(key.id());
        assertThat(key.id().version()).isEqualTo(5);
    }
}
