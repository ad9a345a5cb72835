package org.faceaudit.core.law;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParameterRowsTest {

    private static boolean readable(String name, String value, String unit) {
        RegistryFixture row = RegistryFixture.law().parameter(name, "*", value, unit, "2026-01-01");
        return row.rows().stream()
                .filter(change -> change.key().startsWith(name + '/'))
                .allMatch(change -> Registry.unreadable(change).isEmpty());
    }

    @Test
    void aParameterWhoseNamePeopleChooseIsReadInTheUnitOfItsFamily() {
        assertThat(readable("raw-image-retained.floor.bank-video", "30", "days"))
                .isTrue();
        assertThat(readable("raw-image-retained.floor.bank-video", "30", "hours"))
                .as("thirty hours are not thirty days")
                .isFalse();
        assertThat(readable("raw-image-retained.floor.bank-video", "30.5", "percent"))
                .isFalse();
        assertThat(readable("raw-image-retained.floor.bank-video", "2026-01-01", "date"))
                .isFalse();
        assertThat(readable("change-filing-overdue.substantive.cameras", "1", "count"))
                .isTrue();
        assertThat(readable("change-filing-overdue.substantive.cameras", "2026-01-01", "date"))
                .isFalse();
        assertThat(readable("processed-by.vendor", "1", "count")).isTrue();
        assertThat(readable("processed-by.vendor", "1", "days")).isFalse();
    }
}
