package org.faceaudit.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.oracle.Scene.day;
import static org.faceaudit.oracle.Scene.shanghai;
import static org.faceaudit.oracle.history.RegistrySource.row;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.faceaudit.oracle.history.LawRows;
import org.faceaudit.oracle.history.RegistrySource;
import org.faceaudit.oracle.history.SampleSource;
import org.junit.jupiter.api.Test;

/** Rows that name a person by id card, phone and member number, counted at the end of 1 and 2 March. */
class SeveralTokensTest {

    private static final String FACE = "public.named_face";
    private static final LawRows LAW = LawRows.read(Path.of("../../sql/law"));

    private final SampleSource source = new SampleSource("cdc.op.named", "named", 900_000)
            .table(FACE, "id")
            .table("public.faceaudit_heartbeat", "id");
    private int nextId = 1;

    SeveralTokensTest() {
        source.unseen(transaction -> transaction.insert("public.faceaudit_heartbeat", row("id", 1, "beat_at", null)));
        source.snapshot(shanghai("2026-02-01T08:00"));
    }

    private static String token(String kind, String person) {
        return person == null ? null : "t1:" + kind + ":k1:none:" + person;
    }

    private static Map<String, Object> named(String card, String phone, String member) {
        return row(
                "id_card",
                token("id-card", card),
                "phone",
                token("phone", phone),
                "member_no",
                token("member-no", member));
    }

    private SeveralTokensTest face(String card, String phone, String member) {
        Map<String, Object> face = named(card, phone, member);
        face.put("id", nextId++);
        face.put("create_time", null);
        source.commit(shanghai("2026-03-01T10:00").plusSeconds(nextId), transaction -> transaction.insert(FACE, face));
        return this;
    }

    /** Low and high at the end of a day. */
    private String counted(String day) {
        RegistrySource registry = new RegistrySource(LAW);
        registry.source()
                .unseen(transaction ->
                        transaction.insert("registry.operator", RegistrySource.operator("op", "320500")));
        registry.source().snapshot(shanghai("2025-05-01T08:00"));
        registry.beat(shanghai("2026-03-04T08:00"));
        source.commit(
                shanghai("2026-03-04T08:00"),
                transaction -> transaction.update("public.faceaudit_heartbeat", "1", row("beat_at", "x")));
        List<TopicRecord> dump = new ArrayList<>(registry.source().records());
        dump.addAll(source.records());
        PersonDay counted =
                new Oracle(dump).personDays("op", day(day), day(day)).get(0);
        return counted.personsLow() + "-" + counted.personsHigh();
    }

    @Test
    void tokensOfOneRecordAreOnePerson() {
        assertThat(face("a", "a", "a").counted("2026-03-01")).isEqualTo("1-1");
    }

    @Test
    void tokensThatNoRecordNamesTogetherMayBeTwoPersons() {
        assertThat(face("a", null, null).face(null, "a", null).counted("2026-03-01"))
                .isEqualTo("1-2");
    }

    @Test
    void oneRecordSaysItOfAllRecords() {
        face("a", null, null).face(null, "a", null).face("a", "a", null).face("b", "b", null);

        assertThat(counted("2026-03-01")).isEqualTo("2-2");
    }

    @Test
    void aRecordThatNamesNobodyMayBeOneMore() {
        assertThat(face("a", "a", null).face(null, null, null).counted("2026-03-01"))
                .isEqualTo("1-2");
    }

    @Test
    void twoPhonesOfOneCardContradictAndBothCount() {
        assertThat(face("a", "a", null).face("a", "b", null).counted("2026-03-01"))
                .isEqualTo("2-3");
    }

    @Test
    void aPhoneOfTwoCardsIsNeitherOnes() {
        assertThat(face("a", "a", null).face("b", "a", null).counted("2026-03-01"))
                .isEqualTo("2-3");
    }

    private SeveralTokensTest card(String branch, String number) {
        Map<String, Object> face = named(null, null, null);
        face.put("branch", branch);
        face.put("branch_no", number);
        face.put("id", nextId++);
        face.put("create_time", null);
        source.commit(shanghai("2026-03-01T10:00").plusSeconds(nextId), transaction -> transaction.insert(FACE, face));
        return this;
    }

    @Test
    void aBranchAndANumberNameAPersonTogether() {
        String north = token("member-no", "a");
        String south = token("member-no", "b");
        card(north, token("member-no", "7"))
                .card(north, token("member-no", "7"))
                .card(south, token("member-no", "7"));
        assertThat(counted("2026-03-01")).isEqualTo("2-2");
        face(null, null, "7");
        assertThat(counted("2026-03-01"))
                .as("a number alone compares with neither")
                .isEqualTo("2-3");
        card(north, null);
        assertThat(counted("2026-03-01")).as("half a name is nobody's").isEqualTo("2-4");
        card(north, "t1:member-no:k2:none:7");
        assertThat(counted("2026-03-01")).as("nor are halves of two keys").isEqualTo("2-5");
    }

    @Test
    void whatWasSaidEndsWithTheRecordThatSaidIt() {
        face("a", null, null).face(null, "a", null).face("a", "a", null);
        source.commit(shanghai("2026-03-02T10:00"), transaction -> transaction.delete(FACE, "3"));

        assertThat(counted("2026-03-01")).isEqualTo("1-1");
        assertThat(counted("2026-03-02")).isEqualTo("1-2");
    }

    @Test
    void aTokenThatARowNamesNoMoreIsStoredNoMore() {
        face("a", "a", null).face("b", null, null);
        source.commit(
                shanghai("2026-03-02T10:00"), transaction -> transaction.update(FACE, "1", named(null, "a", null)));

        assertThat(counted("2026-03-01")).isEqualTo("2-2");
        assertThat(counted("2026-03-02")).isEqualTo("1-2");
    }
}
