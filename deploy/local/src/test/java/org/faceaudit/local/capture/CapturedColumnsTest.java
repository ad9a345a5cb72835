package org.faceaudit.local.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.faceaudit.intake.mapping.Mapping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapturedColumnsTest {

    private static final Map<String, String> BEFORE =
            Map.of(CapturedColumns.SETTING, "public\\.door\\.id,public\\.door\\.face");
    private static final Map<String, String> AFTER =
            Map.of(CapturedColumns.SETTING, "public\\.door\\.face,public\\.door\\.card,public\\.log_[0-9]{6}\\.id");

    @TempDir
    private Path data;

    @Test
    void whatIsCapturedInAdditionIsToldColumnByColumn() {
        CapturedColumns columns = new CapturedColumns(data, Mapping.registry());

        assertThat(columns.beside(Map.of(), AFTER))
                .as("a new connector takes a snapshot anyway")
                .isEmpty();
        assertThat(columns.beside(BEFORE, AFTER)).containsExactly("public.door.card", "public.log_[0-9]{6}.id");
        assertThat(columns.beside(BEFORE, BEFORE)).isEmpty();
        assertThat(columns.beside(AFTER, Map.of(CapturedColumns.SETTING, "public\\.door\\.card")))
                .as("less is no reason to read anything")
                .isEmpty();
    }

    @Test
    void whatWasInterruptedIsDoneAgain() {
        CapturedColumns columns = new CapturedColumns(data, Mapping.registry());
        columns.keep(BEFORE);

        // The connector was told already, and its position not yet forgotten.
        assertThat(columns.beside(AFTER, AFTER)).isNotEmpty();
        columns.keep(AFTER);
        assertThat(columns.beside(BEFORE, AFTER)).isEmpty();
    }
}
