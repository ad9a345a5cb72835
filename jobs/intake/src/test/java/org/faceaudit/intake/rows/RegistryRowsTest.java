package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.intake.Envelopes.record;
import static org.faceaudit.intake.rows.Logged.SNAPSHOT;

import org.faceaudit.intake.mapping.Mapping;
import org.junit.jupiter.api.Test;

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
                        "{'id':'f1','operator_id':'acme','submitted_on':20300,'covers':['a','b'],'authority':null}")
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
}
