package org.faceaudit.cli.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.intake.operator.OperatorFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandingRowsTest {

    @TempDir
    private Path directory;

    private StandingRows rows;

    @BeforeEach
    void begin() throws Exception {
        rows = new StandingRows(ReconciledFile.write(directory).mapping());
    }

    @Test
    void onlyWhatTellsWhoseFaceIsStoredIsKept() {
        assertThat(rows.columns("public.face")).containsExactly("card", "feature", "kind");
        assertThat(rows.columns("public.photo")).containsExactly("id");
        assertThat(rows.columns("public.owner")).containsExactly("photo_id", "who");
        assertThat(rows.columns("public.gate")).isEmpty();
    }

    @Test
    void aPersonIsCountedOnceAndOnlyWhereAFaceIsStored() {
        face("1", "p1", "d1:present:template:1k", "real");
        face("2", "p1", "d1:unreadable:-:1k", "real");
        face("3", "p2", "d1:empty:template:-", "real");
        face("4", "p3", null, "real");
        face("5", "p4", "d1:present:template:1k", "test");
        face("6", null, "d1:present:template:1k", "real");

        assertThat(rows.persons()).isEqualTo(1);
        assertThat(rows.counts().rows()).isEqualTo(6);
    }

    @Test
    void aValueThatTheLogDidNotCarryStaysWhatItWas() {
        face("1", "p1", "d1:present:template:1k", "real");
        rows.put(
                "public.face",
                "public.face",
                "1",
                Map.of(
                        "card",
                        FieldValue.present(token("p2")),
                        "feature",
                        FieldValue.UNCHANGED,
                        "kind",
                        FieldValue.present("real")));

        assertThat(rows.persons()).isEqualTo(1);
        rows.remove("public.face", "1");
        assertThat(rows.persons()).isZero();
    }

    @Test
    void aPhotoIsThatOfTheFirstWhoRefersToIt() {
        rows.put("public.photo", "public.photo", "7", Map.of("id", FieldValue.present("7")));
        rows.put("public.photo", "public.photo", "8", Map.of("id", FieldValue.present("8")));
        assertThat(rows.persons()).isZero();

        owner("b", "7", "p1");
        owner("c", "7", "p2");
        assertThat(rows.persons()).isEqualTo(1);
        owner("d", "8", "p1");
        assertThat(rows.persons()).as("p1 by b and by d").isEqualTo(1);
        owner("a", "7", "p3");
        assertThat(rows.persons()).as("p3 by a, p1 by d").isEqualTo(2);

        rows.clear("public.owner", "public.owner");
        assertThat(rows.persons()).isZero();
        assertThat(rows.counts().rowsByTable()).containsEntry("public.photo", 2L);
    }

    private StandingRows members(String named) throws Exception {
        return new StandingRows(OperatorFiles.read(Files.writeString(directory.resolve("m.yaml"), """
                        operator: acme
                        system: one
                        source:
                          kind: postgresql
                          url: jdbc:postgresql://127.0.0.1:5432/one
                          user: capture
                          password: ${env:ONE}
                          zone: Asia/Shanghai
                          heartbeat: {table: public.heartbeat}
                        mapping:
                          tables:
                            public.member:
                              key: [id]
                              facts:
                                - event: face-record
                                  %s
                                  template: {present: row}
                        """.formatted(named)))
                .mapping());
    }

    @Test
    void columnsThatNameAPersonTogetherCountTogetherAndInOrder() throws Exception {
        StandingRows members = members("person: {identifies: member-no, columns: [branch, number]}");
        FieldValue one = FieldValue.present("t1:member-no:k1:none:a");
        FieldValue other = FieldValue.present("t1:member-no:k1:none:b");
        members.put("public.member", "public.member", "1", Map.of("branch", one, "number", other));
        members.put("public.member", "public.member", "2", Map.of("branch", one, "number", other));
        assertThat(members.persons()).isEqualTo(1);

        members.put("public.member", "public.member", "3", Map.of("branch", other, "number", one));
        members.put("public.member", "public.member", "4", Map.of("branch", one, "number", one));
        assertThat(members.persons()).isEqualTo(3);

        members.put("public.member", "public.member", "5", Map.of("branch", one, "number", FieldValue.ABSENT));
        assertThat(members.persons()).as("half a name is nobody's").isEqualTo(3);
    }

    @Test
    void ofARowWithSeveralTokensTheFirstThatIsThereCounts() throws Exception {
        StandingRows members =
                members("persons: [{identifies: id-card, column: card}, {identifies: phone, column: phone}]");
        FieldValue card = FieldValue.present("t1:id-card:k1:none:a");
        FieldValue phone = FieldValue.present("t1:phone:k1:none:1");
        members.put("public.member", "public.member", "1", Map.of("card", card, "phone", phone));
        members.put("public.member", "public.member", "2", Map.of("card", card, "phone", FieldValue.ABSENT));
        assertThat(members.persons()).isEqualTo(1);

        members.put("public.member", "public.member", "3", Map.of("card", FieldValue.ABSENT, "phone", phone));
        assertThat(members.persons()).isEqualTo(2);
    }

    private void owner(String key, String photo, String who) {
        rows.put(
                "public.owner",
                "public.owner",
                key,
                Map.of("photo_id", FieldValue.present(photo), "who", FieldValue.present(token(who))));
    }

    private void face(String key, String card, String feature, String kind) {
        Map<String, FieldValue> values = new HashMap<>();
        values.put("card", card == null ? FieldValue.ABSENT : FieldValue.present(token(card)));
        values.put("feature", feature == null ? FieldValue.ABSENT : FieldValue.present(feature));
        values.put("kind", FieldValue.present(kind));
        rows.put("public.face", "public.face", key, values);
    }

    private static String token(String person) {
        return "t1:member-no:k1:trim,upper:" + person;
    }
}
