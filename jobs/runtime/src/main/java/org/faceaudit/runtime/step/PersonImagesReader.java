package org.faceaudit.runtime.step;

import static org.faceaudit.runtime.step.PersonImagesWriter.*;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.runtime.step.ImageFindingsReader.Draft;

/** Reads what {@link PersonImagesWriter} wrote with the same words and base. Not thread-safe. */
final class PersonImagesReader {

    private final PageInput in;
    private final ImageFactsReader facts;
    private final ImageFindingsReader findings;

    private String scope;
    private String ownGroup;
    private String ownDigest;
    private boolean unjudged;
    private List<String> recordKeys = List.of();

    /** @param source {@code operator/system} */
    PersonImagesReader(PageWords words, String source, PageBase base) {
        this.in = new PageInput(words, base);
        this.facts = new ImageFactsReader(in, source);
        this.findings = new ImageFindingsReader(in, source);
    }

    /** Whose the entry is. Asked of all entries of a leaf for each fact: no more is read than tells it. */
    String scope(PackedEntry written) {
        try {
            whose(written);
            if (ownGroup == null && scope == null) {
                recordKeys();
            }
            return scope();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    static boolean unjudged(PackedEntry written) {
        return (written.shape()[0] & UNJUDGED) != 0;
    }

    /** The findings alone, without the changes they rest on. */
    List<Finding> findings(PackedEntry written) {
        try {
            head(written);
            in.word();
            List<Finding> found = new ArrayList<>();
            for (Draft draft : findings.drafts(recordKeys, ownText(), false)) {
                found.add(new Finding(draft.bare(), draft.told()));
            }
            return found;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    PersonImages read(PackedEntry written) {
        try {
            head(written);
            PersonImages person = new PersonImages(scope());
            PersonToken own = ownGroup == null ? null : in.token(ownGroup, ownDigest);
            String mappingVersion = in.word();
            List<Draft> drafts = findings.drafts(recordKeys, ownText(), true);
            List<Position> positions = facts.read(person, own, recordKeys);
            List<Finding> found = new ArrayList<>(drafts.size());
            for (Draft draft : drafts) {
                found.add(new Finding(draft.finding(positions), draft.told()));
            }
            person.found(found, mappingVersion, unjudged);
            return person;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static UncheckedIOException unreadable(IOException e) {
        return new UncheckedIOException("what was written can be read", e);
    }

    private String ownText() {
        return ownGroup == null ? null : ownGroup + '|' + ownDigest;
    }

    private void head(PackedEntry written) throws IOException {
        whose(written);
        recordKeys();
    }

    private void whose(PackedEntry written) throws IOException {
        in.begin(written.shape(), written.values());
        int bits = in.bits();
        unjudged = (bits & UNJUDGED) != 0;
        ownGroup = null;
        scope = null;
        switch (bits & SCOPES) {
            case SCOPE_DIGEST -> {
                ownGroup = in.word();
                ownDigest = in.digest();
            }
            case SCOPE_TOKEN -> {
                ownGroup = in.word();
                ownDigest = in.text();
            }
            case SCOPE_TEXT -> scope = in.text();
            default -> {
                // told by the key of the first record
            }
        }
    }

    private void recordKeys() throws IOException {
        int records = in.count();
        recordKeys = new ArrayList<>(records);
        for (int i = 0; i < records; i++) {
            recordKeys.add(in.key());
        }
    }

    private String scope() {
        if (ownGroup != null) {
            return "person/" + ownGroup + '/' + ownDigest;
        }
        return scope == null ? "record/" + recordKeys.get(0) : scope;
    }
}
