package org.faceaudit.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.faceaudit.local.process.StackException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackStateTest {
    private static final List<SampleServer> SERVERS =
            List.of(SampleServer.postgresql("gym"), SampleServer.mariaDb("inns", "nightdesk", "daydesk"));

    @TempDir
    private Path data;

    @Test
    void whatOneCommandWroteAnotherReads() throws IOException {
        StackState state = new StackState(data.toAbsolutePath().normalize(), Ports.standard(), SERVERS);
        state.write();

        assertThat(StackState.read(data)).contains(state);
        assertThat(state.sources()).containsExactly("gym", "nightdesk", "daydesk");
        assertThat(SERVERS).extracting(SampleServer::process).containsExactly("postgres-gym", "mariadb-inns");
    }

    @Test
    void databasesOfOneServerShareItsPort() {
        StackState state = new StackState(data, Ports.standard(), SERVERS);

        assertThat(state.database("gym").jdbcUrl()).isEqualTo("jdbc:postgresql://127.0.0.1:15433/gym");
        assertThat(state.database("nightdesk").jdbcUrl()).isEqualTo("jdbc:mariadb://127.0.0.1:15434/nightdesk");
        assertThat(state.database("daydesk").jdbcUrl()).isEqualTo("jdbc:mariadb://127.0.0.1:15434/daydesk");
        assertThat(state.database("daydesk").superuserName()).isEqualTo("root");
        assertThatThrownBy(() -> state.database("inns"))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("there are: audit, gym, nightdesk, daydesk.");
    }

    @Test
    void namesThatWouldNotDoInATopicAreRefused() {
        assertThatThrownBy(() -> SampleServer.postgresql("Gym")).isInstanceOf(StackException.class);
        assertThatThrownBy(() -> SampleServer.mariaDb("inns", "a.b")).isInstanceOf(StackException.class);
        assertThatThrownBy(() -> SampleServer.postgresql(Stack.AUDIT)).isInstanceOf(StackException.class);
    }
}
