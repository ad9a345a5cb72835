package org.faceaudit.intake.rows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.faceaudit.core.counting.CountDelta;
import org.faceaudit.core.counting.Holdings;
import org.faceaudit.core.counting.OperatorCounts;
import org.faceaudit.core.counting.PersonCountDay;
import org.faceaudit.core.counting.PersonHolding;
import org.faceaudit.core.counting.PersonUnion;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.Consent;
import org.faceaudit.core.event.DeclaredFiling;
import org.faceaudit.core.event.DeclaredUse;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.Purpose;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.law.LegalDay;

/** Counts the persons that rows tell of, change by change, as the job does. */
final class CountedPersons implements FactSink {

    private final Map<String, List<PersonHolding>> persons = new HashMap<>();
    private final OperatorCounts counts = new OperatorCounts("acme");

    /** What is stored at the end of a legal day: {@code low..high +added -removed records}. */
    String on(String day) {
        LegalDay legalDay = LegalDay.parse(day);
        PersonCountDay counted = counts.days(legalDay, legalDay).get(0);
        return counted.personsLow() + ".." + counted.personsHigh() + " +" + counted.added() + " -" + counted.removed()
                + " " + counted.records();
    }

    @Override
    public void faceRecord(FaceRecord before, FaceRecord after) {
        Holdings.recordDeltas(before, after).forEach(counts::addToDay);
        for (PersonHolding holding : Holdings.change(before, after)) {
            List<PersonHolding> held = persons.getOrDefault(holding.group() + '/' + holding.person(), List.of());
            List<PersonHolding> now = new ArrayList<>(held);
            now.removeIf(other -> other.holder().equals(holding.holder()));
            if (!holding.presences().isEmpty()) {
                now.add(holding);
            }
            persons.put(holding.group() + '/' + holding.person(), now);
            for (CountDelta delta : PersonUnion.persons(holding.operator(), holding.group(), held, now)) {
                counts.addToDay(delta);
            }
        }
    }

    @Override
    public void accessPoint(AccessPoint before, AccessPoint after) {}

    @Override
    public void purpose(Purpose before, Purpose after) {}

    @Override
    public void attempt(AttemptTold told) {}

    @Override
    public void consent(Consent before, Consent after) {}

    @Override
    public void use(DeclaredUse before, DeclaredUse after) {}

    @Override
    public void filing(DeclaredFiling before, DeclaredFiling after) {}

    @Override
    public void registry(RegistryChange change) {}

    @Override
    public void notApplicable(String reason, Position position) {}

    @Override
    public void unreadable(String field, String reason, Position position) {}
}
