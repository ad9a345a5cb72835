package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.AccessPointVersion;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/**
 * A face device inside a private space (Art. 13 of the Measures, last sentence): the face is among the enabled methods of a
 * point in service that stands in a guest room, a bath, a changing room or a toilet. VIOLATION at once, whatever else is
 * offered there and whoever put it there; of a point found by a first snapshot, from the latest possible instant.
 *
 * <p>It ends when the face is disabled, the point is out of service or gone, or stands elsewhere. Methods or a space that can no
 * longer be read end nothing; a point whose space was never read is not accused.
 *
 * <p>Registered exceptions are not read: the sentence binds every organisation and person and, unlike Art. 10, knows no
 * other provision of the state.
 *
 * <p>Known gaps: knows only the spaces that the operator's data name; a device that is installed and switched off is none here;
 * signs, the area of capture and the need for public security are not judged.
 */
final class PrivateSpaceDevice {

    static final String RULE_ID = "private-space-device";

    private static final Map<String, String> CHINESE =
            Map.of("GUEST_ROOM", "宾馆客房", "BATH", "公共浴室", "CHANGING_ROOM", "公共更衣室", "TOILET", "公共卫生间");

    private static final Map<String, String> ENGLISH = Map.of(
            "GUEST_ROOM", "a guest room", "BATH", "a bath", "CHANGING_ROOM", "a changing room", "TOILET", "a toilet");

    private final String operator;
    private final String system;
    private final Registry registry;
    private final Instant known;
    private final Wake wake;

    PrivateSpaceDevice(String operator, String system, Registry registry, Instant known, Wake wake) {
        this.operator = operator;
        this.system = system;
        this.registry = registry;
        this.known = known;
        this.wake = wake;
    }

    Derivation derive(AccessPoint point) {
        String subject = system + '/' + point.pointId();
        List<Episode> episodes = new ArrayList<>();
        AccessPointVersion began = null;
        AccessPointVersion newest = null;
        for (AccessPointVersion version : point.versions()) {
            if (inside(version)) {
                began = began == null ? version : began;
                newest = version;
            } else if (began != null && !unread(version)) {
                add(episodes, subject, point, began, newest, version);
                began = null;
            }
        }
        if (began != null) {
            add(episodes, subject, point, began, newest, null);
        }
        return new Derivation(new AlertKey(RULE_ID, operator, "access-point", subject, ""), episodes);
    }

    private static boolean inside(AccessPointVersion version) {
        return version.inForce()
                && version.methodsState() == FieldState.PRESENT
                && version.methods().contains(VerificationMethod.FACE)
                && version.space() != null
                && CHINESE.containsKey(version.space());
    }

    /** Whether a version leaves it open that the device is there as before. */
    private static boolean unread(AccessPointVersion version) {
        if (!version.inForce()) {
            return false;
        }
        boolean methods = version.methodsState() == FieldState.UNKNOWN;
        boolean space = AccessPointVersion.UNKNOWN_SPACE.equals(version.space());
        boolean perhapsFace = methods || version.methods().contains(VerificationMethod.FACE);
        boolean perhapsInside = space || (version.space() != null && CHINESE.containsKey(version.space()));
        return (methods || space) && perhapsFace && perhapsInside;
    }

    private void add(
            List<Episode> episodes,
            String subject,
            AccessPoint point,
            AccessPointVersion began,
            AccessPointVersion newest,
            AccessPointVersion ended) {
        Instant inForce = registry.inForce().start();
        Instant latest = began.from().latest();
        Instant from = latest.isBefore(inForce) ? inForce : latest;
        Instant end = ended == null ? null : ended.from().earliest();
        wake.at(from);
        if (from.isAfter(known) || (end != null && !from.isBefore(end))) {
            return;
        }
        LegalDay since = LegalDay.of(from);
        List<Position> positions = new ArrayList<>();
        positions.add(began.position());
        positions.add(newest.space().equals(began.space()) ? null : newest.position());
        positions.add(ended == null ? null : ended.position());
        String name = Wording.name(operator, registry);
        String zh = name + "的验证点" + subject + "自" + since + "起在" + CHINESE.get(newest.space())
                + "内部启用人脸识别设备(《人脸识别技术应用安全管理办法》第十三条)"
                + (ended == null ? "" : ",该情形于" + LegalDay.of(end) + "结束") + "。";
        String en = "Access point " + subject + " of " + name + " has had a face device enabled inside "
                + ENGLISH.get(newest.space()) + " since " + since + " (Art. 13 of the Measures)"
                + (ended == null ? "" : "; this ended on " + LegalDay.of(end)) + ".";
        episodes.add(EpisodeDraft.in(registry)
                .ordinal(episodes.size() + 1)
                .system(system)
                .verdict(Verdict.VIOLATION)
                .occurredOn(since)
                .openedAt(from)
                .resolvedAt(end)
                .severity(registry.integer(RULE_ID + ".severity", operator, since))
                .mapping(point.mappingVersion())
                .explained(zh, en)
                .evidence(Evidence.of(Positions.sorted(positions)))
                .build());
    }
}
