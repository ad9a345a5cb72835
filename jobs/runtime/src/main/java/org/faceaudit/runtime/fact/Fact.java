package org.faceaudit.runtime.fact;

import java.util.Objects;
import org.faceaudit.core.counting.CountDelta;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.Resnapshot;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.core.event.SourceSilence;
import org.faceaudit.core.images.ImageDelta;

/**
 * One fact on its way to the step that judges its scope. Exactly one of the facts stands, the others are {@code
 * null}.
 *
 * @param scope the operator, or {@code operator/system}
 * @param count a change of counts at an instant of a day that is looked at closely
 * @param dayCount a change of a legal day's sum
 * @param look how closely a legal day is looked at from now on
 */
public record Fact(
        String scope,
        SourceProgress progress,
        CountDelta count,
        CountDelta dayCount,
        DayLook look,
        AccessPoint point,
        ImageDelta image,
        SourceSilence silence,
        Resnapshot resnapshot) {

    public Fact {
        Objects.requireNonNull(scope, "scope");
    }

    /** Progress of a source, told to everyone who judges its system. */
    public static Fact ofSystem(SourceProgress progress) {
        return new Fact(
                Scopes.source(progress.operator(), progress.system()),
                progress,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** Progress of a source, told to whoever judges its operator. */
    public static Fact ofOperator(SourceProgress progress) {
        return new Fact(progress.operator(), progress, null, null, null, null, null, null, null);
    }

    public static Fact of(CountDelta count) {
        return new Fact(count.operator(), null, count, null, null, null, null, null, null);
    }

    public static Fact ofDay(CountDelta sum) {
        return new Fact(sum.operator(), null, null, sum, null, null, null, null, null);
    }

    public static Fact of(DayLook look) {
        return new Fact(look.operator(), null, null, null, look, null, null, null, null);
    }

    public static Fact of(AccessPoint point) {
        return new Fact(
                Scopes.source(point.operator(), point.system()), null, null, null, null, point, null, null, null);
    }

    public static Fact of(SourceSilence silence) {
        return new Fact(
                Scopes.source(silence.operator(), silence.system()), null, null, null, null, null, null, silence, null);
    }

    public static Fact of(Resnapshot resnapshot) {
        String scope = Scopes.source(resnapshot.operator(), resnapshot.system());
        return new Fact(scope, null, null, null, null, null, null, null, resnapshot);
    }

    public static Fact of(ImageDelta image) {
        return new Fact(
                Scopes.source(image.slot().operator(), image.slot().system()),
                null,
                null,
                null,
                null,
                null,
                image,
                null,
                null);
    }
}
