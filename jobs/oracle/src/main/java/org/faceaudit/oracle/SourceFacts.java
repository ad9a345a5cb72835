package org.faceaudit.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What the rows of one source mean, for the three sample schemas: {@code public.face}, CompreFace, and the gym.
 *
 * @param operator the audited company
 * @param system the recognition system
 * @param book all rows of the source
 */
record SourceFacts(String operator, String system, RowBook book) {

    static final String MEMBER_IMAGE = "public.member_image";
    static final String MEMBER = "public.member";
    static final String MEMBERSHIP = "public.membership";
    static final String ACCESS_POINT = "public.access_point";
    private static final String FACE = "public.face";
    private static final String EMBEDDING = "public.embedding";
    private static final String IMG = "public.img";
    private static final String SUBJECT = "public.subject";
    private static final String MODEL = "public.model";

    /** The collection that ships with every CompreFace holds nobody of the operator's. */
    private static final String DEMO = "Demo";

    /** Who is on a record. */
    private record Person(String group, String person) {}

    /** Storage of persons by all records the source ever had. */
    List<Presence> presences() {
        List<Presence> presences = new ArrayList<>();
        for (String key : book.keys(FACE)) {
            presences.addAll(presences(FACE, key, Set.of(), at -> {
                JsonNode row = book.at(FACE, key, at);
                return row == null ? null : person(Values.text(row, "id_card"), FACE + '/' + key);
            }));
        }
        for (String key : book.keys(MEMBER_IMAGE)) {
            presences.addAll(presences(MEMBER_IMAGE, key, memberInstants(MEMBER_IMAGE, key), at -> {
                JsonNode row = book.at(MEMBER_IMAGE, key, at);
                return row == null ? null : person(memberToken(row, at), MEMBER_IMAGE + '/' + key);
            }));
        }
        for (String key : book.keys(EMBEDDING)) {
            presences.addAll(presences(EMBEDDING, key, subjectInstants(key), at -> {
                JsonNode row = book.at(EMBEDDING, key, at);
                return row == null ? null : enrolled(row, at);
            }));
        }
        for (String key : book.keys(IMG)) {
            Set<Instant> instants = new TreeSet<>();
            for (String embedding : embeddingsOf(key)) {
                instants.addAll(book.instants(EMBEDDING, embedding));
                instants.addAll(subjectInstants(embedding));
            }
            presences.addAll(
                    presences(IMG, key, instants, at -> book.at(IMG, key, at) == null ? null : onPhoto(key, at)));
        }
        return presences;
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
                        before.group(),
                        before.person(),
                        start.get(0),
                        start.get(1),
                        earliest,
                        at,
                        book.knownThrough()));
            }
            start = before == null && state.latest().equals(at) && now != null
                    ? start(table, key, state)
                    : List.of(earliest, at);
            before = now;
        }
        if (before != null) {
            presences.add(new Presence(
                    before.group(), before.person(), start.get(0), start.get(1), null, null, book.knownThrough()));
        }
        return presences;
    }

    /**
     * The earliest and the latest instant at which a row began to be. What the log told began with its commit; what a snapshot
     * told began when the operator's own column says, if that fits what is known, else somewhere in between.
     */
    List<Instant> start(String table, String key, RowState state) {
        Instant declared = switch (table) {
            case FACE -> Values.local(state.row(), "create_time");
            case MEMBER_IMAGE -> Values.zoned(state.row(), "taken_at");
            case ACCESS_POINT -> Values.zoned(state.row(), "changed_at");
            default -> null;
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
        JsonNode embedding = state.row();
        if (table.equals(IMG)) {
            embedding = firstEmbedding(key, state.latest());
        }
        JsonNode model = embedding == null ? null : collection(subject(embedding, state.latest()), state.latest());
        return model == null ? null : Values.local(model, "created_date");
    }

    /** A token is {@code t1:<identifies>:<key id>:<normalisation>:<digest>}. */
    private Person person(String token, String record) {
        if (token == null) {
            return new Person("", system + '/' + record);
        }
        int digest = token.lastIndexOf(':');
        return new Person(token.substring(0, digest), token.substring(digest + 1));
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

    /** Whose template it is; nobody's of the operator's as long as the collection is not known or if it is the demo. */
    private Person enrolled(JsonNode embedding, Instant at) {
        JsonNode model = collection(subject(embedding, at), at);
        if (model == null || DEMO.equals(Values.text(model, "name"))) {
            return null;
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

    private Person onPhoto(String img, Instant at) {
        JsonNode embedding = firstEmbedding(img, at);
        return embedding == null ? null : enrolled(embedding, at);
    }

    /** The person a row of the gym refers to by {@code member_id}, {@code null} while unknown. */
    String memberToken(JsonNode row, Instant at) {
        JsonNode member = book.referred(MEMBER, Values.text(row, "member_id"), at);
        return member == null ? null : Values.text(member, "member_no");
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
}
