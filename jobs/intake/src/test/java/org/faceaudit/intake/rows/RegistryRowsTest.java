package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.intake.Envelopes.record;
import static org.faceaudit.intake.rows.Logged.SNAPSHOT;

import org.faceaudit.intake.mapping.Mapping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryRowsTest {

    @Test
    void theRegistryIsTheNewestStateOfEachRow() {
        SourceUnderTest registry = new SourceUnderTest(Mapping.registry());
        String parameter =
                "{'name':'filing.days','scope':'*','value':'30','unit':'working-days','valid_from':'2025-06-01Z','source':'x'}";
        registry.read(record("cdc.registry", "r", "registry.parameter", null, parameter)
                .at(SNAPSHOT)
                .lsn(100)
                .snapshot("last"));
        registry.read(record("cdc.registry", "u", "registry.heartbeat", null, "{'id':1}")
                .at("2026-11-02T00:00:00Z")
                .lsn(200));
        registry.read(record(
                        "cdc.registry",
                        "c",
                        "registry.filing",
                        null,
                        "{'id':'f1','operator_id':'acme','kind':'INITIAL','submitted_on':20300,'covers':['a','b'],'authority':null}")
                .at("2026-11-02T00:00:00Z")
                .lsn(201));
        registry.read(record(
                        "cdc.registry",
                        "d",
                        "registry.parameter",
                        "{'name':'filing.days','scope':'*','valid_from':'2025-06-01Z'}",
                        null)
                .at("2026-11-03T00:00:00Z")
                .lsn(202));

        assertThat(registry.rejects).isEmpty();
        assertThat(registry.progress().knownThrough()).isEqualTo("2026-11-03T00:00:00Z");
        assertThat(registry.facts
                        .registry
                        .get("parameter/filing.days/*/2025-06-01")
                        .present())
                .isFalse();
        assertThat(registry.facts.registry.get("filing/f1").values())
                .containsEntry("submitted_on", "2025-07-31")
                .containsEntry("covers", "[\"a\",\"b\"]")
                .doesNotContainKey("authority");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "filing|{'id':'f1','operator_id':'a','kind':'INITIAL','submitted_on':'soon','covers':[]}",
                "filing|{'id':'f1','operator_id':'a','kind':'INITIAL','submitted_on':'2026-02-30','covers':[]}",
                "filing|{'id':'f1','operator_id':'a','kind':'INITIAL','submitted_on':null,'covers':[]}",
                "filing|{'id':'f1','operator_id':'a','kind':'INITIAL','submitted_on':2000000000,'covers':[]}",
                "filing|{'id':'f1','operator_id':'a','kind':'FIRST','submitted_on':20300,'covers':[]}",
                "filing|{'id':'f1','operator_id':'a','kind':'INITIAL','submitted_on':20300,'returned_on':20299}",
                "filing|{'id':'f1','operator_id':'a','kind':'INITIAL','submitted_on':20300,'accepted_on':20299}",
                "filing|{'id':'f1','operator_id':'a','kind':'INITIAL','submitted_on':20300,'withdrawn_on':20299}",
                "filing|{'id':'f1','operator_id':null,'kind':'INITIAL','submitted_on':20300,'covers':[]}",
                "filing|{'id':'f1','operator_id':'a','kind':'INITIAL','submitted_on':20300,'declared_persons':1.5}",
                "filing|{'id':'f1','operator_id':'a','kind':'INITIAL','submitted_on':20300,'declared_persons':'many'}",
                "filing|{'id':'f1','operator_id':'a','kind':'INITIAL','submitted_on':20300,'declared_persons':-1}",
                "filing|{'id':'f1','operator_id':'a','kind':'INITIAL','submitted_on':20300,"
                        + "'declared_persons':99999999999999999999}",
                "substantive_change|{'id':'c1','operator_id':'a','field':'purpose','changed_on':'-'}",
                "substantive_change|{'id':'c1','operator_id':'a','field':null,'changed_on':20300}",
                "technology_use|{'id':'t1','operator_id':'a','scene':'x','started_on':20300,'terminated_on':20299}",
                "exception|{'id':'e1','rule_id':'r','operator_id':'a','citation':'x','valid_from':20300,"
                        + "'valid_to':20299,'entered_by':'one','approved_by':'other'}",
                "exception|{'id':'e1','rule_id':'r','operator_id':'a','citation':'x','valid_from':20300,"
                        + "'valid_to':20301,'entered_by':'one','approved_by':' ONE'}",
                "parameter|{'name':'filing.days','scope':'*','value':'thirty','unit':'working-days','valid_from':20300}",
                "parameter|{'name':'filing.days','scope':'*','value':'0','unit':'working-days','valid_from':20300}",
                "parameter|{'name':'filing.days','scope':'*','value':'30','unit':'moons','valid_from':20300}",
                "parameter|{'name':'measures.in-force','scope':'*','value':'2025-06-31','unit':'date','valid_from':20300}",
                "parameter|{'name':'a.severity','scope':'*','value':'9','unit':'severity','valid_from':20300}",
                "calendar_notice|{'id':'n','covers_from':20300,'covers_to':20299,'active':false}",
                "calendar_notice|{'id':'n','covers_from':20300,'covers_to':20301,'active':'perhaps'}",
                "calendar_day|{'notice_id':'n','day':20300,'kind':'OFF','name':'x'}"
            })
    void aRowThatNoJudgementCouldReadIsRejectedAndWhatWasKnownOfItStays(String table, String row) {
        SourceUnderTest registry = new SourceUnderTest(Mapping.registry());
        registry.read(record("cdc.registry", "c", "registry." + table, null, row)
                .at("2026-11-02T00:00:00Z")
                .lsn(201));

        assertThat(registry.rejects).containsExactly("unusable-row");
        assertThat(registry.facts.registry).isEmpty();
    }

    @Test
    void aValueThatTheLogDidNotCarryMakesNoRowUnusable() {
        SourceUnderTest registry = new SourceUnderTest(Mapping.registry());
        String row = "{'id':'e1','rule_id':'r','operator_id':'a','citation':'%s','valid_from':20300,'valid_to':20301,"
                + "'entered_by':'one','approved_by':null}";
        registry.read(record("cdc.registry", "c", "registry.exception", null, row.formatted("long"))
                .at("2026-11-02T00:00:00Z")
                .lsn(201));
        registry.read(
                record("cdc.registry", "u", "registry.exception", null, row.formatted("__debezium_unavailable_value"))
                        .at("2026-11-02T00:00:01Z")
                        .lsn(202));

        assertThat(registry.rejects).isEmpty();
        assertThat(registry.facts.registry.get("exception/e1").values()).containsEntry("citation", "long");
    }
}
