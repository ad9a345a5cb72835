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
import org.faceaudit.core.judgement.CitedException.Reach;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/**
 * A face is the only way in (Art. 10 of the Measures): an access point in force whose enabled methods are the face alone
 * for longer than the grace: VIOLATION. SUSPECTED at a side point (another point of the same site offers another
 * method), under an exception that has expired or that covers another point of the same place only, or where the operator
 * states that no method is equivalent. A valid exception makes it EXEMPT.
 *
 * <p>Judged on the configuration: that nobody has used another method, or refused, says nothing, and a fallback that is offered
 * but useless is another rule's business. Whose point it is does not matter: employees are bound to work there, not to show
 * their face. Another biometric is another method; where it alone ends the state, or makes the point a side point, the
 * explanation notes it, for proportionality is open. So is the person's own device ({@code DEVICE}), which unlocks by a face
 * that the operator never gets: the mapping's word is taken for that.
 *
 * <p>Methods that can no longer be read, or of which rows about the point say different things, resolve nothing: the state goes on as far as anybody knows, if it had outlasted the grace
 * when it was last read.
 *
 * <p>The same place is the same mapped site. Where no site is known, for a point of another place, for one that is not there,
 * or for another system, an exception is none here: it would soften every other gate.
 *
 * <p>Known gaps: whether a valid exception's instrument really covers the point is for people to read.
 */
final class SoleFaceMethod {

    static final String RULE_ID = "sole-face-method";

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
        return version.inForce() && readable(version) && version.methods().equals(List.of(VerificationMethod.FACE));
    }

    private static boolean readable(AccessPointVersion version) {
        return version.methodsState() != FieldState.UNKNOWN;
    }

    /** {@code null} when the state was too short, or is not long enough yet. */
    private Episode episode(int ordinal, String subject, AccessPoint point, FaceOnly state) {
        Instant end = state.ended() == null ? null : state.ended().from().earliest();
        LegalDay day = LegalDay.of(end == null ? known : end.minusNanos(1));
        AccessPointVersion side = sidePoint(point, state.newest().site(), end);
        CitedException cited = cited(subject, point, state.newest().site(), day, end);
        boolean exempt = cited != null && cited.reach() == Reach.VALID;
        boolean suspected = side != null || (cited != null && !exempt);

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
                .evidence(evidence(state, side, cited));
        if (cited != null) {
            draft.exception(cited.exception().id());
        }
        if (exempt && end == null) {
            draft.exempt();
        }
        return explained(draft.resolvedAt(end), subject, LegalDay.of(start), state, side, cited)
                .build();
    }

    /** What the state, its doubt and its exemption rest on. */
    private static Evidence evidence(FaceOnly state, AccessPointVersion side, CitedException cited) {
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
        if (cited != null) {
            positions.add(cited.exception().position());
        }
        if (cited != null && cited.covers() != null) {
            positions.add(cited.covers());
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
            AccessPointVersion version = at(other, end);
            if (version != null
                    && version.inForce()
                    && readable(version)
                    && site.equals(version.site())
                    && VerificationMethod.anyOther(version.methods())) {
                return version;
            }
        }
        return null;
    }

    /** What a point was just before {@code end}, or is now when that is null; {@code null} if it was not yet. */
    private AccessPointVersion at(AccessPoint point, Instant end) {
        AccessPointVersion version = null;
        for (AccessPointVersion candidate : point.versions()) {
            if (end == null
                    ? !candidate.from().earliest().isAfter(known)
                    : candidate.from().latest().isBefore(end)) {
                version = candidate;
            }
        }
        return version;
    }

    /** The exception that counts on a day, {@code null} for none. */
    private CitedException cited(String subject, AccessPoint point, String site, LegalDay day, Instant end) {
        return CitedException.of(
                        registry.exceptions(RULE_ID, operator),
                        subject,
                        day,
                        named -> points.stream()
                                .filter(other -> !other.pointId().equals(point.pointId()))
                                .filter(other -> named.equals(system + '/' + other.pointId()))
                                .map(other -> at(other, end))
                                .filter(version -> version != null && version.there())
                                .filter(version -> site != null && site.equals(version.site()))
                                .map(AccessPointVersion::position)
                                .findFirst(),
                        wake)
                .orElse(null);
    }

    private EpisodeDraft explained(
            EpisodeDraft draft,
            String subject,
            LegalDay start,
            FaceOnly state,
            AccessPointVersion side,
            CitedException cited) {
        String name = Wording.name(operator, registry);
        StringBuilder zh =
                new StringBuilder(name + "的验证点" + subject + "自" + start + "起以人脸识别作为唯一验证方式(《人脸识别技术应用安全管理办法》第十条)");
        StringBuilder en = new StringBuilder("Access point " + subject + " of " + name
                + " has offered face recognition as the only method since " + start + " (Art. 10 of the Measures)");
        if (side != null) {
            zh.append(",同一场所的其他验证点提供其他方式");
            en.append("; another point of the site offers another method");
            note(side, zh, en);
        }
        if (cited != null) {
            zh.append(cited.chinese());
            en.append(cited.english());
        }
        AccessPointVersion unread = state.lost() ? state.ended() : state.unread();
        if (unread != null) {
            LegalDay since = LegalDay.of(unread.from().earliest());
            zh.append(",自").append(since).append(unread.contradicted() ? "起对该验证点的配置记录相互矛盾" : "起验证方式不可读取");
            en.append(
                            unread.contradicted()
                                    ? "; the rows that configure it contradict each other since "
                                    : "; its methods are unreadable since ")
                    .append(since);
        }
        if (state.ended() != null && !state.lost()) {
            LegalDay ended = LegalDay.of(state.ended().from().earliest());
            zh.append(",该状态于").append(ended).append("结束");
            en.append("; this ended on ").append(ended);
            note(state.ended(), zh, en);
        }
        return draft.explained(zh.append("。").toString(), en.append(".").toString());
    }

    /** Notes that what is offered beside the face is biometric too. */
    private static void note(AccessPointVersion version, StringBuilder zh, StringBuilder en) {
        if (version.inForce() && VerificationMethod.othersAreBiometric(version.methods())) {
            zh.append(Wording.BIOMETRIC_ZH);
            en.append(Wording.BIOMETRIC_EN);
        }
    }
}
