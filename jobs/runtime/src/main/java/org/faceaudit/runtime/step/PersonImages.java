package org.faceaudit.runtime.step;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.faceaudit.core.event.Consent;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.Purpose;
import org.faceaudit.core.judgement.PersonFacts;
import org.faceaudit.runtime.fact.ImageFact;

/** What is known of one person in one source, or of one record without a person, and what was found of it last. Not thread-safe. */
final class PersonImages {

    private final String scope;
    private final TreeMap<String, ImageFact> facts = new TreeMap<>();
    private List<Finding> findings = List.of();
    private String mappingVersion;
    private boolean unjudged;

    /** @param scope see {@link ImageFact#scope} */
    PersonImages(String scope) {
        this.scope = scope;
    }

    String scope() {
        return scope;
    }

    /** The facts by {@link ImageFact#entry}, in its order. */
    Map<String, ImageFact> facts() {
        return facts;
    }

    /** Takes in what was told of one entry; the person must be judged anew. */
    void take(ImageFact fact) {
        if (fact.isGone()) {
            facts.remove(fact.entry());
        } else {
            facts.put(fact.entry(), fact);
        }
        unjudged = true;
    }

    /** Whether facts came since the findings were made. */
    boolean unjudged() {
        return unjudged;
    }

    /** What was found, with what mapping's version; {@code null} while no record was seen. */
    List<Finding> findings() {
        return findings;
    }

    String mappingVersion() {
        return mappingVersion;
    }

    /** Replaces what was found. */
    void found(List<Finding> found, String version, boolean stale) {
        findings = List.copyOf(found);
        mappingVersion = version;
        unjudged = stale;
    }

    /** The mapping by which the newest of the records was read, else the last one that is known. */
    String newestMappingVersion() {
        String newest = mappingVersion;
        for (ImageFact fact : facts.values()) {
            if (fact.record() != null) {
                newest = fact.record().mappingVersion();
            }
        }
        return newest;
    }

    /** What is judged. */
    PersonFacts judged(boolean consentsMapped) {
        List<FaceRecord> records = new ArrayList<>();
        List<Purpose> purposes = new ArrayList<>();
        List<Consent> consents = new ArrayList<>();
        for (ImageFact fact : facts.values()) {
            if (fact.record() != null) {
                records.add(fact.record());
            } else if (fact.purpose() != null) {
                purposes.add(fact.purpose());
            } else {
                consents.add(fact.consent());
            }
        }
        return new PersonFacts(records, purposes, consents, consentsMapped);
    }

    /** Whether nothing is left to remember. */
    boolean isNothing() {
        return facts.isEmpty() && findings.isEmpty() && !unjudged;
    }
}
