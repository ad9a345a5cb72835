package org.faceaudit.intake.mapping;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What one row of a table means. */
public sealed interface FactMapping extends Serializable {

    /** The event kind as a mapping writes it. */
    String event();

    /** Every value read, without the presence columns of a face record. */
    List<Reading> readings();

    /** Everything that identifies whom the row concerns, the first above all. */
    List<PersonReading> persons();

    private static List<Reading> known(Reading... readings) {
        return Stream.of(readings).filter(Objects::nonNull).toList();
    }

    private static Reading column(TimeReading time) {
        return time == null ? null : time.column();
    }

    private static Reading column(WordReading word) {
        return word == null ? null : word.column();
    }

    /**
     * The row is a stored face artefact.
     *
     * @param person whose face; {@code null} if the table does not say
     * @param alsoNamed what else on the row, or behind it, identifies the same person
     * @param image what tells that a raw image is there
     * @param template what tells that a template is there
     * @param storedAt when it was stored; {@code null} if the product keeps no date
     * @param storedAfter an instant before which it cannot have been stored; {@code null} if none is known
     * @param retention how long it may be kept as notified; {@code null} if not mapped
     * @param dataClass what the law calls such images where a statutory floor holds for them; {@code null} for a face library
     */
    record FaceRecordMapping(
            PersonReading person,
            List<PersonReading> alsoNamed,
            PresenceReading image,
            PresenceReading template,
            TimeReading storedAt,
            TimeReading storedAfter,
            RetentionReading retention,
            String dataClass)
            implements FactMapping {

        public FaceRecordMapping {
            alsoNamed = List.copyOf(alsoNamed);
            Objects.requireNonNull(image, "image");
            Objects.requireNonNull(template, "template");
        }

        @Override
        public List<PersonReading> persons() {
            return Stream.concat(Stream.ofNullable(person), alsoNamed.stream()).toList();
        }

        @Override
        public String event() {
            return "face-record";
        }

        @Override
        public List<Reading> readings() {
            List<Reading> readings = new ArrayList<>(known(column(storedAt), column(storedAfter)));
            persons().forEach(named -> readings.addAll(named.readings()));
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
        public List<PersonReading> persons() {
            return List.of();
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
        public List<PersonReading> persons() {
            return List.of(person);
        }

        @Override
        public List<Reading> readings() {
            List<Reading> readings = new ArrayList<>(person.readings());
            readings.addAll(known(endsOn.column(), column(since)));
            return List.copyOf(readings);
        }
    }

    /**
     * The row documents a person's consent, or the other basis on which their face is held.
     *
     * @param person who consented
     * @param separate whether it is a separate consent
     * @param scope to what; {@code null} where every row is about the face
     * @param legalBasis on what the processing rests; {@code null} if not mapped
     * @param givenAt when it was given; {@code null} if the row's being there says so
     * @param withdrawnAt when it was withdrawn; {@code null} if not mapped
     * @param withdrawn whether it was withdrawn, where a status tells; {@code null} if not mapped
     * @param expiresOn its last day; {@code null} if not mapped
     * @param guardian whether a parent or other guardian gave it; {@code null} if not mapped
     * @param birth the person's day of birth; {@code null} if not mapped
     */
    record ConsentMapping(
            PersonReading person,
            FlagReading separate,
            WordReading scope,
            WordReading legalBasis,
            TimeReading givenAt,
            TimeReading withdrawnAt,
            FlagReading withdrawn,
            TimeReading expiresOn,
            FlagReading guardian,
            TimeReading birth)
            implements FactMapping {

        public ConsentMapping {
            Objects.requireNonNull(person, "person");
            Objects.requireNonNull(separate, "separate");
        }

        @Override
        public String event() {
            return "consent";
        }

        @Override
        public List<PersonReading> persons() {
            return List.of(person);
        }

        @Override
        public List<Reading> readings() {
            List<Reading> readings = new ArrayList<>(person.readings());
            readings.addAll(known(
                    separate.column(),
                    scope == null ? null : scope.column(),
                    legalBasis == null ? null : legalBasis.column(),
                    column(givenAt),
                    column(withdrawnAt),
                    withdrawn == null ? null : withdrawn.column(),
                    column(expiresOn),
                    guardian == null ? null : guardian.column(),
                    column(birth)));
            return List.copyOf(readings);
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
        public List<PersonReading> persons() {
            return Stream.ofNullable(person).toList();
        }

        @Override
        public List<Reading> readings() {
            List<Reading> readings = new ArrayList<>(known(accessPoint, column(at), column(method), column(outcome)));
            if (person != null) {
                readings.addAll(person.readings());
            }
            return List.copyOf(readings);
        }
    }

    /**
     * The row says in which scene the operator uses face recognition, from when and until when.
     *
     * @param scene what it is used for; {@code null} if not mapped
     * @param startedOn first day; {@code null} if not mapped
     * @param terminatedOn the day on which it ended, empty while it goes on
     */
    record TechnologyUseMapping(WordReading scene, TimeReading startedOn, TimeReading terminatedOn)
            implements FactMapping {

        public TechnologyUseMapping {
            Objects.requireNonNull(terminatedOn, "terminatedOn");
        }

        @Override
        public String event() {
            return "technology-use";
        }

        @Override
        public List<PersonReading> persons() {
            return List.of();
        }

        @Override
        public List<Reading> readings() {
            return known(column(scene), column(startedOn), column(terminatedOn));
        }
    }

    /**
     * The row says what the operator filed with an authority, by its own word.
     *
     * @param kind INITIAL, CHANGE or DEREGISTRATION
     * @param submittedOn the day of submission, empty while it is a draft
     * @param returnedOn the day of its return; {@code null} if not mapped
     * @param acceptedOn the day of its acceptance; {@code null} if not mapped
     * @param withdrawnOn the day of its withdrawal; {@code null} if not mapped
     * @param authority GB/T 2260 code of the authority; {@code null} if not mapped
     * @param declaredPersons the number of persons declared; {@code null} if not mapped
     */
    record DeclaredFilingMapping(
            WordReading kind,
            TimeReading submittedOn,
            TimeReading returnedOn,
            TimeReading acceptedOn,
            TimeReading withdrawnOn,
            WordReading authority,
            Reading declaredPersons)
            implements FactMapping {

        /** Six digits. */
        public static final Pattern AUTHORITY = Pattern.compile("[0-9]{6}");

        public DeclaredFilingMapping {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(submittedOn, "submittedOn");
        }

        @Override
        public String event() {
            return "declared-filing";
        }

        @Override
        public List<PersonReading> persons() {
            return List.of();
        }

        @Override
        public List<Reading> readings() {
            return known(
                    column(kind),
                    column(submittedOn),
                    column(returnedOn),
                    column(acceptedOn),
                    column(withdrawnOn),
                    column(authority),
                    declaredPersons);
        }
    }
}
