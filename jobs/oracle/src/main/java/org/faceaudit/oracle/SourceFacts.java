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
 * @param leftOut tokens of CompreFace collections that are not the operator's
 */
record SourceFacts(String operator, String system, RowBook book, Set<String> leftOut) {

    private static final String FACE = "public.face";
    private static final String EMBEDDING = "public.embedding";
    private static final String SUBJECT = "public.subject";
    private static final String MODEL = "public.model";
    static final String MEMBER_IMAGE = "public.member_image";
    static final String MEMBER = "public.member";
    static final String MEMBERSHIP = "public.membership";
    static final String ACCESS_POINT = "public.access_point";

    /** Who is on a record. */
    private record Person(String group, String person) {}

    /** Storage of persons by all records the source ever had. */
    List<Presence> presences() {
        List<Presence> presences = new ArrayList<>();
        for (String key : book.keys(FACE)) {
            presences.addAll(presences(
                    FACE, key, Set.of(), at -> tokenOf(FACE, key, row(FACE, key, at), "id_card"), this::declared));
        }
        for (String key : book.keys(EMBEDDING)) {
            Set<Instant> others = new TreeSet<>();
            for (RowState state : book.states(EMBEDDING, key)) {
                if (state.present()) {
                    others.addAll(book.instants(SUBJECT, Values.text(state.row(), "subject_id")));
                }
            }
            presences.addAll(presences(EMBEDDING, key, others, at -> subjectOf(key, at), this::since));
        }
        for (String key : book.keys(MEMBER_IMAGE)) {
            presences.addAll(presences(
                    MEMBER_IMAGE, key, memberInstants(MEMBER_IMAGE, key), at -> memberOf(key, at), this::declared));
        }
        return presences;
    }

    /**
     * Walks through the instants at which the record or what it refers to changed.
     *
     * @param snapshotStart the earliest and the latest start of a record that a snapshot brought
     */
    private List<Presence> presences(
            String table,
            String key,
            Set<Instant> otherInstants,
            Function<Instant, Person> personAt,
            Function<RowState, List<Instant>> snapshotStart) {
        List<Presence> presences = new ArrayList<>();
        Set<Instant> instants = new TreeSet<>(book.instants(table, key));
        instants.addAll(otherInstants);
        Person before = null;
        List<Instant> start = null;
        for (Instant at : instants) {
            RowState state = stateAt(table, key, at);
            if (state == null) {
                continue;
            }
            Person now = personAt.apply(at);
            if (Objects.equals(before, now)) {
                continue;
            }
            if (before != null) {
                boolean missed = now == null && state.latest().equals(at);
                presences.add(new Presence(
                        before.group(),
                        before.person(),
                        start.get(0),
                        start.get(1),
                        missed ? state.earliest() : at,
                        at));
            }
            boolean begins = before == null && state.ofSnapshot();
            start = begins && now != null ? snapshotStart.apply(state) : List.of(at, at);
            before = now;
        }
        if (before != null) {
            presences.add(new Presence(before.group(), before.person(), start.get(0), start.get(1), null, null));
        }
        return presences;
    }

    private RowState stateAt(String table, String key, Instant at) {
        RowState found = null;
        for (RowState state : book.states(table, key)) {
            if (!state.latest().isAfter(at)) {
                found = state;
            }
        }
        return found;
    }

    private JsonNode row(String table, String key, Instant at) {
        return book.at(table, key, at);
    }

    private Person tokenOf(String table, String key, JsonNode row, String column) {
        if (row == null) {
            return null;
        }
        return person(Values.text(row, column), table + '/' + key);
    }

    /** A token is {@code t1:<identifies>:<key id>:<normalisation>:<digest>}. */
    private Person person(String token, String record) {
        if (token == null) {
            return new Person("", system + '/' + record);
        }
        int digest = token.lastIndexOf(':');
        return new Person(token.substring(0, digest), token.substring(digest + 1));
    }

    private Person subjectOf(String embedding, Instant at) {
        JsonNode row = row(EMBEDDING, embedding, at);
        if (row == null) {
            return null;
        }
        String subjectId = Values.text(row, "subject_id");
        JsonNode subject = row(SUBJECT, subjectId, at);
        if (subject == null) {
            return person(null, EMBEDDING + '/' + embedding);
        }
        String collection = Values.text(subject, "api_key");
        if (leftOut.contains(collection)) {
            return null;
        }
        return new Person("local-id:" + system + '/' + collection, subjectId);
    }

    private Person memberOf(String image, Instant at) {
        JsonNode row = row(MEMBER_IMAGE, image, at);
        if (row == null) {
            return null;
        }
        return person(memberToken(row, at), MEMBER_IMAGE + '/' + image);
    }

    /** The person a row of the gym refers to by {@code member_id}, {@code null} while unknown. */
    String memberToken(JsonNode row, Instant at) {
        JsonNode member = row(MEMBER, Values.text(row, "member_id"), at);
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

    /** The operator's own time column, never after the snapshot that showed it. */
    List<Instant> declared(RowState state) {
        Instant declared = state.row().has("taken_at")
                ? Values.zoned(state.row(), "taken_at")
                : Values.local(state.row(), "create_time");
        if (declared == null) {
            return List.of(Instant.EPOCH, state.latest());
        }
        Instant start = Values.earlier(declared, state.latest());
        return List.of(start, start);
    }

    /** CompreFace keeps no dates: between the making of the collection and the snapshot. */
    private List<Instant> since(RowState state) {
        JsonNode subject = row(SUBJECT, Values.text(state.row(), "subject_id"), state.latest());
        Instant lower = Instant.EPOCH;
        for (String key : book.keys(MODEL)) {
            JsonNode model = row(MODEL, key, state.latest());
            if (subject != null
                    && model != null
                    && Objects.equals(Values.text(model, "api_key"), Values.text(subject, "api_key"))
                    && Values.local(model, "created_date") != null) {
                lower = Values.local(model, "created_date");
            }
        }
        return List.of(Values.earlier(lower, state.latest()), state.latest());
    }
}
