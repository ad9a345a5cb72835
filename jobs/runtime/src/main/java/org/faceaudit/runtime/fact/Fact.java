package org.faceaudit.runtime.fact;

import java.util.Objects;
import org.faceaudit.core.counting.CountDelta;
import org.faceaudit.core.counting.FaceAttempts;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.ColumnAbsences;
import org.faceaudit.core.event.Resnapshot;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.core.event.SourceSilence;
import org.faceaudit.core.images.ImageDelta;
import org.faceaudit.core.judgement.PromptedPerson;

/**
 * One fact on its way to the step that judges its scope. Exactly one of the facts stands, the others are {@code
 * null}.
 *
 * @param scope the operator, or {@code operator/system}
 * @param count a change of counts at an instant of a day that is looked at closely
 * @param dayCount a change of a legal day's sum
 * @param look how closely a legal day is looked at from now on
 * @param faces attempts by face of a legal day after the end of an operator's use
 * @param prompted when a person was asked again and again
 * @param unsaid whether rows of older generations may be swept
 */
public record Fact(
        String scope,
        SourceProgress progress,
        CountDelta count,
        CountDelta dayCount,
        DayLook look,
        AccessPoint point,
        ImageDelta image,
        FaceAttempts faces,
        PromptedPerson prompted,
        SourceSilence silence,
        Resnapshot resnapshot,
        ColumnAbsences absences,
        UnsaidRows unsaid) {

    public Fact {
        Objects.requireNonNull(scope, "scope");
    }

    /** Of counts. */
    private Fact(String scope, SourceProgress progress, CountDelta count, CountDelta dayCount, DayLook look) {
        this(scope, progress, count, dayCount, look, null, null, null, null, null, null, null, null);
    }

    /** Of what is stored and done. */
    private Fact(String scope, AccessPoint point, ImageDelta image, FaceAttempts faces, PromptedPerson prompted) {
        this(scope, null, null, null, null, point, image, faces, prompted, null, null, null, null);
    }

    /** Of a source itself. */
    private Fact(String scope, SourceSilence silence, Resnapshot resnapshot, ColumnAbsences absences) {
        this(scope, null, null, null, null, null, null, null, null, silence, resnapshot, absences, null);
    }

    /** Progress of a source, told to everyone who judges its system. */
    public static Fact ofSystem(SourceProgress progress) {
        return new Fact(Scopes.source(progress.operator(), progress.system()), progress, null, null, null);
    }

    /** Progress of a source, told to whoever judges its operator. */
    public static Fact ofOperator(SourceProgress progress) {
        return new Fact(progress.operator(), progress, null, null, null);
    }

    public static Fact of(CountDelta count) {
        return new Fact(count.operator(), null, count, null, null);
    }

    public static Fact ofDay(CountDelta sum) {
        return new Fact(sum.operator(), null, null, sum, null);
    }

    public static Fact of(DayLook look) {
        return new Fact(look.operator(), null, null, null, look);
    }

    public static Fact of(AccessPoint point) {
        return new Fact(Scopes.source(point.operator(), point.system()), point, null, null, null);
    }

    public static Fact of(ImageDelta image) {
        return new Fact(Scopes.source(image.slot().operator(), image.slot().system()), null, image, null, null);
    }

    public static Fact of(FaceAttempts faces) {
        return new Fact(faces.operator(), null, null, faces, null);
    }

    /** @param source {@code operator/system} */
    public static Fact of(String source, PromptedPerson prompted) {
        return new Fact(source, null, null, null, prompted);
    }

    public static Fact of(SourceSilence silence) {
        return new Fact(Scopes.source(silence.operator(), silence.system()), silence, null, null);
    }

    public static Fact of(Resnapshot resnapshot) {
        return new Fact(Scopes.source(resnapshot.operator(), resnapshot.system()), null, resnapshot, null);
    }

    public static Fact of(ColumnAbsences absences) {
        return new Fact(Scopes.source(absences.operator(), absences.system()), null, null, absences);
    }

    /** Told to whoever sweeps the operator's old generations. */
    public static Fact of(UnsaidRows unsaid) {
        return new Fact(unsaid.operator(), null, null, null, null, null, null, null, null, null, null, null, unsaid);
    }
}
