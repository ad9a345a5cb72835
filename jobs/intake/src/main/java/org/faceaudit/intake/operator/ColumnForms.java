package org.faceaudit.intake.operator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.faceaudit.intake.mapping.ColumnForm;
import org.faceaudit.intake.mapping.FactMapping;
import org.faceaudit.intake.mapping.Join;
import org.faceaudit.intake.mapping.PersonReading;
import org.faceaudit.intake.mapping.PresenceReading;
import org.faceaudit.intake.mapping.Reading;
import org.faceaudit.intake.mapping.TimeReading;
import org.faceaudit.intake.mapping.TimeType;
import org.faceaudit.intake.mapping.TokenColumn;

/**
 * Works out which columns are captured and how each arrives. A column that is joined with a tokenised one is tokenised the
 * same way, else the two would never be equal.
 */
final class ColumnForms {

    private record Column(String table, String name) {}

    private static final Pattern SEPARATORS = Pattern.compile("[,;\\p{Cntrl}]");

    private final Problems problems;
    private final String tokenKey;
    private final List<FilterLiteral> literals = new ArrayList<>();
    private final Map<String, MappingReader.Draft> drafts;
    private final Map<String, Map<String, ColumnForm>> forms = new HashMap<>();
    private final Map<Column, Set<Column>> joined = new HashMap<>();

    ColumnForms(Problems problems, Map<String, MappingReader.Draft> drafts, String tokenKey) {
        this.problems = problems;
        this.tokenKey = tokenKey;
        this.drafts = drafts;
        drafts.values().forEach(this::plainColumns);
        drafts.values().forEach(this::declaredForms);
        spreadTokens();
        drafts.values().forEach(this::check);
    }

    Map<String, ColumnForm> of(String table) {
        return forms.getOrDefault(table, Map.of());
    }

    /** What filters compare tokenised columns with, where that is no token. */
    List<FilterLiteral> literals() {
        return List.copyOf(literals);
    }

    private void capture(String table, String column) {
        forms.computeIfAbsent(table, name -> new TreeMap<>()).putIfAbsent(column, ColumnForm.PLAIN);
    }

    private void plainColumns(MappingReader.Draft draft) {
        draft.key().forEach(column -> capture(draft.name(), column));
        for (Reading reading : MappingReader.readingsOf(draft)) {
            String table = draft.name();
            for (Join join : reading.via()) {
                capture(table, join.column());
                capture(join.table(), join.otherColumn());
                Column here = new Column(table, join.column());
                Column there = new Column(join.table(), join.otherColumn());
                joined.computeIfAbsent(here, column -> new LinkedHashSet<>()).add(there);
                joined.computeIfAbsent(there, column -> new LinkedHashSet<>()).add(here);
                table = join.table();
            }
            capture(table, reading.column());
        }
    }

    private void declaredForms(MappingReader.Draft draft) {
        draft.tokens().forEach((column, kind) -> set(draft, draft.name(), column, ColumnForm.token(kind, "none")));
        for (FactMapping fact : draft.facts()) {
            fact.persons().forEach(person -> token(draft, person));
            if (fact instanceof FactMapping.FaceRecordMapping record) {
                Stream.of(record.image(), record.template())
                        .filter(presence -> presence.kind() == PresenceReading.Kind.COLUMN)
                        .forEach(presence ->
                                set(draft, draft.name(), presence.column(), ColumnForm.descriptor(presence.form())));
                date(draft, record.storedAt());
                date(draft, record.storedAfter());
                date(
                        draft,
                        record.retention() == null ? null : record.retention().until());
            } else if (fact instanceof FactMapping.PurposeMapping purpose) {
                date(draft, purpose.endsOn());
                date(draft, purpose.since());
            } else if (fact instanceof FactMapping.ConsentMapping consent) {
                date(draft, consent.givenAt());
                date(draft, consent.withdrawnAt());
                date(draft, consent.expiresOn());
                date(draft, consent.birth());
            } else if (fact instanceof FactMapping.AccessPointMapping point) {
                date(draft, point.since());
            } else if (fact instanceof FactMapping.TechnologyUseMapping use) {
                date(draft, use.startedOn());
                date(draft, use.terminatedOn());
            } else if (fact instanceof FactMapping.DeclaredFilingMapping filing) {
                date(draft, filing.submittedOn());
                date(draft, filing.returnedOn());
                date(draft, filing.acceptedOn());
                date(draft, filing.withdrawnOn());
            }
        }
    }

    private void token(MappingReader.Draft draft, PersonReading person) {
        for (PersonReading one : person.alternatives()) {
            for (Reading reading : one.columns()) {
                set(
                        draft,
                        reading.table(draft.name()),
                        reading.column(),
                        ColumnForm.token(one.identifies(), one.normalise()));
            }
        }
    }

    /** What tells which person is meant is compared as it stands in the source. */
    private void checkAlternatives(MappingReader.Draft draft) {
        draft.facts().stream()
                .flatMap(fact -> fact.persons().stream())
                .flatMap(person -> person.alternatives().stream())
                .filter(one -> one.when() != null)
                .map(one -> one.when().column())
                .filter(column ->
                        of(column.table(draft.name())).get(column.column()).kind() != ColumnForm.Kind.PLAIN)
                .forEach(column -> problems.add(
                        draft.at(),
                        "'when' compares " + column.table(draft.name()) + "." + column.column()
                                + ", which does not leave the source as it stands there.",
                        "Let another column say which person is meant."));
    }

    /** Times, truth values and words are read as the source spells them, or not at all. */
    private void checkRead(MappingReader.Draft draft, FactMapping fact) {
        ReadValues read = ReadValues.of(fact);
        read.times()
                .forEach(time -> checkRead(
                        draft,
                        time.column(),
                        "a time (" + time.type().spelling() + ")",
                        of(time.column().table(draft.name()))
                                                        .get(time.column().column())
                                                        .kind()
                                                == ColumnForm.Kind.DATE
                                        && time.type() == TimeType.DATE
                                ? ColumnForm.Kind.DATE
                                : ColumnForm.Kind.PLAIN));
        read.words().forEach((reading, as) -> checkRead(draft, reading, as, ColumnForm.Kind.PLAIN));
    }

    private void checkRead(MappingReader.Draft draft, Reading reading, String as, ColumnForm.Kind wanted) {
        String table = reading.table(draft.name());
        ColumnForm.Kind kind = of(table).get(reading.column()).kind();
        if (kind != wanted) {
            problems.add(
                    draft.at(),
                    "Column " + table + "." + reading.column() + " is read as " + as + ", but it leaves the source as "
                            + switch (kind) {
                                case TOKEN -> "a token.";
                                case DESCRIPTOR -> "the descriptor of an image or template.";
                                case DATE -> "a day.";
                                case PLAIN -> "it stands there.";
                            },
                    "Name another column, or give this one one meaning.");
        }
    }

    private void date(MappingReader.Draft draft, TimeReading time) {
        if (time != null && time.type() == TimeType.DATE) {
            set(draft, time.column().table(draft.name()), time.column().column(), ColumnForm.DATE);
        }
    }

    private void set(MappingReader.Draft draft, String table, String column, ColumnForm form) {
        ColumnForm before =
                forms.computeIfAbsent(table, name -> new TreeMap<>()).put(column, form);
        if (before != null && !before.equals(ColumnForm.PLAIN) && !before.equals(form)) {
            problems.add(
                    draft.at(),
                    "Column " + table + "." + column + " is read in two different ways.",
                    "Give it one meaning: the same 'identifies' and 'normalise', the same form, or the same type.");
        }
    }

    private void spreadTokens() {
        Deque<Column> open = new ArrayDeque<>();
        forms.forEach((table, columns) -> columns.forEach((column, form) -> {
            if (form.kind() == ColumnForm.Kind.TOKEN) {
                open.add(new Column(table, column));
            }
        }));
        while (!open.isEmpty()) {
            Column from = open.poll();
            ColumnForm form = forms.get(from.table()).get(from.name());
            for (Column to : joined.getOrDefault(from, Set.of())) {
                ColumnForm there = forms.get(to.table()).get(to.name());
                if (there.equals(ColumnForm.PLAIN)) {
                    forms.get(to.table()).put(to.name(), form);
                    open.add(to);
                } else if (!there.equals(form)) {
                    problems.add(
                            drafts.get(from.table()).at(),
                            "Columns " + from.table() + "." + from.name() + " and " + to.table() + "." + to.name()
                                    + " are joined, but they are tokenised differently.",
                            "Give both the same 'identifies' and 'normalise'.");
                }
            }
        }
    }

    private void check(MappingReader.Draft draft) {
        checkAlternatives(draft);
        draft.facts().forEach(fact -> checkRead(draft, fact));
        Stream.concat(Stream.of(draft.name()), of(draft.name()).keySet().stream())
                .filter(name -> SEPARATORS.matcher(name).find())
                .forEach(name -> problems.add(
                        draft.at(),
                        "'" + name + "' cannot be captured: a connector's settings separate names by ',' and ';'.",
                        "Let the owner of the source rename it."));
        draft.where().forEach(written -> check(draft, written));
        draft.leftOut().stream()
                .filter(of(draft.name())::containsKey)
                .forEach(column -> problems.add(
                        draft.at(),
                        "Column " + draft.name() + "." + column + " is left out and read.",
                        "Remove it from 'left-out', or read another column."));
    }

    private void check(MappingReader.Draft draft, WrittenCondition written) {
        Reading reading = written.condition().column();
        String table = reading.table(draft.name());
        ColumnForm form = of(table).get(reading.column());
        boolean isDay = form.kind() == ColumnForm.Kind.DATE
                && !written.condition().values().stream().allMatch(String::isEmpty);
        if (isDay || form.kind() == ColumnForm.Kind.DESCRIPTOR) {
            problems.add(
                    written.at(),
                    "The filter of " + draft.name() + " compares " + table + "." + reading.column()
                            + ", which arrives neither as text nor as a token.",
                    "Filter by another column.");
        }
        if (form.kind() != ColumnForm.Kind.TOKEN) {
            return;
        }
        for (int i = 0; i < written.values().size(); i++) {
            String text = written.condition().values().get(i);
            if (text.isEmpty() || form.isToken(tokenKey, text)) {
                continue;
            }
            if (text.startsWith("t1:")) {
                problems.add(
                        written.values().get(i),
                        "This is no token of " + table + "." + reading.column() + ": those begin with t1:"
                                + form.identifies() + ":" + tokenKey + ":" + form.detail() + ":.",
                        "Write the value itself as the source holds it; it becomes a token before anything reads it.");
            } else {
                literals.add(new FilterLiteral(
                        written.values().get(i),
                        new TokenColumn(table, reading.column(), form.identifies(), form.detail()),
                        text));
            }
        }
    }
}
