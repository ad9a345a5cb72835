package org.faceaudit.runtime.step;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.judgement.ImageJudgements;

/**
 * The row of one image and cause, as far as its source is known.
 *
 * @param cleared when the image was deleted, {@code null} while it is stored
 */
record ImageRow(ImageFinding finding, Instant cleared) {

    /** The rows by record and cause: each is of the newest stretch that has begun by an instant, {@code null} for none. */
    static Map<String, ImageRow> standing(List<ImageFinding> findings, Instant known) {
        if (known == null) {
            return Map.of();
        }
        ImageFinding only = null;
        Map<String, ImageFinding> newest = null;
        for (ImageFinding finding : findings) {
            if (finding.from().isAfter(known) || !ImageJudgements.isOfImage(finding)) {
                continue;
            }
            if (only == null) {
                only = finding;
                continue;
            }
            if (newest == null) {
                newest = new TreeMap<>();
                newest.put(id(only), only);
            }
            newest.merge(id(finding), finding, (one, other) -> other.from().isBefore(one.from()) ? one : other);
        }
        if (newest == null) {
            ImageRow row = only == null ? null : of(only, known);
            return row == null ? Map.of() : Map.of(id(only), row);
        }
        Map<String, ImageRow> rows = new TreeMap<>();
        newest.forEach((id, finding) -> {
            ImageRow row = of(finding, known);
            if (row != null) {
                rows.put(id, row);
            }
        });
        return rows;
    }

    private static String id(ImageFinding finding) {
        return finding.recordKey() + '/' + finding.cause();
    }

    /** {@code null} if the image counts no longer and was not deleted. */
    private static ImageRow of(ImageFinding finding, Instant known) {
        boolean over = finding.to() != null && !finding.to().isAfter(known);
        return over && !finding.cleared() ? null : new ImageRow(finding, over ? finding.to() : null);
    }

    /** Whether readers would see no difference. */
    boolean saysTheSameAs(ImageRow other) {
        return finding.rowVerdict() == other.finding.rowVerdict()
                && finding.dueOn().equals(other.finding.dueOn())
                && Objects.equals(cleared, other.cleared)
                && Objects.equals(finding.storedOnLow(), other.finding.storedOnLow())
                && Objects.equals(finding.storedOnHigh(), other.finding.storedOnHigh())
                && Objects.equals(finding.personToken(), other.finding.personToken());
    }
}
