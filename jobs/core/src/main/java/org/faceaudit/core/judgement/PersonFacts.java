package org.faceaudit.core.judgement;

import java.util.Collection;
import java.util.List;
import org.faceaudit.core.event.Consent;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.Purpose;

/**
 * All that images of one person in one system are judged by; the order of the elements does not matter.
 *
 * @param records the records whose newest version names the person, or one record without a person
 * @param purposes the person's purposes in the system
 * @param consents the person's consents in the system
 * @param consentsMapped whether the source says anything of consents: else that none is here means nothing
 */
public record PersonFacts(
        Collection<FaceRecord> records,
        Collection<Purpose> purposes,
        Collection<Consent> consents,
        boolean consentsMapped) {

    public PersonFacts {
        records = List.copyOf(records);
        purposes = List.copyOf(purposes);
        consents = List.copyOf(consents);
    }
}
