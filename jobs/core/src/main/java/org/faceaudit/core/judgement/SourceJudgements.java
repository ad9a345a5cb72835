package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.faceaudit.core.event.ColumnAbsence;
import org.faceaudit.core.event.HeartbeatPromise;
import org.faceaudit.core.event.Resnapshot;
import org.faceaudit.core.event.SourceSilence;
import org.faceaudit.core.law.Registry;

/**
 * What is judged of a source itself: whether what is known of it can carry a verdict at all.
 *
 * <ol>
 *   <li>{@link SourceSilent}: it gave no sign of life for longer than it promised
 *   <li>{@link SourceGap}: changes of it were lost, or it was found to hold other numbers than what was captured of it
 *   <li>{@link SchemaDrift}: its tables are no longer what the mapping was written for
 * </ol>
 */
public final class SourceJudgements {

    private SourceJudgements() {}

    /**
     * Judges one source.
     *
     * @param promise how often it promises a sign of life
     * @param silences spans without a sign that are over, in the order of time
     * @param newest the span since the last sign; {@code null} before the first
     * @param resnapshots the snapshots that replaced its log
     * @param absences of mapped columns, as its changes show them
     * @param registryKnownThrough how far the registry is known; {@code null} gives nothing
     */
    public static Judged judge(
            String operator,
            String system,
            HeartbeatPromise promise,
            Collection<SourceSilence> silences,
            SourceSilence newest,
            Collection<Resnapshot> resnapshots,
            Collection<ColumnAbsence> absences,
            Registry registry,
            Instant registryKnownThrough) {
        if (registryKnownThrough == null) {
            return Judged.NOTHING;
        }
        Wake wake = new Wake(registryKnownThrough);
        return new Judged(
                List.of(
                        SourceSilent.derive(
                                operator, system, promise, silences, newest, registry, registryKnownThrough, wake),
                        SourceGap.derive(operator, system, resnapshots, registry),
                        SchemaDrift.derive(
                                operator, system, resnapshots, absences, registry, registryKnownThrough, wake)),
                List.of(),
                wake.next());
    }
}
