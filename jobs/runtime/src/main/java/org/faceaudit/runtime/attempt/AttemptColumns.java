package org.faceaudit.runtime.attempt;

import java.util.Arrays;
import org.faceaudit.core.event.AttemptOutcome;
import org.faceaudit.core.judgement.DayOfAttempts;

/** The attempts of one page column by column: enough to see whether one of them may decide something. */
public final class AttemptColumns implements DayOfAttempts {

    private static final int FIRST = 32;

    private final Words words;
    private int size;
    private long[] instants = new long[FIRST];
    private int[] methods = new int[FIRST];
    private AttemptOutcome[] outcomes = new AttemptOutcome[FIRST];
    private long[] persons = new long[FIRST];

    AttemptColumns(Words words) {
        this.words = words;
    }

    void add(long at, int method, AttemptOutcome outcome, long person) {
        if (size == instants.length) {
            instants = Arrays.copyOf(instants, 2 * size);
            methods = Arrays.copyOf(methods, 2 * size);
            outcomes = Arrays.copyOf(outcomes, 2 * size);
            persons = Arrays.copyOf(persons, 2 * size);
        }
        instants[size] = at;
        methods[size] = method;
        outcomes[size] = outcome;
        persons[size] = person;
        size++;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public long at(int number) {
        return instants[number];
    }

    @Override
    public String method(int number) {
        return words.word(methods[number]);
    }

    @Override
    public AttemptOutcome outcome(int number) {
        return outcomes[number];
    }

    @Override
    public long person(int number) {
        return persons[number];
    }
}
