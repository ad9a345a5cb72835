package org.faceaudit.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the rows of one source mean, for the sample schemas: {@code public.face} and its kin, CompreFace, and the gym.
 *
 * @param operator the audited company
 * @param system the recognition system
 * @param book all rows of the source
 * @param shippedKey token of the key of the collection that ships with every CompreFace: it holds nobody of the operator's;
 *     {@code null} if the operator's tokens cannot be made
 */
record SourceFacts(String operator, String system, RowBook book, String shippedKey) {

    static final String MEMBER_IMAGE = "public.member_image";
    static final String VISITOR_PHOTO = "public.visitor_photo";
    static final String MEMBER = "public.member";
    static final String MEMBERSHIP = "public.membership";
    static final String CONSENT = "public.consent";
    static final String ACCESS_POINT = "public.access_point";
    static final String GATE_SETTING = "public.gate_setting";
    static final String ATTEMPT = "public.attempt";
    static final String FACE = "public.face";
    static final String NAMED_FACE = "public.named_face";
    static final String IMG = "public.img";

    /** Tables of one shape, numbered. */
    private static final String SHARD = "public\\.shard_face_[0-9]{2}";

    /** Nobody alive was born earlier. */
    private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1900, 1, 1);

    private static final List<String> NAMES = List.of("id_card", "phone", "member_no");

    private static final String EMBEDDING = "public.embedding";
    private static final String SUBJECT = "public.subject";
    private static final String MODEL = "public.model";

    /** How far that something is still there may be said. */
    Instant knownThrough() {
        return book.knownThrough() == null ? Instant.MIN : book.knownThrough();
    }

    /** Storage of persons by all records the source ever had. */
    List<Presence> presences() {
        List<Presence> presences = new ArrayList<>();
        for (String key : book.keys(FACE)) {
            presences.addAll(presences(FACE, key, Set.of(), at -> {
                JsonNode row = book.at(FACE, key, at);
                return row == null ? null : person(Values.text(row, "id_card"), FACE + '/' + key);
            }));
        }
        for (String key : book.keys(NAMED_FACE)) {
            named(key).forEach((person, times) -> presences.addAll(times));
        }
        for (String shard : book.tables(SHARD)) {
            for (String key : book.keys(shard)) {
                presences.addAll(presences(shard, key, Set.of(), at -> {
                    JsonNode row = book.at(shard, key, at);
                    return row == null ? null : person(Values.text(row, namedBy(row)), shard + '/' + key);
                }));
            }
        }
        for (String key : book.keys(MEMBER_IMAGE)) {
            presences.addAll(presences(MEMBER_IMAGE, key, memberInstants(MEMBER_IMAGE, key), at -> {
                JsonNode row = book.at(MEMBER_IMAGE, key, at);
                return row == null ? null : person(memberToken(row, at), MEMBER_IMAGE + '/' + key);
            }));
        }
        for (String key : book.keys(VISITOR_PHOTO)) {
            presences.addAll(presences(
                    VISITOR_PHOTO,
                    key,
                    Set.of(),
                    at -> book.at(VISITOR_PHOTO, key, at) == null ? null : person(null, VISITOR_PHOTO + '/' + key)));
        }
        for (String key : book.keys(EMBEDDING)) {
            presences.addAll(presences(EMBEDDING, key, subjectInstants(key), at -> {
                JsonNode row = book.at(EMBEDDING, key, at);
                return row == null ? null : enrolled(row, EMBEDDING + '/' + key, at);
            }));
        }
        for (String key : book.keys(IMG)) {
            presences.addAll(photo(key));
        }
        return presences;
    }

    /** Storage of one enrolled photo, person by person, in the order of time. */
    List<Presence> photo(String img) {
        Set<Instant> instants = new TreeSet<>();
        for (String embedding : embeddingsOf(img)) {
            instants.addAll(book.instants(EMBEDDING, embedding));
            instants.addAll(subjectInstants(embedding));
        }
        return presences(IMG, img, instants, at -> book.at(IMG, img, at) == null ? null : onPhoto(img, at));
    }

    /** The change that showed a photo to be one of the operator's: its own row's, else the newest of those it was made known by. */
    OraclePosition shown(String img, Instant at) {
        RowState own = book.stateAt(IMG, img, at);
        if (own.latest().equals(at)) {
            return own.position();
        }
        List<OraclePosition> others = new ArrayList<>();
        for (String embedding : embeddingsOf(img)) {
            for (RowState state : book.states(EMBEDDING, embedding)) {
                if (state.latest().equals(at)) {
                    others.add(state.position());
                }
                if (state.present()) {
                    book.states(SUBJECT, Values.text(state.row(), "subject_id")).stream()
                            .filter(subject -> subject.latest().equals(at))
                            .forEach(subject -> others.add(subject.position()));
                }
            }
        }
        List<OraclePosition> listed = OraclePosition.listed(others);
        return listed.isEmpty() ? own.position() : listed.get(listed.size() - 1);
    }

    /** Storage of a record that may name its person by several tokens: of each as long as the record names it. */
    private Map<Person, List<Presence>> named(String key) {
        List<RowState> states = book.netStates(NAMED_FACE, key);
        Map<Person, List<Presence>> named = new LinkedHashMap<>();
        for (RowState state : states) {
            for (Person person : named(state, key)) {
                named.computeIfAbsent(
                        person,
                        somebody -> stretches(
                                        states, key, now -> named(now, key).contains(somebody))
                                .stream()
                                .map(times -> new Presence(
                                        somebody.group(),
                                        somebody.person(),
                                        times.startEarliest(),
                                        times.startLatest(),
                                        times.endEarliest(),
                                        times.endLatest(),
                                        times.knownThrough()))
                                .toList());
            }
        }
        return named;
    }

    private Set<Person> named(RowState state, String key) {
        Set<Person> persons = new LinkedHashSet<>();
        if (state.present()) {
            for (String column : NAMES) {
                String token = Values.text(state.row(), column);
                if (token != null) {
                    persons.add(person(token, key));
                }
            }
            Person card = Person.of(Values.text(state.row(), "branch"), Values.text(state.row(), "branch_no"));
            if (card != null) {
                persons.add(card);
            }
            if (persons.isEmpty()) {
                persons.add(person(null, NAMED_FACE + '/' + key));
            }
        }
        return persons;
    }

    /** Presences of nobody in particular, while something holds of a row. */
    private List<Presence> stretches(List<RowState> states, String key, Predicate<RowState> holds) {
        List<Presence> stretches = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            if (!holds.test(states.get(i)) || (i > 0 && holds.test(states.get(i - 1)))) {
                continue;
            }
            int end = i;
            while (end < states.size() && holds.test(states.get(end))) {
                end++;
            }
            boolean first = states.subList(0, i).stream().noneMatch(RowState::present);
            RowState state = states.get(i);
            List<Instant> start = first ? start(NAMED_FACE, key, state) : List.of(state.earliest(), state.latest());
            RowState gone = end < states.size() ? states.get(end) : null;
            stretches.add(new Presence(
                    "",
                    key,
                    start.get(0),
                    start.get(1),
                    gone == null ? null : gone.earliest(),
                    gone == null ? null : gone.latest(),
                    knownThrough()));
        }
        return stretches;
    }

    /** Which tokens the records say to be one person's: the lowest of each record and each of its others. */
    List<TokenLink> links() {
        List<TokenLink> links = new ArrayList<>();
        for (String key : book.keys(NAMED_FACE)) {
            List<RowState> states = book.netStates(NAMED_FACE, key);
            List<TokenLink.Token> tokens = named(key).keySet().stream()
                    .filter(person -> !person.group().isEmpty())
                    .map(person -> new TokenLink.Token(person.group(), person.person()))
                    .toList();
            for (TokenLink.Token lower : tokens) {
                for (TokenLink.Token higher : tokens) {
                    stretches(states, key, state -> linked(lower, higher, named(state, key)))
                            .forEach(times ->
                                    links.add(new TokenLink(lower, higher, times.startEarliest(), times.endLatest())));
                }
            }
        }
        return links;
    }

    private static boolean linked(TokenLink.Token lower, TokenLink.Token higher, Set<Person> named) {
        List<TokenLink.Token> tokens = named.stream()
                .map(person -> new TokenLink.Token(person.group(), person.person()))
                .toList();
        return tokens.contains(lower)
                && tokens.contains(higher)
                && !lower.group().equals(higher.group())
                && tokens.stream().noneMatch(other -> other.isLowerThan(lower));
    }

    /** Walks through the instants at which the record or what it refers to changed. */
    private List<Presence> presences(
            String table, String key, Set<Instant> otherInstants, Function<Instant, Person> personAt) {
        List<Presence> presences = new ArrayList<>();
        Set<Instant> instants = new TreeSet<>(book.instants(table, key));
        instants.addAll(otherInstants);
        Person before = null;
        List<Instant> start = null;
        for (Instant at : instants) {
            RowState state = book.stateAt(table, key, at);
            Person now = state == null ? null : personAt.apply(at);
            if (state == null || Objects.equals(before, now)) {
                continue;
            }
            Instant earliest = state.latest().equals(at) ? state.earliest() : at;
            if (before != null) {
                presences.add(new Presence(
                        before.group(), before.person(), start.get(0), start.get(1), earliest, at, knownThrough()));
            }
            start = before == null && state.latest().equals(at) && now != null
                    ? start(table, key, state)
                    : List.of(earliest, at);
            before = now;
        }
        if (before != null) {
            presences.add(new Presence(
                    before.group(), before.person(), start.get(0), start.get(1), null, null, knownThrough()));
        }
        return presences;
    }

    /**
     * The earliest and the latest instant at which a row began to be. What the log told began with its commit; what a snapshot
     * told began when the operator's own column says, if that fits what is known, else somewhere in between.
     */
    List<Instant> start(String table, String key, RowState state) {
        Instant declared = switch (table) {
            case FACE, NAMED_FACE -> Values.local(state.row(), "create_time");
            case MEMBER_IMAGE, VISITOR_PHOTO -> Values.zoned(state.row(), "taken_at");
            case ACCESS_POINT -> Values.zoned(state.row(), "changed_at");
            case CONSENT -> Values.zoned(state.row(), "given_at");
            default -> table.matches(SHARD) ? Values.local(state.row(), "create_time") : null;
        };
        boolean exact = state.earliest().equals(state.latest());
        if (declared != null && !exact && !declared.isBefore(state.earliest()) && !declared.isAfter(state.latest())) {
            return List.of(declared, declared);
        }
        Instant lower = lowerBound(table, key, state);
        boolean narrows = lower != null && lower.isAfter(state.earliest()) && !lower.isAfter(state.latest());
        return List.of(narrows ? lower : state.earliest(), state.latest());
    }

    /** CompreFace keeps no dates but that of the collection. */
    private Instant lowerBound(String table, String key, RowState state) {
        if (!table.equals(EMBEDDING) && !table.equals(IMG)) {
            return null;
        }
        Template template =
                table.equals(IMG) ? template(key, state.latest()) : new Template(state.row(), state.latest());
        JsonNode model = template == null ? null : collection(subject(template.row(), template.at()), template.at());
        return model == null ? null : Values.local(model, "created_date");
    }

    /** The column that names the person of a row of a shard: of no other kind does any. */
    private static String namedBy(JsonNode row) {
        String kind = Values.text(row, "kind");
        return "1".equals(kind) ? "id_card" : "2".equals(kind) || "3".equals(kind) ? "phone" : "none";
    }

    private Person person(String token, String record) {
        return token == null ? new Person("", system + '/' + record) : Person.of(token);
    }

    private JsonNode subject(JsonNode embedding, Instant at) {
        return book.referred(SUBJECT, Values.text(embedding, "subject_id"), at);
    }

    private JsonNode collection(JsonNode subject, Instant at) {
        for (String key : book.keys(MODEL)) {
            JsonNode model = book.referred(MODEL, key, at);
            if (subject != null
                    && model != null
                    && Objects.equals(Values.text(model, "api_key"), Values.text(subject, "api_key"))) {
                return model;
            }
        }
        return null;
    }

    /** Whose template it is; nobody's of the operator's while its subject is not known or if that is of the shipped collection. */
    private Person enrolled(JsonNode embedding, String record, Instant at) {
        JsonNode subject = subject(embedding, at);
        if (subject == null || Values.text(subject, "api_key").equals(shippedKey)) {
            return null;
        }
        JsonNode model = collection(subject, at);
        if (model == null) {
            return new Person("", system + '/' + record);
        }
        return new Person("local-id:" + system + '/' + Values.text(model, "id"), Values.text(embedding, "subject_id"));
    }

    private Set<Instant> subjectInstants(String embedding) {
        Set<Instant> instants = new TreeSet<>();
        for (RowState state : book.states(EMBEDDING, embedding)) {
            if (state.present()) {
                instants.addAll(book.instants(SUBJECT, Values.text(state.row(), "subject_id")));
            }
        }
        return instants;
    }

    private List<String> embeddingsOf(String img) {
        List<String> embeddings = new ArrayList<>();
        for (String key : book.keys(EMBEDDING)) {
            for (RowState state : book.states(EMBEDDING, key)) {
                if (state.present() && img.equals(Values.text(state.row(), "img_id")) && !embeddings.contains(key)) {
                    embeddings.add(key);
                }
            }
        }
        return embeddings;
    }

    /** The template made of a photo: one that is still there before one that was. */
    private JsonNode firstEmbedding(String img, Instant at) {
        JsonNode gone = null;
        for (String key : embeddingsOf(img)) {
            JsonNode row = book.referred(EMBEDDING, key, at);
            if (row != null && img.equals(Values.text(row, "img_id"))) {
                if (book.at(EMBEDDING, key, at) != null) {
                    return row;
                }
                gone = gone == null ? row : gone;
            }
        }
        return gone;
    }

    /** A template of a photo, and the instant at which it is looked at. */
    private record Template(JsonNode row, Instant at) {}

    /** The template made of a photo by an instant, else the one that is made first after it; {@code null} for none ever. */
    private Template template(String img, Instant at) {
        JsonNode made = firstEmbedding(img, at);
        if (made != null) {
            return new Template(made, at);
        }
        RowState later = null;
        for (String key : embeddingsOf(img)) {
            for (RowState state : book.states(EMBEDDING, key)) {
                if (state.present()
                        && img.equals(Values.text(state.row(), "img_id"))
                        && state.latest().isAfter(at)
                        && (later == null || state.latest().isBefore(later.latest()))) {
                    later = state;
                }
            }
        }
        return later == null ? null : new Template(later.row(), later.latest());
    }

    /**
     * Who is on a photo: whose template was made of it, or will be first if none was yet. A photo of which no template ever was
     * shows somebody nobody knows, if the source is known beyond its commit, so that none can come with it.
     */
    private Person onPhoto(String img, Instant at) {
        String record = IMG + '/' + img;
        Template template = template(img, at);
        if (template != null) {
            return enrolled(template.row(), record, template.at());
        }
        RowState photo = book.stateAt(IMG, img, at);
        boolean settled = photo.ofSnapshot() || photo.latest().isBefore(book.knownThrough());
        return embeddingsOf(img).isEmpty() && !settled ? null : new Person("", system + '/' + record);
    }

    /** The person a row of the gym refers to by {@code member_id}, {@code null} while unknown. */
    String memberToken(JsonNode row, Instant at) {
        JsonNode member = book.referred(MEMBER, Values.text(row, "member_id"), at);
        return member == null ? null : Values.text(member, "member_no");
    }

    /**
     * What a row that refers to a member says from an instant on, of one person.
     *
     * @param from the earliest instant at which that began
     * @param latest the latest
     * @param row {@code null} while it is not there
     * @param person the member's token, {@code null} while not known
     * @param position the change that made it so: the row's own, or that of the member
     */
    record Told(Instant from, Instant latest, JsonNode row, String person, OraclePosition position) {

        boolean present() {
            return row != null;
        }

        boolean isOf(String somebody) {
            return present() && somebody.equals(person);
        }
    }

    /** Everything a row that refers to a member ever said, in the order of time. */
    List<Told> told(String table, String key) {
        List<RowState> own = book.netStates(table, key);
        TreeMap<Instant, Told> told = new TreeMap<>();
        for (int i = 0; i < own.size(); i++) {
            RowState state = own.get(i);
            boolean begins = i == 0 || !own.get(i - 1).present();
            List<Instant> bounds =
                    begins && state.present() ? start(table, key, state) : List.of(state.earliest(), state.latest());
            told.put(state.latest(), told(bounds.get(0), state.latest(), state.row(), state.position()));
        }
        for (RowState state : own) {
            if (!state.present()) {
                continue;
            }
            List<RowState> members = book.states(MEMBER, Values.text(state.row(), "member_id"));
            for (int i = 0; i < members.size(); i++) {
                RowState member = members.get(i);
                boolean held = i == 0 && member.ofSnapshot();
                if (held || !member.latest().isAfter(own.get(0).latest())) {
                    continue;
                }
                Told before = told.floorEntry(member.latest()).getValue();
                if (before.latest().isBefore(member.latest())) {
                    told.put(
                            member.latest(), told(member.earliest(), member.latest(), before.row(), member.position()));
                }
            }
        }
        return List.copyOf(told.values());
    }

    private Told told(Instant from, Instant latest, JsonNode row, OraclePosition position) {
        return new Told(from, latest, row, row == null ? null : memberToken(row, latest), position);
    }

    /** The day of birth of the person to whom the row refers, {@code null} if it is not stated or cannot be one. */
    LocalDate birth(Told told) {
        JsonNode member = book.referred(MEMBER, Values.text(told.row(), "member_id"), told.latest());
        LocalDate born = member == null ? null : Values.date(member, "birth_on");
        return born == null || born.isBefore(EARLIEST_BIRTH) || born.isAfter(Values.day(told.latest())) ? null : born;
    }

    /** The instants at which members changed to whom the row refers or referred. */
    Set<Instant> memberInstants(String table, String key) {
        Set<Instant> instants = new TreeSet<>();
        for (RowState state : book.states(table, key)) {
            if (state.present()) {
                instants.addAll(book.instants(MEMBER, Values.text(state.row(), "member_id")));
            }
        }
        return instants;
    }

    /** A point as alerts name it: {@code system/point}. */
    String subject(String point) {
        return system + '/' + point.replace("%", "%25").replace("/", "%2F");
    }
}
