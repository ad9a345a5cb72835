package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.intake.rows.Logged.delete;
import static org.faceaudit.intake.rows.Logged.insert;
import static org.faceaudit.intake.rows.Logged.last;
import static org.faceaudit.intake.rows.Logged.row;
import static org.faceaudit.intake.rows.Logged.update;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.faceaudit.core.event.AccessPoint;
import org.faceaudit.core.event.AccessPointVersion;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.PointConfigurations;
import org.junit.jupiter.api.Test;

/** Several rows about one access point, one row about several, and rows that say nothing that can be read. */
class PointRowsTest {

    private static final String GATES = """
            mapping:
              tables:
                public.gate:
                  key: [id]
                  facts:
                    - event: access-point
                      id: {column: id}
                      methods: {flags: {by_face: FACE, by_card: CARD}}
                public.setting:
                  key: [id]
                  facts:
                    - event: access-point
                      id: {column: gate_id}
                      methods: {flags: {by_face: FACE, by_card: CARD}}
            """;

    private final SourceUnderTest gym = new SourceUnderTest(MappingsUnderTest.of(GATES));

    private static String gate(String id, boolean card) {
        return "{'id':'" + id + "','by_face':true,'by_card':" + card + "}";
    }

    private static String setting(int id, String gate, boolean card) {
        return "{'id':" + id + ",'gate_id':" + gate + ",'by_face':true,'by_card':" + card + "}";
    }

    /** What each row says of a gate. */
    private TreeMap<String, AccessPoint> rows(String gate) {
        TreeMap<String, AccessPoint> rows = new TreeMap<>(gym.facts.points);
        rows.keySet().removeIf(id -> !id.startsWith(gate + " "));
        return rows;
    }

    private List<AccessPointVersion> together(String gate) {
        return PointConfigurations.together(rows(gate).values()).versions();
    }

    @Test
    void eachRowAboutAPointIsToldByItself() {
        gym.read(row("gate", gate("g", false)));
        gym.read(last("setting", setting(1, "'g'", true)));

        assertThat(rows("g").keySet()).containsExactly("g public.gate/g", "g public.setting/1");
        assertThat(together("g")).singleElement().satisfies(version -> {
            assertThat(version.contradicted()).isTrue();
            assertThat(version.inForce()).isTrue();
        });
    }

    @Test
    void aRowThatComesToNameAnotherPointLeavesTheFirst() {
        gym.read(row("gate", gate("g", false)));
        gym.read(last("setting", setting(1, "'h'", true)));
        gym.read(update("setting", setting(1, "'g'", false), 200, "2026-11-02T00:00:00Z"));
        gym.read(update("setting", setting(1, "'h'", true), 201, "2026-11-03T00:00:00Z"));

        assertThat(together("h")).extracting(AccessPointVersion::there).containsExactly(true, false, true);
        assertThat(together("h"))
                .extracting(AccessPointVersion::methods)
                .containsExactly(List.of("CARD", "FACE"), List.of(), List.of("CARD", "FACE"));
        assertThat(together("g"))
                .as("the setting says what the gate says itself")
                .hasSize(1);
    }

    @Test
    void aRowWhosePointCannotBeReadStaysWithTheLast() {
        gym.read(row("gate", gate("g", false)));
        gym.read(last("setting", setting(1, "'h'", true)));
        gym.read(update("setting", setting(1, "null", false), 200, "2026-11-02T00:00:00Z"));
        gym.read(delete("setting", "{'id':1}", 201, "2026-11-03T00:00:00Z"));

        assertThat(together("h"))
                .extracting(AccessPointVersion::methods)
                .containsExactly(List.of("CARD", "FACE"), List.of("FACE"), List.of());
    }

    @Test
    void aRowWhosePointIsToldLaterWasThatPointsAllAlong() {
        gym.read(last("gate", gate("g", false)));
        gym.read(insert("setting", setting(1, "null", true), 200, "2026-11-02T00:00:00Z"));
        assertThat(rows("1").keySet()).as("nobody knows whose it is").containsExactly("1 public.setting/1");

        gym.read(update("setting", setting(1, "'g'", true), 201, "2026-11-03T00:00:00Z"));

        assertThat(together("g")).extracting(AccessPointVersion::contradicted).containsExactly(false, true);
        assertThat(together("g").get(1).from().latest()).isEqualTo("2026-11-02T00:00:00Z");
        assertThat(new ArrayList<>(together("1")))
                .as("taken back")
                .extracting(AccessPointVersion::there)
                .containsExactly(false);
    }

    private static final String REMOVED = """
            mapping:
              tables:
                public.gate:
                  key: [code]
                  facts:
                    - event: access-point
                      methods: {constant: [FACE]}
                      in-force: {column: removed_at, in: [""]}
                      space: {column: room, values: {hall: OTHER, bath: BATH}}
                  where: {column: kind, equals: "Y"}
            """;

    @Test
    void aGateIsThereUntilSomebodyNotesThatItIsNotAndCharColumnsAreFilledWithBlanks() {
        SourceUnderTest gates = new SourceUnderTest(MappingsUnderTest.of(REMOVED));
        gates.read(row("gate", "{'code':'1','kind':'Y   ','removed_at':null,'room':'bath      '}"));
        gates.read(row("gate", "{'code':'2','kind':'N   ','removed_at':null,'room':null}"));
        gates.read(last("gate", "{'code':'3','kind':'Y','removed_at':'','room':'hall'}"));
        gates.read(update(
                "gate",
                "{'code':'1','kind':'Y   ','removed_at':'2026-11-02T00:00:00Z','room':'bath      '}",
                200,
                "2026-11-02T00:00:00Z"));

        assertThat(gates.facts.points.keySet()).containsExactlyInAnyOrder("1 public.gate/1", "3 public.gate/3");
        assertThat(gates.facts.points.get("1 public.gate/1").versions())
                .extracting(AccessPointVersion::inForce)
                .containsExactly(true, false);
        assertThat(gates.facts.points.get("1 public.gate/1").versions().get(0).space())
                .isEqualTo("BATH");
        assertThat(gates.facts.points.get("3 public.gate/3").versions())
                .extracting(AccessPointVersion::inForce)
                .containsExactly(true);
    }

    private static final String LISTS = """
            mapping:
              tables:
                public.door:
                  key: [id]
                  facts:
                    - event: access-point
                      methods: {column: modes, delimiter: ",", values: {face: FACE, ic: CARD}}
                public.desk:
                  key: [id]
                  facts:
                    - event: access-point
                      methods: {json: modes}
            """;

    private static AccessPointVersion listed(String table, String modes, List<String> complaints) {
        SourceUnderTest source = new SourceUnderTest(MappingsUnderTest.of(LISTS));
        source.read(last(table, "{'id':1,'modes':" + modes + "}"));
        complaints.addAll(source.facts.unreadable);
        return source.facts.points.values().iterator().next().versions().get(0);
    }

    @Test
    void aMethodThatNobodyMappedMakesTheWholeSetUnknown() {
        List<String> complaints = new ArrayList<>();

        assertThat(listed("door", "'face,gesture'", complaints).methodsState()).isEqualTo(FieldState.UNKNOWN);
        assertThat(listed("desk", "'[\\\"FACE\\\",\\\"GESTURE\\\"]'", complaints)
                        .methodsState())
                .isEqualTo(FieldState.UNKNOWN);
        assertThat(listed("desk", "'face'", complaints).methodsState())
                .as("no JSON")
                .isEqualTo(FieldState.UNKNOWN);
        assertThat(complaints)
                .containsExactly("modes: unmapped-method", "modes: unmapped-method", "modes: unmapped-method");
    }

    @Test
    void anEmptySetOffersNothingAndIsNotTheFaceAlone() {
        List<String> complaints = new ArrayList<>();

        for (AccessPointVersion version : List.of(
                listed("door", "''", complaints),
                listed("door", "' , '", complaints),
                listed("door", "null", complaints),
                listed("desk", "'[]'", complaints))) {
            assertThat(version.methodsState()).isEqualTo(FieldState.PRESENT);
            assertThat(version.methods()).isEmpty();
        }
        assertThat(complaints).isEmpty();
    }
}
