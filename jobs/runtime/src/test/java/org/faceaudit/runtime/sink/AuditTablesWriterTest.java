package org.faceaudit.runtime.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditTablesWriterTest {

    private final AuditTablesWriter writer = new AuditTablesWriter();

    @Test
    void handsOverWhatWasWrittenSinceTheLastCheckpointOnceOnly() {
        write(AuditTable.ALERT, "{\"n\":1}");
        write(AuditTable.SOURCE, "{\"n\":2}");
        write(AuditTable.ALERT, "{\"n\":3}");

        assertThat(writer.prepareCommit())
                .containsExactly(
                        new AuditChunk(AuditTable.SOURCE, 0, "[{\"n\":2}]"),
                        new AuditChunk(AuditTable.ALERT, 1, "[{\"n\":1},{\"n\":3}]"));
        assertThat(writer.prepareCommit()).isEmpty();
    }

    @Test
    void cutsAfterAThousandRows() {
        for (int i = 0; i <= AuditTablesWriter.MAX_ROWS; i++) {
            write(AuditTable.REJECT, "{}");
        }

        assertThat(writer.prepareCommit())
                .extracting(chunk -> chunk.rows().length())
                .containsExactly(3 * AuditTablesWriter.MAX_ROWS + 1, 4);
    }

    @Test
    void cutsBeforeAMebibyteAndLeavesALongerRowWhole() {
        String half = "\"" + "a".repeat(AuditTablesWriter.MAX_BYTES / 2) + "\"";
        String longer = "\"" + "面".repeat(AuditTablesWriter.MAX_BYTES) + "\"";
        write(AuditTable.ALERT, half);
        write(AuditTable.ALERT, half);
        write(AuditTable.ALERT, longer);

        assertThat(writer.prepareCommit())
                .extracting(AuditChunk::rows)
                .containsExactlyElementsOf(List.of("[" + half + "]", "[" + half + "]", "[" + longer + "]"));
    }

    @Test
    void chunksSurviveACheckpointAndAnUnknownFormatIsRefused() throws IOException {
        AuditChunkSerializer serializer = new AuditChunkSerializer();
        AuditChunk chunk = new AuditChunk(AuditTable.CLOCK, 4, "[{\"basis\":\"第十五条\"}]");

        assertThat(serializer.deserialize(1, serializer.serialize(chunk))).isEqualTo(chunk);
        assertThatThrownBy(() -> serializer.deserialize(2, new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format 2");
    }

    private void write(AuditTable table, String json) {
        writer.write(new TableRow(table, json), null);
    }
}
