package org.faceaudit.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StackStatusTest {
    @Test
    void aJobRunsWhenAllOfItsTasksDo() {
        StackStatus.Line line =
                StackStatus.job("faceaudit", "RUNNING", 39, 39, "checkpoint 7 at noon", ", last failure: old");

        assertThat(line.well()).isTrue();
        assertThat(line.state()).isEqualTo("running");
        assertThat(line.evidence()).isEqualTo("checkpoint 7 at noon");
    }

    @Test
    void aJobThatStartsAgainAndAgainIsNotWellThoughFlinkCallsItRunning() {
        StackStatus.Line line =
                StackStatus.job("faceaudit", "RUNNING", 3, 39, "checkpoint 7 at noon", ", last failure: no answer");

        assertThat(line.well()).isFalse();
        assertThat(line.state()).isEqualTo("starting");
        assertThat(line.evidence()).isEqualTo("checkpoint 7 at noon, 3 of 39 tasks run, last failure: no answer");
    }

    @Test
    void aJobWithoutACheckpointHasShownNothingYet() {
        assertThat(StackStatus.job("faceaudit", "RUNNING", 39, 39, "no checkpoint yet", "")
                        .well())
                .isFalse();
    }
}
