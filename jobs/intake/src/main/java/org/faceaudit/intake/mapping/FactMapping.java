package org.faceaudit.intake.mapping;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What one row of a table means. */
public sealed interface FactMapping extends Serializable {

    /** The event kind as a mapping writes it. */
    String event();

    /** Every value read, without the presence columns of a face record. */
    List<Reading> readings();

    private static List<Reading> known(Reading... readings) {
        return Stream.of(readings).filter(Objects::nonNull).toList();
    }

    private static Reading column(TimeReading time) {
        return time == null ? null : time.column();
    }

    /**
     * The row is a stored face artefact.
     *
     * @param person whose face; {@code null} if the table does not say
     * @param image what tells that a raw image is there
     * @param template what tells that a template is there
     * @param storedAt when it was stored; {@code null} if the product keeps no date
     * @param storedAfter an instant before which it cannot have been stored; {@code null} if none is known
     * @param retention how long it may be kept as notified; {@code null} if not mapped
     */
    record FaceRecordMapping(
            PersonReading person,
            PresenceReading image,
            PresenceReading template,
            TimeReading storedAt,
            TimeReading storedAfter,
            RetentionReading retention)
            implements FactMapping {

        public FaceRecordMapping {
            Objects.requireNonNull(image, "image");
            Objects.requireNonNull(template, "template");
        }

        @Override
        public String event() {
            return "face-record";
        }

        @Override
        public List<Reading> readings() {
            List<Reading> readings = new ArrayList<>(known(column(storedAt), column(storedAfter)));
            if (person != null) {
                readings.addAll(known(person.column(), person.collection()));
            }
            if (retention != null) {
                readings.addAll(known(retention.daysColumn(), column(retention.until())));
            }
            return List.copyOf(readings);
        }
    }

    /**
     * The row is an access point.
     *
     * @param id the point's id; {@code null} for the row's key
     * @param site the place it belongs to; {@code null} if not mapped
     * @param space the kind of space it stands in; {@code null} if not mapped
     * @param inForce whether it is in service; {@code null} if every row is
     * @param methods the methods it offers
     * @param since since when it is as a first snapshot finds it; {@code null} if not known
     */
    record AccessPointMapping(
            Reading id,
            Reading site,
            SpaceReading space,
            InForceReading inForce,
            MethodsReading methods,
            TimeReading since)
            implements FactMapping {

        public AccessPointMapping {
            Objects.requireNonNull(methods, "methods");
        }

        @Override
        public String event() {
            return "access-point";
        }

        @Override
        public List<Reading> readings() {
            List<Reading> readings = new ArrayList<>(known(
                    id,
                    site,
                    space == null ? null : space.column(),
                    inForce == null ? null : inForce.column(),
                    methods.column(),
                    column(since)));
            methods.flags().keySet().forEach(flag -> readings.add(Reading.of(flag)));
            return List.copyOf(readings);
        }
    }

    /**
     * The row is a purpose for which a person's face is held, and says when it ends.
     *
     * @param person whom it concerns
     * @param endsOn its last day
     * @param since since when it is as a first snapshot finds it; {@code null} if not known
     */
    record PurposeMapping(PersonReading person, TimeReading endsOn, TimeReading since) implements FactMapping {

        public PurposeMapping {
            Objects.requireNonNull(person, "person");
            Objects.requireNonNull(endsOn, "endsOn");
        }

        @Override
        public String event() {
            return "purpose-end";
        }

        @Override
        public List<Reading> readings() {
            return known(person.column(), person.collection(), endsOn.column(), column(since));
        }
    }

    /**
     * The row is one verification attempt.
     *
     * @param accessPoint the point's id as an access point's row says it; {@code null} if not mapped
     * @param person who tried; {@code null} if not mapped
     * @param at when; {@code null} if the product keeps no time of its own
     * @param method how; {@code null} if not mapped
     * @param outcome how it went; {@code null} if not mapped
     */
    record AttemptMapping(
            Reading accessPoint, PersonReading person, TimeReading at, WordReading method, WordReading outcome)
            implements FactMapping {

        @Override
        public String event() {
            return "attempt";
        }

        @Override
        public List<Reading> readings() {
            List<Reading> readings = new ArrayList<>(known(accessPoint, column(at), said(method), said(outcome)));
            if (person != null) {
                readings.addAll(known(person.column(), person.collection()));
            }
            return List.copyOf(readings);
        }

        private static Reading said(WordReading word) {
            return word == null ? null : word.column();
        }
    }
}
