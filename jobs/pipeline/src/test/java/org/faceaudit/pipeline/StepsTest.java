package org.faceaudit.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.faceaudit.core.judgement.Family;
import org.faceaudit.runtime.step.CutStep;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepsTest {

    private static final String[] ARGUMENTS = {
        "--bootstrap", "127.0.0.1:1",
        "--jdbc-url", "jdbc:postgresql://127.0.0.1:1/faceaudit",
        "--jdbc-user", "faceaudit_job",
        "--operators", ".",
        "--generation", "3",
        "--started-at", "2026-03-01T00:00:00Z"
    };

    @TempDir
    Path directory;

    /** Renaming a step loses its state at the next restore; this list makes it a decision. */
    @Test
    void stepsKeepTheirNames() throws IOException {
        Set<String> uids = new TreeSet<>();
        for (StreamNode node : graph(ARGUMENTS).getStreamNodes()) {
            assertThat(node.getTransformationUID()).as(node.getOperatorName()).isNotNull();
            uids.add(node.getTransformationUID());
        }

        assertThat(uids).containsExactlyElementsOf(committed());
    }

    /** What is said last of an alert is the ledger's to know, whatever made it be said. */
    @Test
    void whoeverRemembersAnOperatorCanForgetIt() {
        List<StreamNode> keyed = graph(ARGUMENTS).getStreamNodes().stream()
                .filter(node -> node.getStateKeySerializer() != null)
                .filter(node -> !node.getTransformationUID().equals("alert-ledger"))
                .toList();

        assertThat(keyed).hasSizeGreaterThan(10);
        for (StreamNode node : keyed) {
            assertThat(((SimpleOperatorFactory<?>) node.getOperatorFactory()).getOperator())
                    .as(node.getOperatorName())
                    .isInstanceOf(CutStep.class);
        }
    }

    @Test
    void everyEdgeCarriesTypesThatFlinkCanTakeApart() {

        for (StreamNode node : graph(ARGUMENTS).getStreamNodes()) {
            assertThat(String.valueOf(node.getTypeSerializerOut()))
                    .as(node.getOperatorName())
                    .doesNotContain("KryoSerializer");
        }
    }

    @Test
    void aJobOfOneFamilyHasOnlyItsSteps() {
        String[] arguments = Arrays.copyOf(ARGUMENTS, ARGUMENTS.length + 2);
        arguments[ARGUMENTS.length] = "--judge";
        arguments[ARGUMENTS.length + 1] = "access";

        assertThat(graph(arguments).getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .contains("judge-access", "alert-ledger")
                .doesNotContain("judge-operator", "judge-images", "person-union");
    }

    @Test
    void familiesAreReadByName() {
        assertThat(FaceauditJob.options(with("--judge", "persons,images")).families)
                .containsExactlyInAnyOrder(Family.PERSONS, Family.IMAGES);
        assertThatThrownBy(() -> FaceauditJob.options(with("--judge", "gates")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'gates' is none of access, images, persons");
        assertThatThrownBy(() -> FaceauditJob.options(new String[] {"--bootstrap", "x"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--jdbc-url");
    }

    @Test
    void anEmptyDirectoryOfOperatorsIsOneClearSentence() {
        String[] arguments = ARGUMENTS.clone();
        arguments[7] = directory.toString();

        assertThatThrownBy(() -> FaceauditJob.main(arguments))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("yaml");
        assertThat(Files.exists(directory)).isTrue();
    }

    private static String[] with(String option, String value) {
        String[] arguments = Arrays.copyOf(ARGUMENTS, ARGUMENTS.length + 2);
        arguments[ARGUMENTS.length] = option;
        arguments[ARGUMENTS.length + 1] = value;
        return arguments;
    }

    private static StreamGraph graph(String[] arguments) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(FaceauditJob.configuration(1_000));
        FaceauditJob.wire(env, FaceauditJob.options(arguments), List.of());
        return env.getStreamGraph(false);
    }

    private static List<String> committed() throws IOException {
        try (InputStream in = StepsTest.class.getResourceAsStream("/steps.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
