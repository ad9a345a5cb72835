package org.faceaudit.intake.rows;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.Attempt;
import org.faceaudit.core.event.Consent;
import org.faceaudit.core.event.DayValue;
import org.faceaudit.core.event.DeclaredFiling;
import org.faceaudit.core.event.DeclaredUse;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.Purpose;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.event.TimeBounds;

/** Writes down every call, short enough to be read by people: {@code earliest..latest} for bounds, null for what is not there. */
final class FactsAsJson implements FactSink {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ArrayNode told = JSON.createArrayNode();

    /** The calls since the last time. */
    ArrayNode take() {
        ArrayNode taken = told;
        told = JSON.createArrayNode();
        return taken;
    }

    @Override
    public void faceRecord(FaceRecord before, FaceRecord after) {
        ArrayNode versions = subject("face-record", after.recordKey());
        after.versions().forEach(version -> {
            ObjectNode node =
                    versions.addObject().put("from", text(version.from())).put("stored", version.stored());
            if (version.stored()) {
                node.put("person", text(version.person()))
                        .put("template", version.template())
                        .put("image", version.image())
                        .put("stored-at", text(version.storedAt()))
                        .put("retention-days", version.retentionDays());
                if (!version.alsoNamed().isEmpty()) {
                    ArrayNode also = node.putArray("also");
                    version.alsoNamed().forEach(person -> also.add(text(person)));
                }
            }
            place(node, version.position());
        });
    }

    @Override
    public void accessPoint(AccessPoint before, AccessPoint after) {
        ArrayNode versions = subject("access-point", after.pointId());
        after.versions().forEach(version -> {
            ObjectNode node =
                    versions.addObject().put("from", text(version.from())).put("in-force", version.inForce());
            node.put("methods-state", version.methodsState().name());
            version.methods().forEach(node.putArray("methods")::add);
            node.put("site", version.site());
            if (version.space() != null) {
                node.put("space", version.space());
            }
            place(node, version.position());
        });
    }

    @Override
    public void purpose(Purpose before, Purpose after) {
        ArrayNode versions = subject("purpose-end", after.purposeKey());
        after.versions().forEach(version -> {
            ObjectNode node =
                    versions.addObject().put("from", text(version.from())).put("present", version.present());
            node.put("person", text(version.person()));
            place(
                    node.put(
                            "ends-on",
                            version.endsOn() == null ? null : version.endsOn().toString()),
                    version.position());
        });
    }

    @Override
    public void attempt(AttemptTold told) {
        Attempt attempt = told.attempt();
        ObjectNode node = JSON.createObjectNode()
                .put("told", told.told().name())
                .put("at", text(attempt.at()))
                .put("point", attempt.pointId())
                .put("person", text(attempt.person()))
                .put("method", attempt.method())
                .put(
                        "outcome",
                        attempt.outcome() == null ? null : attempt.outcome().name());
        place(node, attempt.position());
        this.told.addObject().put("attempt", attempt.attemptKey()).set("says", node);
    }

    @Override
    public void consent(Consent before, Consent after) {
        ArrayNode versions = subject("consent", after.consentKey());
        after.versions().forEach(version -> {
            ObjectNode node =
                    versions.addObject().put("from", text(version.from())).put("present", version.present());
            if (version.present()) {
                node.put("person", text(version.person()))
                        .put("given", version.given().name())
                        .put("separate", text(version.separate()))
                        .put("scope", text(version.scope()))
                        .put("legal-basis", text(version.legalBasis()))
                        .put("guardian", text(version.guardian()));
                node.put(
                                "withdrawn-at",
                                text(
                                        version.withdrawnAt().state(),
                                        version.withdrawnAt().at()))
                        .put(
                                "expires-on",
                                text(
                                        version.expiresOn().state(),
                                        version.expiresOn().day()))
                        .put(
                                "born-on",
                                text(version.bornOn().state(), version.bornOn().day()));
            }
            place(node, version.position());
        });
    }

    @Override
    public void use(DeclaredUse before, DeclaredUse after) {
        ObjectNode node = says("technology-use", after.useKey(), after.present());
        if (after.present()) {
            node.put("scene", text(after.scene()));
            put(node, "started-on", after.startedOn());
            put(node, "terminated-on", after.terminatedOn());
        }
        place(node, after.position());
    }

    @Override
    public void filing(DeclaredFiling before, DeclaredFiling after) {
        ObjectNode node = says("declared-filing", after.filingKey(), after.present());
        if (after.present()) {
            node.put("kind", text(after.kind()));
            put(node, "submitted-on", after.submittedOn());
            put(node, "returned-on", after.returnedOn());
            put(node, "accepted-on", after.acceptedOn());
            put(node, "withdrawn-on", after.withdrawnOn());
            node.put("authority", text(after.authority())).put("declared-persons", text(after.declaredPersons()));
        }
        place(node, after.position());
    }

    private ObjectNode says(String kind, String key, boolean present) {
        return told.addObject().put(kind, key).putObject("says").put("present", present);
    }

    private static void put(ObjectNode node, String key, DayValue day) {
        node.put(key, text(day.state(), day.day()));
    }

    @Override
    public void registry(RegistryChange change) {
        throw new AssertionError("no product fills the registry");
    }

    @Override
    public void notApplicable(String reason, Position position) {
        told.addObject().put("not-applicable", reason);
    }

    @Override
    public void unreadable(String field, String reason, Position position) {
        told.addObject().put("unreadable", field + ": " + reason);
    }

    private ArrayNode subject(String kind, String key) {
        return told.addObject().put(kind, key).putArray("versions");
    }

    private static void place(ObjectNode node, Position position) {
        node.put("by", position.table() + " at " + position.logPosition());
    }

    private static String text(PersonToken person) {
        return person == null ? null : person.group() + "|" + person.digest();
    }

    private static String text(FieldValue value) {
        return text(value.state(), value.text());
    }

    /** The value, or why there is none. */
    private static String text(FieldState state, Object value) {
        return state == FieldState.PRESENT ? value.toString() : state.name();
    }

    private static String text(TimeBounds bounds) {
        String instant = bounds.exact() ? bounds.earliest().toString() : bounds.earliest() + ".." + bounds.latest();
        return bounds.declared() ? instant + " declared" : instant;
    }
}
