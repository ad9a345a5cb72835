package org.faceaudit.intake.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.faceaudit.core.event.AttemptOutcome;
import org.faceaudit.core.event.ConsentScope;
import org.faceaudit.core.event.LegalBasis;
import org.faceaudit.core.law.FilingKind;
import org.faceaudit.intake.mapping.FactMapping;
import org.faceaudit.intake.mapping.FactMapping.AccessPointMapping;
import org.faceaudit.intake.mapping.FactMapping.AttemptMapping;
import org.faceaudit.intake.mapping.FactMapping.ConsentMapping;
import org.faceaudit.intake.mapping.FactMapping.DeclaredFilingMapping;
import org.faceaudit.intake.mapping.FactMapping.FaceRecordMapping;
import org.faceaudit.intake.mapping.FactMapping.PurposeMapping;
import org.faceaudit.intake.mapping.FactMapping.TechnologyUseMapping;
import org.faceaudit.intake.mapping.FlagReading;
import org.faceaudit.intake.mapping.InForceReading;
import org.faceaudit.intake.mapping.MethodsReading;
import org.faceaudit.intake.mapping.PersonReading;
import org.faceaudit.intake.mapping.PresenceReading;
import org.faceaudit.intake.mapping.Reading;
import org.faceaudit.intake.mapping.RetentionReading;
import org.faceaudit.intake.mapping.SpaceReading;
import org.faceaudit.intake.mapping.TimeReading;
import org.faceaudit.intake.mapping.TimeType;
import org.faceaudit.intake.mapping.WordReading;

/** Reads one entry of {@code facts}. */
final class FactReader {

    private static final List<String> EVENTS = List.of(
            "face-record", "access-point", "purpose-end", "consent", "attempt", "technology-use", "declared-filing");

    private static final List<String> OUTCOMES =
            Stream.of(AttemptOutcome.values()).map(Enum::name).toList();

    private final ReadingReader readings;

    FactReader(Problems problems) {
        this.readings = new ReadingReader(problems);
    }

    Optional<FactMapping> fact(YamlSection section) {
        Optional<String> event = section.requiredText("event");
        if (event.isEmpty()) {
            return Optional.empty();
        }
        switch (event.get()) {
            case "face-record":
                return faceRecord(section).map(FactMapping.class::cast);
            case "access-point":
                return accessPoint(section).map(FactMapping.class::cast);
            case "purpose-end":
                return purpose(section).map(FactMapping.class::cast);
            case "consent":
                return consent(section).map(FactMapping.class::cast);
            case "attempt":
                return Optional.of(attempt(section));
            case "technology-use":
                return technologyUse(section).map(FactMapping.class::cast);
            case "declared-filing":
                return declaredFiling(section).map(FactMapping.class::cast);
            default:
                section.problem("event", refusal(event.get()), remedy(event.get()));
                return Optional.empty();
        }
    }

    private static String refusal(String event) {
        return event.equals("heartbeat")
                ? "The heartbeat is no fact of a table."
                : "'" + event + "' is no kind of event.";
    }

    private static String remedy(String event) {
        return event.equals("heartbeat")
                ? "Name its table under 'source', 'heartbeat'."
                : NearestWord.remedy(event, EVENTS);
    }

    private Optional<FaceRecordMapping> faceRecord(YamlSection section) {
        List<PersonReading> persons = readings.persons(section);
        PresenceReading image = presence(section, "image");
        PresenceReading template = presence(section, "template");
        TimeReading storedAt = readings.time(section, "stored-at", null).orElse(null);
        TimeReading storedAfter = readings.time(section, "stored-after", null).orElse(null);
        RetentionReading retention = retention(section);
        String dataClass = section.text("data-class").orElse(null);
        section.noOthers();
        if (dataClass != null && !dataClass.matches("[a-z0-9-]+")) {
            section.problem("data-class", "'" + dataClass + "' is no data class.", "Use a-z, 0-9 and '-' only.");
        }
        if (image.equals(PresenceReading.NEVER) && template.equals(PresenceReading.NEVER)) {
            section.problem(
                    "event",
                    "A face record holds an image, a template or both; this one holds neither.",
                    "Say with 'image' or 'template' what tells that one is there.");
        }
        return Optional.of(new FaceRecordMapping(
                persons.isEmpty() ? null : persons.get(0),
                persons.isEmpty() ? List.of() : persons.subList(1, persons.size()),
                image,
                template,
                storedAt,
                storedAfter,
                retention,
                dataClass));
    }

    private PresenceReading presence(YamlSection parent, String key) {
        return parent.section(key)
                .map(section -> {
                    Optional<String> present = section.text("present");
                    Optional<String> column = section.text("column");
                    String usual = key.equals("template") ? "template" : null;
                    Optional<String> form = column.isPresent() && usual == null
                            ? section.requiredText("as")
                            : section.text("as").or(() -> Optional.ofNullable(usual));
                    section.noOthers();
                    if (present.isPresent() == column.isPresent()) {
                        parent.problem(
                                key,
                                "'" + key + "' needs exactly one of 'present' and 'column'.",
                                "Write {present: row}, {present: never} or {column: …}.");
                        return PresenceReading.NEVER;
                    }
                    if (column.isPresent()) {
                        return form.filter(written -> knownForm(section, written))
                                .map(written -> new PresenceReading(PresenceReading.Kind.COLUMN, column.get(), written))
                                .orElse(PresenceReading.ROW);
                    }
                    if (!List.of("row", "never").contains(present.get())) {
                        section.problem(
                                "present",
                                "'" + present.get() + "' does not say whether it is present.",
                                "Write 'row' or 'never'.");
                    }
                    return present.get().equals("never") ? PresenceReading.NEVER : PresenceReading.ROW;
                })
                .orElse(PresenceReading.NEVER);
    }

    private static boolean knownForm(YamlSection section, String form) {
        if (PresenceReading.FORMS.contains(form)) {
            return true;
        }
        section.problem(
                "as", "'" + form + "' is no form of an image.", NearestWord.remedy(form, PresenceReading.FORMS));
        return false;
    }

    private RetentionReading retention(YamlSection parent) {
        return parent.section("retention")
                .map(section -> {
                    Integer days = section.text("days")
                            .map(text -> days(section, text))
                            .orElse(null);
                    Reading column =
                            section.has("column") ? readings.reading(section).orElse(null) : null;
                    TimeReading until = section.text("until")
                            .flatMap(name -> readings.type(section, TimeType.DATE)
                                    .map(type -> new TimeReading(Reading.of(name), type)))
                            .orElse(null);
                    long ways = List.of("days", "column", "until").stream()
                            .filter(section::has)
                            .count();
                    section.noOthers();
                    if (ways != 1) {
                        parent.problem(
                                "retention",
                                "'retention' needs exactly one of 'days', 'column' and 'until'.",
                                "Keep one of the three.");
                    }
                    return new RetentionReading(days, column, until);
                })
                .orElse(null);
    }

    private static Integer days(YamlSection section, String text) {
        if (text.matches("[0-9]{1,5}")) {
            return Integer.valueOf(text);
        }
        section.problem("days", "'" + text + "' is no number of days.", "Write a whole number, for example 180.");
        return null;
    }

    private Optional<AccessPointMapping> accessPoint(YamlSection section) {
        Reading id = readings.plain(section, "id").orElse(null);
        Reading site = readings.plain(section, "site").orElse(null);
        SpaceReading space = section.section("space").flatMap(this::space).orElse(null);
        InForceReading inForce = section.section("in-force")
                .flatMap(inner -> {
                    Optional<Reading> column = readings.reading(inner);
                    List<String> values = inner.textsOrNothing("in");
                    inner.noOthers();
                    return column.map(reading -> new InForceReading(reading, values));
                })
                .orElse(null);
        Optional<MethodsReading> methods = section.requiredSection("methods").flatMap(this::methods);
        TimeReading since = readings.time(section, "since", null).orElse(null);
        section.noOthers();
        return methods.map(offered -> new AccessPointMapping(id, site, space, inForce, offered, since));
    }

    private Optional<SpaceReading> space(YamlSection section) {
        Optional<Reading> column = readings.reading(section);
        Map<String, String> values =
                section.section("values").map(YamlSection::entries).orElse(Map.of());
        section.noOthers();
        for (String space : values.values()) {
            if (!SpaceReading.SPACES.contains(space)) {
                section.problem(
                        "values",
                        "'" + space + "' is no kind of space.",
                        NearestWord.remedy(space, SpaceReading.SPACES));
            }
        }
        return column.map(reading -> new SpaceReading(reading, values));
    }

    private Optional<MethodsReading> methods(YamlSection section) {
        List<String> ways = List.of("constant", "flags", "column", "json").stream()
                .filter(section::has)
                .toList();
        List<String> constant = section.texts("constant");
        Map<String, String> flags =
                section.section("flags").map(YamlSection::entries).orElse(Map.of());
        Map<String, String> values =
                section.section("values").map(YamlSection::entries).orElse(Map.of());
        Optional<String> delimiter =
                section.has("column") ? section.requiredText("delimiter") : section.text("delimiter");
        Optional<String> json = section.text("json");
        Reading column = null;
        if (section.has("column")) {
            column = readings.reading(section).orElse(null);
        } else if (json.isPresent()) {
            column = Reading.of(json.get());
        }
        section.noOthers();
        if (ways.size() != 1) {
            section.problems()
                    .add(
                            section.node(),
                            "'methods' needs exactly one of 'constant', 'flags', 'column' and 'json'.",
                            "Keep one of the four.");
            return Optional.empty();
        }
        List<String> named = new ArrayList<>(constant);
        named.addAll(flags.values());
        named.addAll(values.values());
        for (String method : named) {
            if (!MethodsReading.METHODS.contains(method)) {
                section.problems()
                        .add(
                                section.node(),
                                "'" + method + "' is no verification method.",
                                NearestWord.remedy(method, MethodsReading.METHODS));
            }
        }
        String separator = ways.get(0).equals("column") ? delimiter.orElse(",") : null;
        return Optional.of(new MethodsReading(constant, flags, column, separator, values));
    }

    private Optional<PurposeMapping> purpose(YamlSection section) {
        section.required("person");
        Optional<PersonReading> person = readings.person(section);
        section.required("ends-on");
        Optional<TimeReading> endsOn = readings.time(section, "ends-on", TimeType.DATE);
        TimeReading since = readings.time(section, "since", null).orElse(null);
        section.noOthers();
        return person.flatMap(who -> endsOn.map(end -> new PurposeMapping(who, end, since)));
    }

    private Optional<ConsentMapping> consent(YamlSection section) {
        section.required("person");
        Optional<PersonReading> person = readings.person(section);
        section.required("separate");
        Optional<FlagReading> separate = readings.flag(section, "separate");
        WordReading scope = readings.word(section, "scope", names(ConsentScope.values()));
        WordReading legalBasis = readings.word(section, "legal-basis", names(LegalBasis.values()));
        TimeReading givenAt = readings.time(section, "given-at", null).orElse(null);
        TimeReading withdrawnAt = readings.time(section, "withdrawn-at", null).orElse(null);
        FlagReading withdrawn = readings.flag(section, "withdrawn").orElse(null);
        TimeReading expiresOn =
                readings.time(section, "expires-on", TimeType.DATE).orElse(null);
        FlagReading guardian = readings.flag(section, "guardian").orElse(null);
        TimeReading birth = readings.time(section, "birth", TimeType.DATE).orElse(null);
        section.noOthers();
        return person.flatMap(who -> separate.map(alone -> new ConsentMapping(
                who, alone, scope, legalBasis, givenAt, withdrawnAt, withdrawn, expiresOn, guardian, birth)));
    }

    private Optional<TechnologyUseMapping> technologyUse(YamlSection section) {
        WordReading scene = readings.text(section, "scene");
        TimeReading startedOn =
                readings.time(section, "started-on", TimeType.DATE).orElse(null);
        section.required("terminated-on");
        Optional<TimeReading> terminatedOn = readings.time(section, "terminated-on", TimeType.DATE);
        section.noOthers();
        return terminatedOn.map(end -> new TechnologyUseMapping(scene, startedOn, end));
    }

    private Optional<DeclaredFilingMapping> declaredFiling(YamlSection section) {
        section.required("kind");
        WordReading kind = readings.word(section, "kind", names(FilingKind.values()));
        section.required("submitted-on");
        Optional<TimeReading> submittedOn = readings.time(section, "submitted-on", TimeType.DATE);
        TimeReading returnedOn =
                readings.time(section, "returned-on", TimeType.DATE).orElse(null);
        TimeReading acceptedOn =
                readings.time(section, "accepted-on", TimeType.DATE).orElse(null);
        TimeReading withdrawnOn =
                readings.time(section, "withdrawn-on", TimeType.DATE).orElse(null);
        WordReading authority = readings.text(section, "authority");
        Reading persons = readings.plain(section, "declared-persons").orElse(null);
        section.noOthers();
        if (authority != null) {
            List<String> codes = authority.constant() == null
                    ? List.copyOf(authority.values().values())
                    : List.of(authority.constant());
            codes.stream()
                    .filter(code ->
                            !DeclaredFilingMapping.AUTHORITY.matcher(code).matches())
                    .forEach(code -> section.problem(
                            "authority",
                            "'" + code + "' is no code of an authority.",
                            "Write its GB/T 2260 code of six digits in quotes, for example '330000', or '000000'."));
        }
        return kind == null
                ? Optional.empty()
                : submittedOn.map(day ->
                        new DeclaredFilingMapping(kind, day, returnedOn, acceptedOn, withdrawnOn, authority, persons));
    }

    private static List<String> names(Enum<?>... words) {
        return Stream.of(words).map(Enum::name).toList();
    }

    private AttemptMapping attempt(YamlSection section) {
        Reading accessPoint = readings.plain(section, "access-point").orElse(null);
        PersonReading person = readings.person(section).orElse(null);
        Optional<TimeReading> at = readings.time(section, "at", null);
        WordReading method = readings.word(section, "method", MethodsReading.METHODS);
        WordReading outcome = readings.word(section, "outcome", OUTCOMES);
        section.noOthers();
        if (at.isPresent() && at.get().type() == TimeType.DATE) {
            section.problem(
                    "at",
                    "A day does not say when an attempt was made.",
                    "Name a column with the time of day, or leave 'at' out: then the commit counts.");
        }
        return new AttemptMapping(accessPoint, person, at.orElse(null), method, outcome);
    }
}
