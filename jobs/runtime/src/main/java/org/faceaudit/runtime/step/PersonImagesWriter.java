package org.faceaudit.runtime.step;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.runtime.fact.ImageFact;

/**
 * Writes what is kept of one person in few bytes: what a page repeats as the number of a word or of a shape, instants and days
 * from a base on, what follows from something else not at all. {@link PersonImagesReader} is its mirror. Not thread-safe.
 */
final class PersonImagesWriter {

    // How the scope is told.
    static final int SCOPE_TEXT = 0;
    static final int SCOPE_DIGEST = 1;
    static final int SCOPE_TOKEN = 2;
    static final int SCOPE_RECORD = 3;
    static final int SCOPES = 3;
    static final int UNJUDGED = 4;

    private final PageOutput out;
    private final ImageFactsWriter facts;
    private final ImageFindingsWriter findings;

    PersonImagesWriter(PageWords words, PageBase base) {
        this.out = new PageOutput(words, base);
        this.facts = new ImageFactsWriter(out);
        this.findings = new ImageFindingsWriter(out);
    }

    PackedEntry write(PersonImages person) {
        try {
            out.begin();
            List<FaceRecord> records = new ArrayList<>();
            person.facts().values().stream()
                    .map(ImageFact::record)
                    .filter(Objects::nonNull)
                    .forEach(records::add);
            PersonToken own = own(person);
            scope(person, own, records);
            out.count(records.size());
            for (FaceRecord record : records) {
                out.key(record.recordKey());
            }
            out.word(person.mappingVersion());
            findings.findings(person, own, records, ImageFactsWriter.positions(person));
            for (FaceRecord record : records) {
                facts.record(record, own);
            }
            facts.rest(person, own);
            return new PackedEntry(out.shape(), out.values(), out.apart());
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written", e);
        }
    }

    /** The token that the scope names, as some fact of the person has it; {@code null} if none does. */
    private static PersonToken own(PersonImages person) {
        for (ImageFact fact : person.facts().values()) {
            for (PersonToken token : tokens(fact)) {
                if (token != null && person.scope().equals(scope(token))) {
                    return token;
                }
            }
        }
        return null;
    }

    static String scope(PersonToken token) {
        return "person/" + token.group() + '/' + token.digest();
    }

    private static List<PersonToken> tokens(ImageFact fact) {
        List<PersonToken> tokens = new ArrayList<>();
        if (fact.record() != null) {
            fact.record().versions().forEach(version -> tokens.add(version.person()));
        } else if (fact.purpose() != null) {
            fact.purpose().versions().forEach(version -> tokens.add(version.person()));
        } else {
            fact.consent().versions().forEach(version -> tokens.add(version.person()));
        }
        return tokens;
    }

    private void scope(PersonImages person, PersonToken own, List<FaceRecord> records) throws IOException {
        int unjudged = person.unjudged() ? UNJUDGED : 0;
        if (own != null) {
            boolean digest = PageOutput.isDigest(own.digest());
            out.bits(unjudged | (digest ? SCOPE_DIGEST : SCOPE_TOKEN));
            out.group(own);
            if (digest) {
                out.digest(own.digest());
            } else {
                out.text(own.digest());
            }
        } else if (!records.isEmpty()
                && person.scope().equals("record/" + records.get(0).recordKey())) {
            out.bits(unjudged | SCOPE_RECORD);
        } else {
            out.bits(unjudged | SCOPE_TEXT);
            out.text(person.scope());
        }
    }
}
