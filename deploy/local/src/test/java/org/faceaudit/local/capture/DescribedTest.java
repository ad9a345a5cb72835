package org.faceaudit.local.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.faceaudit.intake.operator.OperatorFiles;
import org.faceaudit.local.capture.Described.Difference;
import org.faceaudit.local.stack.Secrets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescribedTest {
    private static final String FILE = """
            operator: gym
            system: doors
            source:
              kind: postgresql
              url: jdbc:postgresql://127.0.0.1:5432/gym
              user: capture
              password: ${env:GYM}
              zone: Asia/Shanghai
              heartbeat: {table: public.heartbeat}
            mapping:
              tables:
                public.door:
                  key: [id]
                  facts:
                    - event: access-point
                      methods: {column: how, delimiter: ",", values: {f: FACE, c: CARD}}
                  left-out: {guard: "not needed"}
            """;

    @TempDir
    private Path directory;

    @Test
    void anotherWordForAMethodAsksNothingElseOfTheSource() throws Exception {
        Described before = described(FILE);
        Described after = described(FILE.replace("c: CARD", "c: QR"));

        assertThat(after.capturesLike(before)).isTrue();
        assertThat(difference(before, after).changed()).containsExactly(after);
    }

    @Test
    void layoutAndCommentsAreNoDifference() throws Exception {
        assertThat(difference(
                                described(FILE),
                                described("# the gym's doors\n"
                                        + FILE.replace("{f: FACE, c: CARD}", "{f: FACE,   c: CARD}")))
                        .isNothing())
                .isTrue();
    }

    @Test
    void anotherColumnTableAddressOrHeartbeatTableIsAskedFor() throws Exception {
        Described before = described(FILE);

        assertThat(described(FILE.replace("column: how", "column: ways")).capturesLike(before))
                .isFalse();
        assertThat(described(FILE.replace("5432/gym", "5432/gym2")).capturesLike(before))
                .isFalse();
        assertThat(described(FILE.replace("public.heartbeat", "public.beat")).capturesLike(before))
                .isFalse();
        Described more = described(FILE + """
                    public.gate:
                      key: [id]
                      facts:
                        - event: access-point
                          methods: {constant: [FACE]}
                """);
        assertThat(more.capturesLike(before)).isFalse();
    }

    @Test
    void anotherTokenKeyIsOneHoweverItIsWritten() throws Exception {
        String tokens = FILE.replace("left-out: {guard: \"not needed\"}", "tokens: {guard: local-id}");
        Described before = described(tokens);

        assertThat(described(tokens + "  token-key: k2\n").hasOtherKeyThan(before))
                .isTrue();
        assertThat(described("# the gym's doors\n" + tokens).hasOtherKeyThan(before))
                .isFalse();
    }

    @Test
    void sourcesComeAndGo() throws Exception {
        Described doors = described(FILE);
        Described pool = described(FILE.replace("system: doors", "system: pool"));

        Difference difference = Difference.between(Map.of(doors.topic(), doors), Map.of(pool.topic(), pool));

        assertThat(difference.added()).containsExactly(pool);
        assertThat(difference.removed()).containsExactly("cdc.gym.doors");
        assertThat(difference.changed()).isEmpty();
    }

    private static Difference difference(Described before, Described after) {
        return Difference.between(Map.of(before.topic(), before), Map.of(after.topic(), after));
    }

    private Described described(String text) throws Exception {
        Path file = Files.writeString(directory.resolve("gym.yaml"), text);
        return new Described(
                OperatorFiles.read(file),
                Captures.copy(new Secrets(directory.resolve("secrets")), OperatorFiles.read(file)));
    }
}
