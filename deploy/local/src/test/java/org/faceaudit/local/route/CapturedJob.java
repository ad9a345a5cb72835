package org.faceaudit.local.route;

import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.local.capture.Captures;
import org.faceaudit.local.capture.Passwords;
import org.faceaudit.local.job.FlinkRest;
import org.faceaudit.local.job.JobRunner;
import org.faceaudit.local.job.PipelineJob;
import org.faceaudit.local.stack.Stack;

/**
 * One operator of the shared stack, captured, and judged by a job of its own; until it leaves, and leaves nothing to the next
 * job, of whatever test.
 */
record CapturedJob(Stack stack, String topic, JobRunner job) implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(4);

    /** An operator's file below the stack's data. */
    static Path written(Stack stack, String directory, String operator, String content) throws Exception {
        return Files.writeString(stack.data().directory(directory, "operators").resolve(operator + ".yaml"), content);
    }

    /** Enters into the registry what it shall hold of the operator, captures both, and judges. */
    static CapturedJob start(Stack stack, OperatorFile file, String topic, String registered) throws Exception {
        Captures.startRegistry(stack);
        try (Connection connection = stack.audit().connect("registrar");
                Statement statement = connection.createStatement()) {
            statement.execute(registered);
        }
        Captures.requireReady(List.of(file), stack.data().root(), Passwords.ofEnvironment(), stack.progress());
        Captures.start(stack, file, Passwords.ofEnvironment());
        forgetJob(stack);
        return new CapturedJob(
                stack, topic, JobRunner.start(stack, PipelineJob.on(stack, Captures.prepare(stack, List.of(file)))));
    }

    /** So that the next job begins without this one's state. */
    private static void forgetJob(Stack stack) throws Exception {
        Files.deleteIfExists(stack.data().resolve("job", "pipeline.json"));
    }

    /** Stops running a job and waits until it has ended; its state stays. */
    static void end(Stack stack, JobRunner job) throws Exception {
        job.close();
        FlinkRest flink = new FlinkRest(stack.ports().flinkUi());
        String id = job.current().jobId();
        flink.cancel(id);
        await("the end of the job")
                .atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> flink.state(id).orElse("CANCELED").equals("CANCELED"));
    }

    @Override
    public void close() throws Exception {
        end(stack, job);
        forgetJob(stack);
        stack.connectors().delete(topic);
    }
}
