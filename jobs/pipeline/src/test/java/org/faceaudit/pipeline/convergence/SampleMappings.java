package org.faceaudit.pipeline.convergence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.intake.operator.OperatorFileException;
import org.faceaudit.intake.operator.OperatorFiles;
import org.faceaudit.oracle.Listening;
import org.faceaudit.oracle.history.World;

/** Operators' files of the make-believe sources, one per topic. */
final class SampleMappings {

    private static final String FACE = """
            mapping:
              tables:
                public.face:
                  key: [id]
                  facts:
                    - event: face-record
                      person: {identifies: id-card, column: id_card, normalise: [idcard]}
                      image: {column: photo_url, as: url}
                      template: {present: row}
                      stored-at: {column: create_time, type: timestamp}
                  soft-delete: is_deleted
            """;

    /** Appended to {@link #FACE}. */
    private static final String OWN_RECORDS = """
                public.scene_use:
                  key: [id]
                  facts:
                    - event: technology-use
                      scene: {column: scene}
                      started-on: {column: started_on}
                      terminated-on: {column: terminated_on}
                public.own_filing:
                  key: [id]
                  facts:
                    - event: declared-filing
                      kind: {column: kind, values: {INITIAL: INITIAL, CHANGE: CHANGE, DEREGISTRATION: DEREGISTRATION}}
                      submitted-on: {column: submitted_on}
                      returned-on: {column: returned_on}
                      accepted-on: {column: accepted_on}
                      withdrawn-on: {column: withdrawn_on}
                      authority: {column: authority}
                      declared-persons: {column: persons}
            """;

    private static final String NAMED = """
            mapping:
              tables:
                public.named_face:
                  key: [id]
                  facts:
                    - event: face-record
                      persons:
                        - {identifies: id-card, column: id_card, normalise: [idcard]}
                        - {identifies: phone, column: phone}
                        - {identifies: member-no, column: member_no}
                        - {identifies: member-no, columns: [branch, branch_no]}
                      template: {present: row}
                      stored-at: {column: create_time, type: timestamp}
                public.note:
                  key: [id]
                  tokens: {author: local-id, reader: local-id}
            """;

    private static final String SHARDS = """
            mapping:
              tables:
                public.shard_face_{nn}:
                  key: [id]
                  facts:
                    - event: face-record
                      person:
                        one-of:
                          - {identifies: id-card, column: id_card, normalise: [idcard], when: {column: kind, equals: "1"}}
                          - {identifies: phone, column: phone, when: {column: kind, in: ["2", "3"]}}
                      template: {present: row}
                      stored-at: {column: create_time, type: timestamp}
            """;

    private static final String GYM = """
            mapping:
              tables:
                public.access_point:
                  key: [id]
                  facts:
                    - event: access-point
                      id: {column: id}
                      site: {column: site}
                      space:
                        column: space
                        values: {guest-room: GUEST_ROOM, bath: BATH, changing-room: CHANGING_ROOM, toilet: TOILET, hall: OTHER, counter: OTHER}
                      in-force: {column: in_service}
                      methods: {flags: {by_face: FACE, by_card: CARD, by_qr: QR}}
                      since: {column: changed_at, type: timestamptz}
                public.gate_setting:
                  key: [id]
                  facts:
                    - event: access-point
                      id: {column: gate_id}
                      in-force: {column: enabled}
                      methods: {flags: {by_face: FACE, by_card: CARD, by_qr: QR}}
                public.member_image:
                  key: [id]
                  facts:
                    - event: face-record
                      person: {identifies: member-no, column: member_no, via: [member_id -> public.member.id], normalise: [trim, upper]}
                      image: {present: row}
                      template: {present: never}
                      stored-at: {column: taken_at, type: timestamptz}
                      retention: {until: keep_until, type: date}
                public.visitor_photo:
                  key: [id]
                  facts:
                    - event: face-record
                      image: {present: row}
                      template: {present: never}
                      stored-at: {column: taken_at, type: timestamptz}
                      retention: {column: keep_days}
                      data-class: public-security-video
                public.consent:
                  key: [id]
                  facts:
                    - event: consent
                      person: {identifies: member-no, column: member_no, via: [member_id -> public.member.id], normalise: [trim, upper]}
                      separate: {column: separate}
                      scope: {column: scope, values: {face: FACE, terms: BUNDLED, ads: OTHER}}
                      legal-basis: {column: legal_basis, values: {consent: CONSENT, contract: CONTRACT, hr: HR, statute: STATUTE, public-security: PUBLIC_SECURITY, other: OTHER}}
                      given-at: {column: given_at, type: timestamptz}
                      withdrawn-at: {column: withdrawn_at, type: timestamptz}
                      expires-on: {column: expires_on, type: date}
                      guardian: {column: guardian}
                      birth: {column: birth_on, via: [member_id -> public.member.id], type: date}
                public.membership:
                  key: [id]
                  facts:
                    - event: purpose-end
                      person: {identifies: member-no, column: member_no, via: [member_id -> public.member.id], normalise: [trim, upper]}
                      ends-on: {column: ended_on, type: date}
                public.attempt:
                  key: [id]
                  facts:
                    - event: attempt
                      person: {identifies: member-no, column: member_no, normalise: [trim, upper]}
                      access-point: {column: point_id}
                      at: {column: at, type: timestamptz}
                      method: {column: method, values: {face: FACE, card: CARD, qr: QR}}
                      outcome: {column: outcome, values: {passed: PASSED, failed: FAILED, declined: DECLINED}}
            """;

    private SampleMappings() {}

    private static String prepared(Path file, String operator) {
        try {
            return OperatorFiles.prepared(file, (column, keyId, text) -> World.shippedKey(operator));
        } catch (OperatorFileException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Some promise heartbeats in their working hours or at night, some day and night, and one says nothing of it. */
    private static String promise(String system) {
        return switch (system) {
            case "gym" -> ", promise: 48h, hours: 07:00-22:00, days: working-days";
            case "turnstile" -> ", promise: 30h, hours: 20:00-05:00, days: working-days";
            case "compreface" -> "";
            default -> ", promise: 200h";
        };
    }

    /** The same in the oracle's words. */
    static Listening listening(String topic) {
        return switch (topic.split("\\.", -1)[2]) {
            case "gym" -> new Listening(48 * 3_600, 7, 22, true);
            case "turnstile" -> new Listening(30 * 3_600, 20, 5, true);
            case "compreface" -> Listening.UNSAID;
            default -> new Listening(200 * 3_600, 0, 24, false);
        };
    }

    /** Columns of which the histories tell when they are gone, in the oracle's words. */
    static Map<String, Set<String>> mapped(String topic) {
        return topic.endsWith(".named") ? Map.of("public.note", Set.of("id", "author", "reader")) : Map.of();
    }

    /** The mappings of all topics but the registry's; their files are written to the directory first. */
    static List<Mapping> of(Collection<String> topics, Path directory) throws IOException {
        for (String topic : topics) {
            if (topic.equals("cdc.registry")) {
                continue;
            }
            String[] parts = topic.split("\\.", -1);
            String source = """
                    operator: %s
                    system: %s
                    source:
                      kind: postgresql
                      url: jdbc:postgresql://127.0.0.1:1/sample
                      user: faceaudit_capture
                      password: ${env:SAMPLE_PASSWORD}
                      zone: Asia/Shanghai
                      heartbeat: {table: public.faceaudit_heartbeat%s}
                    """.formatted(parts[1], parts[2], promise(parts[2]));
            String meaning = switch (parts[2]) {
                case "gym" -> GYM;
                case "named" -> NAMED;
                case "shards" -> SHARDS;
                case "keyless" -> FACE.replace("key: [id]", "keyless: true");
                case "books" -> FACE + OWN_RECORDS;
                case "turnstile" -> GYM.replaceFirst("(public.attempt:\\s+)key: \\[id\\]", "$1keyless: true");
                case "compreface" -> "use: compreface\n";
                default -> FACE;
            };
            Path file = Files.writeString(directory.resolve(topic + ".yaml"), source + meaning);
            Files.writeString(file, prepared(file, parts[1]));
        }
        try {
            return OperatorFiles.readDirectory(directory).stream()
                    .map(OperatorFile::mapping)
                    .toList();
        } catch (OperatorFileException e) {
            throw new IllegalStateException(e);
        }
    }
}
