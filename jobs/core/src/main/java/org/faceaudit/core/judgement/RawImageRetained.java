package org.faceaudit.core.judgement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.faceaudit.core.alert.AlertKey;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Evidence;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.counting.ThingHash;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.Purpose;
import org.faceaudit.core.images.ImageDelta;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.core.law.Registry;

/**
 * Raw images are still stored past the day they became due (Art. 8 ¶2 of the Measures: no longer than the shortest time
 * the purpose needs; PIPL 47). One alert per system and cause: VIOLATION while any image is past due, else WARNING while
 * one comes due, else SUSPECTED while only the earliest possible due day of some has passed; a resolved episode bears
 * the gravest of them. A VIOLATION is dated from the first image that counts for certain, anything less from the first
 * that may. Keeping a raw image is no breach in itself.
 *
 * <p>Known gaps: consent withdrawn, images kept after verification, termination, statutory floors and holds.
 */
final class RawImageRetained {

    static final String RULE_ID = "raw-image-retained";

    private static final List<Verdict> GRAVEST_FIRST = List.of(Verdict.VIOLATION, Verdict.WARNING, Verdict.SUSPECTED);

    private static final Comparator<ImageClaim> EARLIEST_CAUSE =
            Comparator.comparing(ImageClaim::dueOn).thenComparing(ImageClaim::cause);

    private RawImageRetained() {}

    /** The findings of some records of one person, each image under its earliest cause. */
    static List<ImageFinding> findings(
            Collection<FaceRecord> records, Collection<Purpose> purposes, Registry registry) {
        Instant inForce = registry.inForce().start();
        List<ImageFinding> findings = new ArrayList<>();
        for (FaceRecord record : records) {
            PurposeEnded purposeEnded = new PurposeEnded(record.operator(), purposes, registry);
            for (StoredImage image : StoredImage.of(record)) {
                List<ImageClaim> claims = new ArrayList<>(PeriodEnded.claims(image));
                claims.addAll(purposeEnded.claims(image));
                for (ImageClaim claim : earliest(claims, inForce)) {
                    findings.add(finding(record, image, claim));
                }
            }
        }
        findings.sort(Comparator.comparing(ImageFinding::recordKey).thenComparing(ImageFinding::from));
        return findings;
    }

    private static ImageFinding finding(FaceRecord record, StoredImage image, ImageClaim claim) {
        PersonToken person = image.versions().get(image.versions().size() - 1).person();
        return new ImageFinding(
                record.operator(),
                record.system(),
                record.recordKey(),
                claim.cause().id(),
                claim.stage(),
                person == null ? null : person.group() + '|' + person.digest(),
                LegalDay.of(image.presence().startEarliest()),
                LegalDay.of(image.presence().startLatest()),
                claim.dueOn(),
                claim.from(),
                claim.to(),
                claim.to() != null && claim.to().equals(image.presence().endEarliest()),
                together(List.of(image.position()), claim.positions()));
    }

    private static List<Position> together(List<Position> some, List<Position> others) {
        List<Position> all = new ArrayList<>(some);
        all.addAll(others);
        return Positions.sorted(all);
    }

    /** At every instant from the Measures' first on, the claim with the earliest due day, once it counts. */
    private static List<ImageClaim> earliest(List<ImageClaim> claims, Instant inForce) {
        TreeSet<Instant> bounds = new TreeSet<>();
        for (ImageClaim claim : claims) {
            bounds.add(ImageClaim.later(claim.from(), inForce));
            if (claim.to() != null && claim.to().isAfter(inForce)) {
                bounds.add(claim.to());
            }
        }
        List<ImageClaim> earliest = new ArrayList<>();
        for (Instant from : bounds) {
            ImageClaim claim = claims.stream()
                    .filter(candidate -> candidate.holds(from))
                    .min(EARLIEST_CAUSE)
                    .orElse(null);
            if (claim == null || claim.stage() == null) {
                continue;
            }
            ImageClaim last = earliest.isEmpty() ? null : earliest.get(earliest.size() - 1);
            boolean goesOn = last != null
                    && from.equals(last.to())
                    && last.cause() == claim.cause()
                    && last.stage() == claim.stage()
                    && last.dueOn().equals(claim.dueOn());
            if (goesOn) {
                earliest.remove(earliest.size() - 1);
            }
            earliest.add(new ImageClaim(
                    claim.cause(),
                    claim.stage(),
                    claim.dueOn(),
                    goesOn ? last.from() : from,
                    bounds.higher(from),
                    goesOn ? together(last.positions(), claim.positions()) : claim.positions()));
        }
        return earliest;
    }

    /** The alert of one cause, from its counts by instant. */
    static Derivation derive(
            String operator,
            String system,
            String cause,
            List<ImageDelta> deltas,
            Registry registry,
            Instant known,
            Wake wake) {
        List<Episode> episodes = new ArrayList<>();
        Counting counting = new Counting();
        for (int i = 0; i < deltas.size(); ) {
            Instant at = deltas.get(i).slot().at();
            if (at.isAfter(known)) {
                wake.at(at);
                break;
            }
            for (; i < deltas.size() && deltas.get(i).slot().at().equals(at); i++) {
                counting.take(deltas.get(i));
            }
            if (counting.settle(at)) {
                continue;
            }
            if (counting.openedAt != null) {
                episodes.add(episode(episodes.size() + 1, operator, system, cause, counting, at, registry));
            }
            counting = new Counting();
        }
        if (counting.openedAt != null) {
            episodes.add(episode(episodes.size() + 1, operator, system, cause, counting, null, registry));
        }
        return new Derivation(new AlertKey(RULE_ID, operator, "image-cause", system + '/' + cause, ""), episodes);
    }

    private static Episode episode(
            int ordinal,
            String operator,
            String system,
            String cause,
            Counting counting,
            Instant resolvedAt,
            Registry registry) {
        Map<Verdict, Integer> images = resolvedAt == null ? counting.stored : counting.peak;
        Verdict verdict = GRAVEST_FIRST.stream()
                .filter(stage -> images.getOrDefault(stage, 0) > 0)
                .findFirst()
                .orElseThrow();
        int measured = images.get(verdict);
        boolean violation = verdict == Verdict.VIOLATION;
        Due dueDays = violation ? counting.certain : counting.all;
        LegalDay due = resolvedAt == null ? dueDays.now() : dueDays.earliest();
        Instant openedAt = violation ? counting.certainAt : counting.openedAt;
        LegalDay opened = LegalDay.of(openedAt);
        ImageCause reason = ImageCause.of(cause);
        boolean sure = verdict != Verdict.SUSPECTED;
        String name = Wording.name(operator, registry);
        String zh = name + "的系统" + system + "自" + opened + "起存有" + reason.zh(sure) + "的人脸原始图像,其中最早到期的最迟应于" + due
                + reason.graceZh()
                + "删除(《人脸识别技术应用安全管理办法》第八条第二款、《个人信息保护法》第四十七条);"
                + (resolvedAt == null ? "" : "最多") + zh(verdict) + measured + "幅"
                + (resolvedAt == null ? "" : ",于" + LegalDay.of(resolvedAt) + "结束") + "。";
        String en = "System " + system + " of " + name + " has stored raw face images for which " + reason.en(sure)
                + " since " + opened + ", the earliest to be deleted by " + due + reason.graceEn()
                + " (Art. 8 ¶2 of the Measures; PIPL 47); " + measured + " images " + en(verdict)
                + (resolvedAt == null ? "" : " at the most, until " + LegalDay.of(resolvedAt)) + ".";
        return EpisodeDraft.in(registry)
                .ordinal(ordinal)
                .system(system)
                .verdict(verdict)
                .occurredOn(opened)
                .openedAt(openedAt)
                .resolvedAt(resolvedAt)
                .severity(RULE_ID, operator)
                .dueOn(due)
                .measured(measured, null, "images")
                .mapping(counting.mappingVersion)
                .explained(zh, en)
                .evidence(counting.evidence())
                .build();
    }

    private static String zh(Verdict verdict) {
        return switch (verdict) {
            case VIOLATION -> "逾期";
            case WARNING -> "待删除";
            default -> "可能逾期";
        };
    }

    private static String en(Verdict verdict) {
        return switch (verdict) {
            case VIOLATION -> "past due";
            case WARNING -> "coming due";
            default -> "possibly past due";
        };
    }

    /** The due days of images that count. */
    private static final class Due {
        private final TreeMap<LegalDay, Integer> images = new TreeMap<>();
        private LegalDay earliest;

        private void take(LegalDay day, int change) {
            if (images.merge(day, change, Integer::sum) == 0) {
                images.remove(day);
            }
        }

        private void settle() {
            if (!images.isEmpty() && (earliest == null || now().isBefore(earliest))) {
                earliest = now();
            }
        }

        /** The earliest of the images that count now. */
        private LegalDay now() {
            return images.firstKey();
        }

        /** The earliest of all that counted at any time. */
        private LegalDay earliest() {
            return earliest;
        }
    }

    /** The images that count, through one episode. */
    private static final class Counting {
        private final Map<Verdict, Integer> stored = new EnumMap<>(Verdict.class);
        private final Map<Verdict, Integer> peak = new EnumMap<>(Verdict.class);
        private final Due all = new Due();
        private final Due certain = new Due();
        private final Set<Position> positions = new HashSet<>();
        private boolean tooMany;
        private Instant openedAt;
        private Instant certainAt;
        private Instant lastChange;
        private String mappingVersion;
        private long begun;
        private long hash;

        private void take(ImageDelta delta) {
            Verdict stage = delta.slot().stage();
            int change = delta.begun() - delta.ended();
            stored.merge(stage, change, Integer::sum);
            all.take(delta.slot().dueOn(), change);
            if (stage != Verdict.SUSPECTED) {
                certain.take(delta.slot().dueOn(), change);
            }
            begun += delta.begun();
            hash += delta.hash();
            note(delta);
            if (openedAt == null && delta.mappingVersion() != null) {
                mappingVersion = mappingVersion == null || mappingVersion.compareTo(delta.mappingVersion()) < 0
                        ? delta.mappingVersion()
                        : mappingVersion;
            }
        }

        /** Positions are whole only in slots where no more images begin than may be listed. */
        private void note(ImageDelta delta) {
            tooMany |= delta.begun() > Evidence.MAX_POSITIONS;
            if (!tooMany) {
                delta.positions().forEach(counted -> positions.add(counted.position()));
                tooMany = positions.size() > Evidence.MAX_POSITIONS;
            }
        }

        /** Takes note of where an instant leaves the counts; says whether any image counts from it on. */
        private boolean settle(Instant at) {
            lastChange = at;
            if (all.images.isEmpty()) {
                return false;
            }
            openedAt = openedAt == null ? at : openedAt;
            certainAt = certainAt == null && !certain.images.isEmpty() ? at : certainAt;
            all.settle();
            certain.settle();
            stored.forEach((stage, count) -> peak.merge(stage, count, Math::max));
            return true;
        }

        private Evidence evidence() {
            return tooMany
                    ? Evidence.range(openedAt, lastChange, begun, ThingHash.text(hash))
                    : Evidence.of(Positions.sorted(positions));
        }
    }
}
