package org.faceaudit.runtime.step;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.images.ImageFinding;

/** Writes what was found of one person. {@link ImageFindingsReader} is its mirror. Not thread-safe. */
final class ImageFindingsWriter {

    static final int STAGES = 7;
    static final int EXEMPT = 8;
    static final int CLEARED = 16;
    static final int TOLD = 32;
    static final int ENDS = 64;
    static final int AFTER_DUE = 128;
    static final int OF_RECORD = 1;
    static final int OF_OWN = 2;
    static final int OF_OTHER = 4;
    static final int STORED_LOW = 8;
    static final int STORED_HIGH = 16;
    static final int STORED_SAME = 32;
    static final int EXCEPTION = 64;

    /** Among so few changes each is found sooner without a map. */
    private static final int FEW = 8;

    private final PageOutput out;

    ImageFindingsWriter(PageOutput out) {
        this.out = out;
    }

    /**
     * The findings of a person.
     *
     * @param records in the order in which they are written
     * @param positions in that order too
     */
    void findings(PersonImages person, PersonToken own, List<FaceRecord> records, List<Position> positions)
            throws IOException {
        out.count(person.findings().size());
        if (person.findings().isEmpty()) {
            return;
        }
        ToIntFunction<Position> places = places(positions);
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < records.size(); i++) {
            numbers.put(records.get(i).recordKey(), i);
        }
        String ownText = own == null ? null : own.group() + '|' + own.digest();
        for (Finding finding : person.findings()) {
            finding(finding, numbers, places, ownText);
        }
    }

    /** The place of each in the list, -1 for none. */
    private static ToIntFunction<Position> places(List<Position> positions) {
        if (positions.size() <= FEW) {
            return positions::indexOf;
        }
        Map<Position, Integer> places = new HashMap<>();
        for (int i = positions.size() - 1; i >= 0; i--) {
            places.put(positions.get(i), i);
        }
        return position -> places.getOrDefault(position, -1);
    }

    private void finding(Finding kept, Map<String, Integer> numbers, ToIntFunction<Position> places, String own)
            throws IOException {
        ImageFinding finding = kept.image();
        boolean afterDue = finding.from().equals(finding.dueOn().plusDays(1).start());
        out.bits(finding.stage().ordinal()
                | (finding.exempt() ? EXEMPT : 0)
                | (finding.cleared() ? CLEARED : 0)
                | (kept.told() ? TOLD : 0)
                | (finding.to() != null ? ENDS : 0)
                | (afterDue ? AFTER_DUE : 0));
        Integer record = numbers.get(finding.recordKey());
        boolean ofOwn = own != null && own.equals(finding.personToken());
        boolean ofOther = !ofOwn && finding.personToken() != null;
        boolean storedLow = finding.storedOnLow() != null;
        boolean storedSame = storedLow && finding.storedOnLow().equals(finding.storedOnHigh());
        boolean storedHigh = !storedSame && finding.storedOnHigh() != null;
        out.bits((record != null ? OF_RECORD : 0)
                | (ofOwn ? OF_OWN : 0)
                | (ofOther ? OF_OTHER : 0)
                | (storedLow ? STORED_LOW : 0)
                | (storedHigh ? STORED_HIGH : 0)
                | (storedSame ? STORED_SAME : 0)
                | (finding.exceptionId() != null ? EXCEPTION : 0));
        if (record != null) {
            out.count(record);
        } else {
            out.text(finding.recordKey());
        }
        out.word(finding.cause());
        if (ofOther) {
            out.text(finding.personToken());
        }
        if (storedLow) {
            out.day(finding.storedOnLow());
        }
        if (storedHigh) {
            out.day(finding.storedOnHigh());
        }
        out.day(finding.dueOn());
        if (!afterDue) {
            out.instant(finding.from());
        }
        if (finding.to() != null) {
            out.instant(finding.to());
        }
        if (finding.exceptionId() != null) {
            out.word(finding.exceptionId());
        }
        out.count(finding.positions().size());
        for (Position position : finding.positions()) {
            int place = places.applyAsInt(position);
            out.count(place + 1);
            if (place < 0) {
                out.position(position, "", null);
            }
        }
    }
}
