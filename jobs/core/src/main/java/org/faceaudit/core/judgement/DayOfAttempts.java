package org.faceaudit.core.judgement;

import org.faceaudit.core.event.AttemptOutcome;

/** The attempts of one legal day at one point as far as {@link PointSurvey} needs them, in the order of time. */
public interface DayOfAttempts {

    int size();

    /** When an attempt was made, in nanoseconds since the epoch. */
    long at(int number);

    /** The method tried, {@code null} if not known. */
    String method(int number);

    /** {@code null} if not known. */
    AttemptOutcome outcome(int number);

    /** A number that is the same for the same person, on whatever day; 0 for nobody known. */
    long person(int number);
}
