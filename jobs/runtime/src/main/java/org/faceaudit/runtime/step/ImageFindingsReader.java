package org.faceaudit.runtime.step;

import static org.faceaudit.runtime.step.ImageFindingsWriter.*;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.runtime.fact.Scopes;

/** Reads what {@link ImageFindingsWriter} wrote. Not thread-safe. */
final class ImageFindingsReader {

    private static final Verdict[] STAGES_BY_NUMBER = Verdict.values();

    private final PageInput in;
    private final String source;

    /** @param source {@code operator/system} */
    ImageFindingsReader(PageInput in, String source) {
        this.in = in;
        this.source = source;
    }

    /** A finding whose positions are told by their numbers: from 1 those of the facts, else given here. */
    record Draft(ImageFinding bare, boolean told, int[] places, List<Position> others) {

        ImageFinding finding(List<Position> positions) {
            List<Position> all = new ArrayList<>(places.length);
            int other = 0;
            for (int place : places) {
                all.add(place == 0 ? others.get(other++) : positions.get(place - 1));
            }
            return new ImageFinding(
                    bare.operator(),
                    bare.system(),
                    bare.recordKey(),
                    bare.cause(),
                    bare.stage(),
                    bare.personToken(),
                    bare.storedOnLow(),
                    bare.storedOnHigh(),
                    bare.dueOn(),
                    bare.from(),
                    bare.to(),
                    bare.cleared(),
                    bare.exceptionId(),
                    bare.exempt(),
                    all);
        }
    }

    /**
     * The findings of a person.
     *
     * @param recordKeys of the person's records, in the order in which they were written
     * @param own the person as findings name it, {@code null} if the scope is none
     * @param evidence whether changes that no fact rests on are looked at
     */
    List<Draft> drafts(List<String> recordKeys, String own, boolean evidence) throws IOException {
        int size = in.count();
        List<Draft> drafts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            drafts.add(draft(recordKeys, own, evidence));
        }
        return drafts;
    }

    private Draft draft(List<String> recordKeys, String own, boolean evidence) throws IOException {
        int bits = in.bits();
        int more = in.bits();
        String record = (more & OF_RECORD) != 0 ? recordKeys.get(in.count()) : in.text();
        String cause = in.word();
        String person = null;
        if ((more & OF_OWN) != 0) {
            person = own;
        } else if ((more & OF_OTHER) != 0) {
            person = in.text();
        }
        LegalDay low = (more & STORED_LOW) != 0 ? in.day() : null;
        LegalDay high = (more & STORED_HIGH) != 0 ? in.day() : (more & STORED_SAME) != 0 ? low : null;
        LegalDay due = in.day();
        Instant from = (bits & AFTER_DUE) != 0 ? in.start(due.epochDay() + 1) : in.instant();
        Instant to = (bits & ENDS) != 0 ? in.instant() : null;
        String exception = (more & EXCEPTION) != 0 ? in.word() : null;
        int[] places = new int[in.count()];
        List<Position> others = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            places[i] = in.count();
            if (places[i] == 0) {
                others.add(in.position("", null, evidence));
            }
        }
        return new Draft(
                new ImageFinding(
                        Scopes.operator(source),
                        Scopes.system(source),
                        record,
                        cause,
                        STAGES_BY_NUMBER[bits & STAGES],
                        person,
                        low,
                        high,
                        due,
                        from,
                        to,
                        (bits & CLEARED) != 0,
                        exception,
                        (bits & EXEMPT) != 0,
                        List.of()),
                (bits & TOLD) != 0,
                places,
                others);
    }
}
