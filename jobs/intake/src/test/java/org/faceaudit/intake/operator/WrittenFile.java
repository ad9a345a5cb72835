package org.faceaudit.intake.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An operator's file as somebody wrote it, and what is wrong with it. */
final class WrittenFile {

    /** All but what the rows mean. */
    static final String HEAD = """
            operator: iron-gym
            system: gym
            source:
              kind: postgresql
              url: jdbc:postgresql://127.0.0.1:5432/gym
              user: faceaudit_capture
              password: ${env:GYM_PASSWORD}
              zone: Asia/Shanghai
              heartbeat: {table: public.faceaudit_heartbeat, promise: 90s}
            """;

    private WrittenFile() {}

    static Path in(Path directory, String text) throws IOException {
        return Files.writeString(directory.resolve("gym.yaml"), text);
    }

    /** Every problem as {@code line:column sentence remedy}; the editor's schema must see what is wrong in shape. */
    static List<String> problems(Path directory, String text) throws IOException {
        Path file = in(directory, text);
        OperatorFileException wrong = catchThrowableOfType(OperatorFileException.class, () -> OperatorFiles.read(file));
        assertThat(wrong).isNotNull();
        if (wrong.problems().stream().anyMatch(OperatorSchema::isStructural)) {
            assertThat(new OperatorSchema().problems(text))
                    .as("what an editor says of %s", wrong.problems())
                    .isNotEmpty();
        }
        return wrong.problems().stream()
                .map(problem ->
                        problem.line() + ":" + problem.column() + " " + problem.sentence() + " " + problem.remedy())
                .toList();
    }
}
