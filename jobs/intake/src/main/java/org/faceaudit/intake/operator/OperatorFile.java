package org.faceaudit.intake.operator;

import java.util.Objects;
import java.util.Optional;
import org.faceaudit.intake.mapping.Mapping;

/**
 * What one operator's file says of one system. The file, in YAML; a key not shown here is an error:
 *
 * <pre>
 * operator: iron-gym                     # [a-z0-9-]+; the registry knows the rest
 * system: gym                            # [a-z0-9-]+
 * source:
 *   kind: postgresql                     # or mariadb, and jdbc:mariadb://…; a table is then database.table
 *   url: jdbc:postgresql://127.0.0.1:5432/gym
 *   user: faceaudit_capture
 *   password: ${env:GYM_PASSWORD}        # never the password itself
 *   zone: Asia/Shanghai                  # of columns that carry no zone
 *   heartbeat:
 *     table: public.faceaudit_heartbeat
 *     promise: 5m                        # who is silent for longer is reported (source-silent); the registry's parameter if left out
 *     hours: 07:00-23:00                 # promised only then, by Shanghai time; at every hour if left out
 *     days: working-days                 # or every-day, as if left out
 *     every: 5s                          # how often to beat, more often than promised; a third of the promise, 10s at most, if left out
 * use: compreface                        # a product's mapping (or a file beside this one, ./name.yaml; its tables may
 *                                        # be named ${database}.table, the database of the url), or else
 * mapping:
 *   token-key: k1                        # id of the key of tokens; k1 if left out; also allowed beside use
 *   tables:
 *     public.member_image:               # schema.table
 *       key: [id]                        # the columns that identify a row
 *       facts:
 *         - event: face-record
 *           person: PERSON               # may be left out; or persons: [PERSON, PERSON], see below
 *           image: {present: row}        # row | never, or {column: photo, as: bytes|base64|path|url}
 *           template: {present: never}   # row | never, or {column: feature}
 *           stored-at: TIME              # may be left out
 *           stored-after: TIME           # a lower bound where the product keeps no date; may be left out
 *           retention: {days: 180}       # or {column: keep_days} or {until: keep_until, type: date}; may be left out
 *           data-class: public-security-video   # images that an exception is about (a law's floor, training); a face library if left out
 *       where: CONDITION                 # or a list of them, all of which must hold
 *       tokens: {api_key: credential}    # further columns that leave the source only as tokens
 *       soft-delete: deleted             # the row is still stored; said so that nobody wonders
 *       left-out: {photo_backup: "not needed"}
 *     campus.face_data:
 *       keyless: true                    # in the place of 'key': nothing names a row, and there may be equal ones
 *       facts:
 *         - {event: face-record, template: {column: feature_data}}
 *     public.access_log_{yyyyMM}:        # one entry for all tables called so, those to come too, see below
 *       key: [id]
 *       facts:
 *         - {event: attempt, access-point: {column: gate_id}, method: {constant: FACE}}
 *     public.access_point:
 *       key: [id]
 *       facts:
 *         - event: access-point
 *           id: {column: code}           # the key if left out
 *           site: {column: site}         # may be left out
 *           space: {column: room, values: {changing: CHANGING_ROOM, lobby: OTHER}}
 *             # may be left out; GUEST_ROOM, BATH, CHANGING_ROOM, TOILET, OTHER; no values if the source spells them so
 *           in-force: {column: in_service}                # a flag, or {column: status, in: ["1"]}; every row if left out
 *           methods: {flags: {by_face: FACE, by_card: CARD}}
 *             # or {constant: [FACE]}, {column: modes, delimiter: ","}, {json: modes}; the last two take
 *             # values: {scan: FACE}     # the product's spelling to ours
 *           since: TIME                  # may be left out
 *     public.membership:
 *       key: [id]
 *       facts:
 *         - event: purpose-end
 *           person: PERSON
 *           ends-on: TIME                # type date if left out
 *           since: TIME                  # may be left out
 *     public.consent:
 *       key: [id]
 *       facts:
 *         - event: consent
 *           person: PERSON
 *           separate: FLAG               # whether it is a separate consent (单独同意)
 *           scope: {column: purpose, values: {entrance: FACE, terms: BUNDLED, newsletter: OTHER}}
 *             # or {constant: FACE}; FACE if left out
 *           legal-basis: {column: basis, values: {agreed: CONSENT, membership: CONTRACT}}
 *             # CONSENT, CONTRACT, HR, STATUTE, PUBLIC_SECURITY or OTHER, or {constant: CONSENT}; may be left out
 *           given-at: TIME               # may be left out: then the row's being there says that it was given
 *           withdrawn-at: TIME           # may be left out
 *           withdrawn: FLAG              # where a status tells, may be left out
 *           expires-on: TIME             # last day of the period consented to; type date if left out; may be left out
 *           guardian: FLAG               # whether a parent or other guardian gave it; may be left out
 *           birth: TIME                  # the person's; type date if left out; may be left out
 *     public.passage:
 *       key: [id]
 *       facts:
 *         - event: attempt               # all of these may be left out; which rules need what, judgeable_v1 says
 *           access-point: {column: gate_id}   # as the access point's own row spells its id
 *           person: PERSON
 *           at: TIME                     # with a time of day; the commit if left out, unreadable or after the commit
 *           method: {column: how, values: {face_match: FACE, ic: CARD}}
 *             # or {constant: FACE}; no values if the source spells them as we do, in capitals or not
 *           outcome: {column: result, values: {"0": PASSED, "1": FAILED, refused: DECLINED}}
 *             # or {constant: PASSED}; one column may say method and outcome, each by its own values
 *     public.scene:
 *       key: [id]
 *       facts:
 *         - event: technology-use        # joins the uses that the registry has of the operator
 *           scene: {column: name}        # or {constant: 小区门禁}, or with values; may be left out
 *           started-on: TIME             # type date if left out; may be left out
 *           terminated-on: TIME          # type date if left out; empty while the use goes on
 *     public.filing_record:
 *       key: [id]
 *       facts:
 *         - event: declared-filing       # the operator's own word of what it filed; the registry decides
 *           kind: {column: what, values: {首次: INITIAL, 变更: CHANGE, 注销: DEREGISTRATION}}   # or {constant: INITIAL}
 *           submitted-on: TIME           # of this and the next three the type is date if left out; empty while it is a draft
 *           returned-on: TIME            # may be left out
 *           accepted-on: TIME            # may be left out
 *           withdrawn-on: TIME           # may be left out
 *           authority: {constant: "330000"}   # GB/T 2260; or {column: office, values: {浙江: "330000"}}; may be left out
 *           declared-persons: {column: persons}   # may be left out
 * </pre>
 *
 * <ul>
 *   <li>A table without a primary key: if some columns tell its rows apart all the same, they are its {@code key}; if not, it is
 *       {@code keyless: true}, a multiset of what is captured of its rows. Its source must log whole rows, as they were before
 *       too: PostgreSQL with REPLICA IDENTITY FULL and, for such a table, no column list in the publication; MariaDB with
 *       {@code binlog_row_image = FULL}. Of equal rows the one that has been there longest is changed, or goes. All rows of the table
 *       are followed in one place.
 *   <li>Several rows, of one table or several, may tell of one access point by its id. Where they say the same they are one; where
 *       they differ nobody knows what it offers until one is left. Of one table the rows in service count.
 *   <li>Every {@code {column: c}} takes {@code via: [member_id -> public.member.id]}: the column of the row reached by up to
 *       four hops, forward ({@code a -> table.b}) or to rows that point here ({@code a <- table.b}). A table reached forward
 *       need not be listed: the column it is reached by is then its key.
 *   <li>PERSON: {@code {identifies: member-no, column: member_no, via: …, normalise: [trim, upper]}}; {@code identifies} is
 *       {@code id-card}, {@code phone}, {@code member-no}, {@code local-id} or {@code free-text}. The last two compare within the
 *       system ({@code scope: system}, the default) or within {@code collection: {column: …, via: …}}; ids of another system
 *       of the operator are written with {@code of-system: crm}.
 *   <li>{@code normalise}: in this order, of {@code trim}, {@code upper}, {@code lower}, {@code half-width}, {@code digits} (all else
 *       goes), {@code idcard} (identity cards of 15 and of 18 digits as one) and {@code phone} (digits, without {@code +86}). Tokens
 *       of other steps, or in another order, never compare. Nothing but blanks names nobody.
 *   <li>Where one column means persons of different tables, and another column says which, {@code one-of: [PERSON, PERSON]} stands
 *       in the place of PERSON, each with {@code when: CONDITION}: {@code {one-of: [{identifies: member-no, column: no, via:
 *       [person_id -> public.student.id], when: {column: kind, equals: "1"}}, {identifies: id-card, column: id_card, via:
 *       [person_id -> public.staff.id], when: {column: kind, equals: "2"}}]}}. The first whose condition holds names the person,
 *       whether or not its row is there; the last needs no condition. Where none holds, or the column that says it cannot be read,
 *       nobody is named. That column leaves the source as it stands there.
 *   <li>Where only several columns together identify somebody, {@code columns: [country, passport_no]} stands instead of {@code
 *       column}: each leaves the source as a token of its own, and intake makes one of them, in this order. A row that leaves
 *       one empty names nobody. Tokens over as many columns, of one kind and one normalisation, compare.
 *   <li>Where a record carries several of them, {@code persons: [PERSON, PERSON]} says that they are one person, who then
 *       counts once over all systems. The first one that a row has is the one that purposes must name too.
 *   <li>TIME: {@code {column: taken_at, type: timestamptz}}; {@code type} is {@code timestamp} (no zone), {@code timestamptz},
 *       {@code date}, {@code epoch-seconds}, {@code epoch-millis}, {@code epoch-micros} or {@code epoch-nanos}. Text may spell
 *       days and times in any way that begins with the year ({@code 2026/3/1 8:05}, {@code 20260301}). An empty text, zero,
 *       {@code 0000-00-00} and 1970-01-01 say that there is no time, as NULL does; a birth on that day is one.
 *   <li>An attempt whose row is deleted, or whose table is emptied, was made all the same: logs are cleared. An UPDATE corrects
 *       it, within the lateness horizon. A word that {@code values} do not know is counted unreadable, and the attempt kept without
 *       it.
 *   <li>FLAG: {@code {column: c}} (true, t, 1, y, yes, on and their opposites), {@code {column: status, in: ["3"]}} or {@code
 *       {constant: true}}.
 *   <li>A consent. What a row leaves empty: without {@code separate} it is no separate consent, without {@code guardian} no
 *       guardian's, without {@code given-at} it was not given; without {@code withdrawn-at} it stands, without {@code
 *       expires-on} it has no end. What cannot be read is unknown, and nothing follows from it. A withdrawal counts from
 *       its own day, a consent from its commit, also when it is given again in the same row; a status counts from the change
 *       that tells it. A row that is deleted is a consent documented no longer: no withdrawal, and it undoes none.
 *   <li>A use, a filing. Of their rows the newest state counts, as of the registry's own: with a deleted row goes what it said. A
 *       day of the use's end that cannot be read, or that lies before its beginning, is unknown: the use neither ended nor goes
 *       on. A filing says nothing whose kind, submission, return or withdrawal cannot be read, that was submitted after the
 *       commit of its row, or returned or withdrawn before it was submitted. Their ids in alerts are {@code system/row}, the row's
 *       table and key with {@code /} and {@code %} percent-encoded: {@code books/public.scene%2F7}.
 *   <li>A table's name with digits in braces stands for every table called so, as {@link org.faceaudit.intake.mapping.TablePattern}
 *       says: <code>{yyyyMM}</code>, <code>{yyyyMMdd}</code>, <code>{yyyy}</code>, <code>{MM}</code>, <code>{dd}</code>,
 *       <code>{nn}</code> (as many digits as letters), <code>{n}</code> (any number of them). Rows of different tables are different
 *       rows, also with one key; evidence and record keys name the table that is there. No table may be one of two entries. A
 *       reference to such a name finds the row in whichever table it is; where both names spell their digits alike, only in the
 *       table of the same digits. If several tables say different things of one id, nobody is meant. What stood in a table that
 *       is dropped stands until the source is read anew: the log tells nothing of DROP TABLE.
 *   <li>CONDITION: {@code {column: c, equals: "0"}}, {@code {column: c, in: ["1", "2"]}} or {@code {column: c, not: "x"}}.
 *       {@code ""} means that nothing is there, NULL or empty text: {@code where: {column: deleted_at, equals: ""}} for rows that
 *       are not deleted, {@code in-force: {column: deleted_at, in: [""]}}. Blanks at the end of a value do not count.
 *       Where the column leaves the source as a token, the constant is written as the source holds it: whoever holds the key
 *       turns it into the column's token ({@link OperatorFiles#prepared}) before the job reads the file.
 * </ul>
 *
 * @param file the file as it was named
 * @param operator the audited company
 * @param system the recognition product instance
 * @param source the captured database
 * @param product the product whose mapping is used, empty if the file has its own
 * @param mapping what the rows mean
 */
public record OperatorFile(
        String file, String operator, String system, SourceAddress source, Optional<String> product, Mapping mapping) {

    public OperatorFile {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(product, "product");
        Objects.requireNonNull(mapping, "mapping");
    }
}
