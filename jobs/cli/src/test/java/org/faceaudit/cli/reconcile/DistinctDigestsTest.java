package org.faceaudit.cli.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DistinctDigestsTest {

    @Test
    void everyTextCountsOnceHoweverManyThereAre() {
        DistinctDigests digests = new DistinctDigests();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 20_000; i++) {
                digests.add("person " + i);
            }
        }
        assertThat(digests.size()).isEqualTo(20_000);
    }
}
