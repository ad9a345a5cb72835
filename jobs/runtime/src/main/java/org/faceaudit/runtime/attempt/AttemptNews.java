package org.faceaudit.runtime.attempt;

import java.util.Objects;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.runtime.fact.Scopes;

/**
 * What is new of the attempts of one access point or of one person, on its way to the step that keeps them together.
 *
 * @param source {@code operator/system}
 * @param scope the access point, or the person, within the source
 * @param point how the access point is configured through time, in the place of what was told before; else {@code null}
 * @param here an attempt that was made, in the place of the same one; {@code null} for none
 * @param gone an attempt that turned out not to be this scope's; {@code null} for none
 */
public record AttemptNews(String source, String scope, AccessPoint point, AttemptPage here, AttemptPage gone) {

    public AttemptNews {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(scope, "scope");
    }

    public static AttemptNews of(AccessPoint point) {
        return new AttemptNews(Scopes.source(point.operator(), point.system()), point.pointId(), point, null, null);
    }

    /** Of the attempt's access point. */
    public static AttemptNews atPoint(Attempt attempt, AttemptPage here, AttemptPage gone) {
        return new AttemptNews(source(attempt), attempt.pointId(), null, here, gone);
    }

    /** Of whoever made the attempt. */
    public static AttemptNews ofPerson(Attempt attempt, AttemptPage here, AttemptPage gone) {
        return new AttemptNews(
                source(attempt),
                attempt.person().group() + '|' + attempt.person().digest(),
                null,
                here,
                gone);
    }

    private static String source(Attempt attempt) {
        return Scopes.source(attempt.operator(), attempt.system());
    }

    /** The key that brings all attempts of one scope to one place. */
    public String key() {
        return source + '/' + scope;
    }
}
