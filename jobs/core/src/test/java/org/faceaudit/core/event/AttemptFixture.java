package org.faceaudit.core.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Builds the attempts of one system, each committed when it was made unless said otherwise. */
public final class AttemptFixture {

    private final String operator;
    private final String system;
    private final List<Attempt> attempts = new ArrayList<>();

    private AttemptFixture(String operator, String system) {
        this.operator = operator;
        this.system = system;
    }

    public static AttemptFixture attempts(String operator, String system) {
        return new AttemptFixture(operator, system);
    }

    /** A member by number; {@code null} is nobody known. */
    public static PersonToken member(String number) {
        return number == null ? null : new PersonToken("member-no", "k1", "upper", "", "m-" + number);
    }

    /** One attempt; point, person, method and outcome may be {@code null}. */
    public AttemptFixture attempt(
            Instant at, String pointId, PersonToken person, String method, AttemptOutcome outcome) {
        return attempt(TimeBounds.declared(at), at, pointId, person, method, outcome);
    }

    /** One attempt that came to the database at an instant of its own. */
    public AttemptFixture attempt(
            TimeBounds at,
            Instant committedAt,
            String pointId,
            PersonToken person,
            String method,
            AttemptOutcome outcome) {
        long offset = attempts.size() + 1L;
        attempts.add(new Attempt(
                operator,
                system,
                "public.passage/" + offset,
                pointId,
                person,
                at,
                method,
                outcome,
                "m1",
                new Position(
                        "cdc." + operator + "." + system,
                        0,
                        1_000 + offset,
                        "1/" + offset,
                        "a" + offset,
                        "public.passage",
                        "k-" + offset,
                        committedAt,
                        false)));
        return this;
    }

    public List<Attempt> build() {
        return List.copyOf(attempts);
    }
}
