package org.faceaudit.runtime.attempt;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.core.judgement.AttemptJudgements;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;
import org.faceaudit.intake.rows.AttemptTold;
import org.faceaudit.intake.rows.AttemptTold.Part;
import org.faceaudit.intake.rows.AttemptTold.Told;

/**
 * Puts what a change says of an attempt in the place of what was remembered of it. A repetition changes nothing, what the
 * change does not carry stays as it was, and what comes later than the lateness horizon is kept out: then what was told before
 * stands. Nothing that can no longer be corrected has to be remembered.
 *
 * <p>What a source's first snapshot finds never comes too late: it was there before anybody looked. Until a change of the log
 * comes behind it, all of it is remembered, since a snapshot may be begun anew.
 *
 * <p>An attempt is not told before it is made: of one that was told without a time of its own that could be, a snapshot that
 * finds the row again does not make it a later one. What a clock that ran ahead wrote down lies in the past one day, and is not
 * truer for it; whoever writes the row over says it anew.
 *
 * <p>A row that is inserted with the key of an earlier one is another attempt, unless it says that it was made at the same
 * instant: a log that was emptied begins to count anew, and a row that is replaced is deleted and inserted.
 */
public final class AttemptCorrections {

    /** So many changes of one attempt are known again. */
    private static final int MOST_IDENTITIES = 64;

    /** Receives what changed. */
    public interface Receiver {

        /**
         * An attempt is another than it was.
         *
         * @param before {@code null} if it was not told before
         */
        void changed(RememberedAttempt before, RememberedAttempt after, AttemptTold told) throws Exception;

        /** An attempt stands as it was told, and nothing corrects it any more: another one has the key of its row. */
        void settled(RememberedAttempt attempt, AttemptTold told) throws Exception;

        /** A change that changes nothing, with the reason by name. */
        void notApplicable(String reason);

        /** A change that came later than the lateness horizon allows: it is kept as evidence, and judged no more. */
        void tooLate(AttemptTold told);
    }

    private record Final(Registry registry, LegalDay day, Instant before) {}

    private final Map<String, Final> finals = new HashMap<>();

    /** What is still to be corrected when changes up to a commit have been read. */
    private Instant finalBefore(String operator, Registry registry, Instant newest) {
        LegalDay day = LegalDay.of(newest);
        Final known = finals.get(operator);
        if (known == null || known.registry() != registry || !known.day().equals(day)) {
            // A day more or less is the same: it is a day earlier than need be.
            known = new Final(registry, day, AttemptJudgements.finalBefore(operator, registry, day.start()));
            finals.put(operator, known);
        }
        return known.before();
    }

    /** Takes one change; answers the file of the bucket as it is then. */
    public LogFile take(
            AttemptTold told, LogFile file, RememberedAttempts remembered, Registry registry, Receiver receiver)
            throws Exception {
        Attempt attempt = told.attempt();
        String table = attempt.position().table();
        String rowKey = attempt.attemptKey().substring(table.length() + 1);
        boolean logged = !attempt.position().snapshot();
        long newest =
                logged ? Math.max(file.newest(), Nanos.of(attempt.position().committedAt())) : file.newest();
        LogFile now = new LogFile(file.pages(), newest, file.toldFrom());
        Instant finalBefore = finalBefore(attempt.operator(), registry, Nanos.instant(newest));

        RememberedAttempt old = remembered.of(table, rowKey, file.pages());
        if (old != null && old.isBefore(finalBefore)) {
            old = null;
        }
        boolean mayBeAgain = told.told() == Told.AGAIN || told.told() == Told.INHERITED;
        boolean again = mayBeAgain && old != null && old.newest() == told.identity();
        if (old != null && old.knows(told.identity()) && !again) {
            receiver.notApplicable("duplicate");
            return now;
        }
        boolean another = old != null && isAnother(told, old);
        RememberedAttempt before = another ? null : old;
        RememberedAttempt after = after(told, table, rowKey, old, before);
        boolean late = after.isBefore(finalBefore)
                || (told.told() != Told.INHERITED
                        && AttemptJudgements.comesTooLate(
                                after.attempt(
                                        attempt.operator(),
                                        attempt.system(),
                                        attempt.mappingVersion(),
                                        attempt.position()),
                                registry));
        if (late) {
            receiver.tooLate(told);
            // What the row says from now on is of that attempt, not of the one before; unless an earlier one is
            // repeated.
            boolean fromNowOn = another && Nanos.of(attempt.position().committedAt()) == newest;
            if (!fromNowOn) {
                return now;
            }
            settle(old, told, receiver);
            return new LogFile(
                    remembered.remember(after.inTheShadowOf(old), file.pages(), finalBefore), newest, file.toldFrom());
        }
        if (before == null && !after.kept()) {
            receiver.notApplicable("filtered-row");
            return now;
        }
        if (another) {
            settle(old, told, receiver);
        }
        int pages = remembered.remember(after, file.pages(), finalBefore);
        if (before != null && before.saysTheSame(after)) {
            receiver.notApplicable(logged ? "no-fact-changed" : "snapshot-confirmed");
        } else {
            receiver.changed(before, after, told);
        }
        return new LogFile(pages, newest, file.toldFrom());
    }

    private static void settle(RememberedAttempt old, AttemptTold told, Receiver receiver) throws Exception {
        if (old.kept()) {
            receiver.settled(old, told);
        }
    }

    private static boolean isAnother(AttemptTold told, RememberedAttempt old) {
        TimeBounds at = told.attempt().at();
        return told.told() == Told.INSERTED && !(at.declared() && at.equals(old.at()));
    }

    private static RememberedAttempt after(
            AttemptTold told, String table, String rowKey, RememberedAttempt old, RememberedAttempt before) {
        Attempt attempt = told.attempt();
        boolean carriesOn = before != null;
        List<Long> identities = new ArrayList<>(old == null ? List.of() : old.identities());
        if (!identities.contains(told.identity())) {
            identities.add(told.identity());
        }
        if (identities.size() > MOST_IDENTITIES) {
            identities.remove(0);
        }
        int ordinal = old == null ? 0 : carriesOn ? old.ordinal() : old.ordinal() + 1;
        boolean kept = told.kept() == null ? carriesOn && before.kept() : told.kept();
        return new RememberedAttempt(
                table,
                rowKey,
                ordinal,
                identities,
                kept,
                carriesOn && told.unchanged().contains(Part.POINT) ? before.pointId() : attempt.pointId(),
                carriesOn && told.unchanged().contains(Part.PERSON) ? before.person() : attempt.person(),
                carriesOn && (told.unchanged().contains(Part.TIME) || isOnlyFoundLater(attempt, before))
                        ? before.at()
                        : attempt.at(),
                carriesOn && told.unchanged().contains(Part.METHOD) ? before.method() : attempt.method(),
                carriesOn && told.unchanged().contains(Part.OUTCOME) ? before.outcome() : attempt.outcome());
    }

    private static boolean isOnlyFoundLater(Attempt attempt, RememberedAttempt before) {
        return attempt.position().snapshot()
                && !before.at().declared()
                && attempt.at().latest().isAfter(before.at().latest());
    }
}
