package org.faceaudit.local.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EpisodeComparisonTest {

    private static final String POSITION =
            "{\"log_position\":\"0/1\",\"table\":\"public.face\",\"key_hash\":\"k\",\"committed_at\":\"2026-03-02T00:00:00Z\"}";

    @Test
    void equalEpisodesAreTheSameWhateverTheirGenerationAndTheirPlaceInKafka() throws Exception {
        assertThat(compare(
                        List.of(episode(1, 3, "OPEN", "2026-08-19", POSITION, 7)),
                        List.of(episode(1, 1, "OPEN", "2026-08-19", POSITION, 9))))
                .isEmpty();
    }

    @Test
    void aColumnThatDiffersIsToldWithBothValues() throws Exception {
        assertThat(compare(
                        List.of(episode(1, 1, "OPEN", "2026-08-20", POSITION, 7)),
                        List.of(episode(1, 1, "OPEN", "2026-08-19", POSITION, 7))))
                .containsExactly("episode 1: due_on is 2026-08-20 in the table, 2026-08-19 derived again");
        assertThat(compare(
                        List.of(episode(2, 1, "OPEN", null, POSITION, 7)),
                        List.of(episode(2, 1, "RESOLVED", "2026-08-19", POSITION, 7))))
                .containsExactly(
                        "episode 2: status is OPEN in the table, RESOLVED derived again",
                        "episode 2: due_on is (nothing) in the table, 2026-08-19 derived again");
    }

    @Test
    void anEpisodeThatOnlyOneSideHasIsADifference() throws Exception {
        AlertEpisode first = episode(1, 1, "RESOLVED", null, POSITION, 7);
        AlertEpisode second = episode(2, 1, "OPEN", null, POSITION, 8);

        assertThat(compare(List.of(first, second), List.of(first)))
                .containsExactly("episode 2: VIOLATION OPEN in the table, not there derived again");
        assertThat(compare(List.of(first), List.of(first, second)))
                .containsExactly("episode 2: not in the table, VIOLATION OPEN derived again");
    }

    @Test
    void anEpisodeThatWasWithdrawnMustNotBeDerivedAgain() throws Exception {
        AlertEpisode withdrawn = episode(2, 1, "WITHDRAWN", null, POSITION, 8);

        assertThat(compare(List.of(withdrawn), List.of())).isEmpty();
        assertThat(compare(List.of(withdrawn), List.of(episode(2, 1, "OPEN", null, POSITION, 8))))
                .containsExactly("episode 2: WITHDRAWN in the table, VIOLATION OPEN derived again");
    }

    @Test
    void ofEvidenceTheFirstElementThatDiffersIsTold() throws Exception {
        String other = POSITION.replace("0/1", "0/2");

        assertThat(compare(
                        List.of(episode(1, 1, "OPEN", null, POSITION, 7)),
                        List.of(episode(1, 1, "OPEN", null, POSITION + "," + other, 7))))
                .singleElement()
                .asString()
                .startsWith(
                        "episode 1: evidence has 1 elements in the table, 2 derived again; element 2 is (nothing) in")
                .contains("\"log_position\":\"0/2\"");
    }

    private static List<String> compare(List<AlertEpisode> table, List<AlertEpisode> derived) {
        EpisodeComparison comparison = EpisodeComparison.between(table, derived);
        assertThat(comparison.same()).isEqualTo(comparison.lines().isEmpty());
        return comparison.lines();
    }

    private static AlertEpisode episode(
            int episode, long generation, String status, String dueOn, String source, long offset)
            throws JsonProcessingException {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("verdict", "VIOLATION");
        columns.put("status", status);
        columns.put("due_on", dueOn);
        return new AlertEpisode(
                episode,
                generation,
                columns,
                new ObjectMapper()
                        .readTree("{\"source\":[" + source + "],\"kafka\":[{\"topic\":\"t\",\"partition\":0,\"offset\":"
                                + offset + "}]}"));
    }
}
