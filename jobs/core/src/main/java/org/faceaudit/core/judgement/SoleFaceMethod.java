package org.faceaudit.core.judgement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.AccessPointVersion;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.RegisteredException;
import org.faceaudit.core.law.Registry;

/**
 * A face is the only way in (Art. 10 of the Measures): an access point in force whose enabled methods are the face alone
 * for longer than the grace: VIOLATION. SUSPECTED at a side point (another point of the same site offers another
 * method), under an exception that has expired, or where the operator states that no method is equivalent. A valid
 * exception makes it EXEMPT.
 *
 * <p>Judged on the configuration: a fallback that is offered but useless is another rule's business, and another
 * biometric is another method. Methods that can no longer be read resolve nothing: the state goes on as far as anybody
 * knows, if it had outlasted the grace when it was last read.
 *
 * <p>Known gaps: an exception that names a different subject is taken as none here.
 */
final class SoleFaceMethod {

    static final String RULE_ID = "sole-face-method";

    private static final String FACE = "FACE";

    private static final Comparator<RegisteredException> MOST_SPECIFIC_LONGEST_FIRST =
            Comparator.<RegisteredException>comparingInt(
                            exception -> -exception.subjectId().length())
                    .thenComparing(
                            RegisteredException::validTo, Comparator.nullsFirst(Comparator.<LegalDay>reverseOrder()))
                    .thenComparing(RegisteredException::id);

    /**
     * One stretch during which the point offers the face alone, as far as it can be read.
     *
     * @param newest the last version that was read so
     * @param unread the first version since then that cannot be read, {@code null} for none
     * @param ended {@code null} while it does
     */
    private record FaceOnly(
            AccessPointVersion began, AccessPointVersion newest, AccessPointVersion unread, AccessPointVersion ended) {

        /** The methods became unreadable before the grace had passed: nothing more is known of the state. */
        boolean lost() {
            return ended != null && ended.inForce() && !readable(ended);
        }
    }

    private final String operator;
    private final String system;
    private final Collection<AccessPoint> points;
    private final Registry registry;
    private final Instant known;
    private final Wake wake;

    SoleFaceMethod(
            String operator,
            String system,
            Collection<AccessPoint> points,
            Registry registry,
            Instant known,
            Wake wake) {
        this.operator = operator;
        this.system = system;
        this.points = points.stream()
                .sorted(Comparator.comparing(AccessPoint::pointId))
                .toList();
        this.registry = registry;
        this.known = known;
        this.wake = wake;
    }

    Derivation derive(AccessPoint point) {
        String subject = system + '/' + point.pointId();
        List<Episode> episodes = new ArrayList<>();
        for (FaceOnly state : states(point)) {
            Episode episode = episode(episodes.size() + 1, subject, point, state);
            if (episode != null) {
                episodes.add(episode);
            }
        }
        return new Derivation(new AlertKey(RULE_ID, operator, "access-point", subject, ""), episodes);
    }

    private List<FaceOnly> states(AccessPoint point) {
        List<FaceOnly> states = new ArrayList<>();
        AccessPointVersion began = null;
        AccessPointVersion newest = null;
        AccessPointVersion unread = null;
        for (AccessPointVersion version : point.versions()) {
            if (faceOnly(version)) {
                began = began == null ? version : began;
                newest = version;
                unread = null;
            } else if (began != null && outlastedGrace(began, version)) {
                unread = unread == null ? version : unread;
            } else if (began != null) {
                states.add(new FaceOnly(began, newest, unread, version));
                began = null;
                unread = null;
            }
        }
        if (began != null) {
            states.add(new FaceOnly(began, newest, unread, null));
        }
        return states;
    }

    /** Whether a version that cannot be read came after the state had surely lasted longer than the grace. */
    private boolean outlastedGrace(AccessPointVersion began, AccessPointVersion version) {
        Instant start = start(began.from().latest());
        return version.inForce()
                && !readable(version)
                && start.plus(grace(start)).isBefore(version.from().earliest());
    }

    /** No state begins before the Measures. */
    private Instant start(Instant at) {
        Instant inForce = registry.inForce().start();
        return at.isBefore(inForce) ? inForce : at;
    }

    private Duration grace(Instant start) {
        return Duration.ofHours(registry.integer(RULE_ID + ".grace", operator, LegalDay.of(start)));
    }

    private static boolean faceOnly(AccessPointVersion version) {
        return version.inForce() && readable(version) && version.methods().equals(List.of(FACE));
    }

    private static boolean readable(AccessPointVersion version) {
        return version.methodsState() != FieldState.UNKNOWN;
    }

    /** {@code null} when the state was too short, or is not long enough yet. */
    private Episode episode(int ordinal, String subject, AccessPoint point, FaceOnly state) {
        Instant end = state.ended() == null ? null : state.ended().from().earliest();
        LegalDay day = LegalDay.of(end == null ? known : end.minusNanos(1));
        AccessPointVersion side = sidePoint(point, state.newest().site(), end);
        RegisteredException exception = exception(subject, day);
        boolean expired = exception != null && exception.expiredOn(day);
        boolean unequalled = exception != null && exception.statesNoEquivalent();
        boolean suspected = side != null || expired || unequalled;

        TimeBounds from = state.began().from();
        Instant start = start(suspected ? from.earliest() : from.latest());
        Instant openedAt = start.plus(grace(start));
        if (end == null ? openedAt.isAfter(known) : !openedAt.isBefore(end)) {
            if (end == null) {
                wake.at(openedAt);
            }
            return null;
        }
        EpisodeDraft draft = EpisodeDraft.in(registry)
                .ordinal(ordinal)
                .system(system)
                .verdict(suspected ? Verdict.SUSPECTED : Verdict.VIOLATION)
                .occurredOn(LegalDay.of(start))
                .openedAt(openedAt)
                .severity(RULE_ID, operator)
                .mapping(point.mappingVersion())
                .evidence(evidence(state, side, exception));
        if (exception != null) {
            draft.exception(exception.id());
            if (!expired && !unequalled && end == null) {
                draft.exempt();
            }
        }
        return explained(draft.resolvedAt(end), subject, LegalDay.of(start), state, side != null, exception, expired)
                .build();
    }

    /** What the state, its doubt and its exemption rest on. */
    private static Evidence evidence(FaceOnly state, AccessPointVersion side, RegisteredException exception) {
        List<Position> positions = new ArrayList<>();
        positions.add(state.began().position());
        if (state.unread() != null) {
            positions.add(state.unread().position());
        }
        if (state.ended() != null) {
            positions.add(state.ended().position());
        }
        if (side != null) {
            positions.add(side.position());
        }
        if (exception != null) {
            positions.add(exception.position());
        }
        return Evidence.of(Positions.sorted(positions));
    }

    /**
     * What another point of the site says that offered another method just before {@code end}, or perhaps now when it is
     * null; of several the one with the first id, {@code null} for none.
     */
    private AccessPointVersion sidePoint(AccessPoint point, String site, Instant end) {
        if (site == null) {
            return null;
        }
        for (AccessPoint other : points) {
            if (other.pointId().equals(point.pointId())) {
                continue;
            }
            AccessPointVersion version = null;
            for (AccessPointVersion candidate : other.versions()) {
                TimeBounds from = candidate.from();
                if (end == null
                        ? !from.earliest().isAfter(known)
                        : from.latest().isBefore(end)) {
                    version = candidate;
                }
            }
            if (version != null
                    && version.inForce()
                    && readable(version)
                    && site.equals(version.site())
                    && version.methods().stream().anyMatch(method -> !method.equals(FACE))) {
                return version;
            }
        }
        return null;
    }

    /** The exception that counts on a day: a valid one before a mere statement, that before an expired one. */
    private RegisteredException exception(String subject, LegalDay day) {
        List<RegisteredException> approved = registry.exceptions(RULE_ID, operator, subject).stream()
                .filter(RegisteredException::approved)
                .sorted(MOST_SPECIFIC_LONGEST_FIRST)
                .toList();
        for (RegisteredException exception : approved) {
            wake.at(exception.validFrom() == null ? null : exception.validFrom().start());
            wake.at(
                    exception.validTo() == null
                            ? null
                            : exception.validTo().plusDays(1).start());
        }
        RegisteredException statement = null;
        RegisteredException expired = null;
        for (RegisteredException exception : approved) {
            if (exception.validOn(day) && !exception.statesNoEquivalent()) {
                return exception;
            }
            if (exception.validOn(day) && statement == null) {
                statement = exception;
            }
            if (exception.expiredOn(day) && expired == null) {
                expired = exception;
            }
        }
        return statement == null ? expired : statement;
    }

    private EpisodeDraft explained(
            EpisodeDraft draft,
            String subject,
            LegalDay start,
            FaceOnly state,
            boolean side,
            RegisteredException exception,
            boolean expired) {
        String name = Wording.name(operator, registry);
        StringBuilder zh =
                new StringBuilder(name + "的验证点" + subject + "自" + start + "起以人脸识别作为唯一验证方式(《人脸识别技术应用安全管理办法》第十条)");
        StringBuilder en = new StringBuilder("Access point " + subject + " of " + name
                + " has offered face recognition as the only method since " + start + " (Art. 10 of the Measures)");
        if (side) {
            zh.append(",同一场所的其他验证点提供其他方式");
            en.append("; another point of the site offers another method");
        }
        if (exception != null) {
            String about = exception.id() + (exception.validTo() == null ? "" : ", " + exception.validTo());
            if (expired) {
                zh.append(",所登记的例外已过期(").append(about).append(")");
                en.append("; the registered exception has expired (")
                        .append(about)
                        .append(")");
            } else if (exception.statesNoEquivalent()) {
                zh.append(",登记声明没有其他同等方式(").append(about).append("),须人工核实");
                en.append("; it is stated that no other method is equivalent (")
                        .append(about)
                        .append("), to be checked by a person");
            } else {
                zh.append(",依登记的例外豁免(").append(about).append(")");
                en.append("; a registered exception covers it (").append(about).append(")");
            }
        }
        AccessPointVersion unread = state.lost() ? state.ended() : state.unread();
        if (unread != null) {
            LegalDay since = LegalDay.of(unread.from().earliest());
            zh.append(",自").append(since).append("起验证方式不可读取");
            en.append("; its methods are unreadable since ").append(since);
        }
        if (state.ended() != null && !state.lost()) {
            LegalDay ended = LegalDay.of(state.ended().from().earliest());
            zh.append(",该状态于").append(ended).append("结束");
            en.append("; this ended on ").append(ended);
        }
        return draft.explained(zh.append("。").toString(), en.append(".").toString());
    }
}
