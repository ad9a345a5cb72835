package org.faceaudit.intake.operator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.faceaudit.intake.mapping.FactMapping;
import org.faceaudit.intake.mapping.FactMapping.AccessPointMapping;
import org.faceaudit.intake.mapping.FactMapping.AttemptMapping;
import org.faceaudit.intake.mapping.FactMapping.ConsentMapping;
import org.faceaudit.intake.mapping.FactMapping.DeclaredFilingMapping;
import org.faceaudit.intake.mapping.FactMapping.FaceRecordMapping;
import org.faceaudit.intake.mapping.FactMapping.PurposeMapping;
import org.faceaudit.intake.mapping.FactMapping.TechnologyUseMapping;
import org.faceaudit.intake.mapping.FlagReading;
import org.faceaudit.intake.mapping.Reading;
import org.faceaudit.intake.mapping.TimeReading;
import org.faceaudit.intake.mapping.WordReading;

/**
 * What a fact understands of a row, and does not merely compare: a token or a descriptor in its place says nothing.
 *
 * @param times every time
 * @param words everything else, and what it is read as
 */
record ReadValues(List<TimeReading> times, Map<Reading, String> words) {

    static ReadValues of(FactMapping fact) {
        Map<Reading, String> words = new LinkedHashMap<>();
        List<TimeReading> times = new ArrayList<>();
        if (fact instanceof FaceRecordMapping record) {
            addAll(times, record.storedAt(), record.storedAfter());
            if (record.retention() != null) {
                addAll(times, record.retention().until());
                add(words, record.retention().daysColumn(), "a number of days");
            }
        } else if (fact instanceof AccessPointMapping point) {
            addAll(times, point.since());
            point.methods().flags().keySet().forEach(flag -> add(words, Reading.of(flag), "a truth value"));
            add(words, point.methods().column(), "a list of methods");
            add(words, point.space() == null ? null : point.space().column(), "a kind of space");
            add(words, point.inForce() == null ? null : point.inForce().column(), "a truth value");
        } else if (fact instanceof PurposeMapping purpose) {
            addAll(times, purpose.endsOn(), purpose.since());
        } else if (fact instanceof ConsentMapping consent) {
            addAll(times, consent.givenAt(), consent.withdrawnAt(), consent.expiresOn(), consent.birth());
            flag(words, consent.separate());
            flag(words, consent.withdrawn());
            flag(words, consent.guardian());
            word(words, consent.scope());
            word(words, consent.legalBasis());
        } else if (fact instanceof AttemptMapping attempt) {
            addAll(times, attempt.at());
            word(words, attempt.method());
            word(words, attempt.outcome());
        } else if (fact instanceof TechnologyUseMapping use) {
            addAll(times, use.startedOn(), use.terminatedOn());
            word(words, use.scene());
        } else if (fact instanceof DeclaredFilingMapping filing) {
            addAll(times, filing.submittedOn(), filing.returnedOn(), filing.acceptedOn(), filing.withdrawnOn());
            word(words, filing.kind());
            word(words, filing.authority());
            add(words, filing.declaredPersons(), "a number of persons");
        }
        return new ReadValues(times, words);
    }

    private static void addAll(List<TimeReading> times, TimeReading... read) {
        Stream.of(read).filter(Objects::nonNull).forEach(times::add);
    }

    private static void add(Map<Reading, String> words, Reading reading, String as) {
        if (reading != null) {
            words.put(reading, as);
        }
    }

    private static void flag(Map<Reading, String> words, FlagReading flag) {
        add(words, flag == null ? null : flag.column(), "a truth value");
    }

    private static void word(Map<Reading, String> words, WordReading word) {
        add(words, word == null ? null : word.column(), "a word");
    }
}
