package org.faceaudit.oracle.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.faceaudit.oracle.Oracle;
import org.faceaudit.oracle.OracleAlert;
import org.faceaudit.oracle.TopicRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryGeneratorTest {

    /** What must come up in histories of 1,500 operators at the latest. */
    private static final Set<String> HAPPENING = Set.of(
            "after-termination SUSPECTED RESOLVED",
            "after-termination VIOLATION OPEN",
            "after-termination VIOLATION RESOLVED",
            "after-termination episode 2",
            "calendar-notice-missing NOTICE OPEN",
            "calendar-notice-missing NOTICE RESOLVED",
            "change-filing-overdue SUSPECTED OPEN",
            "change-filing-overdue SUSPECTED RESOLVED",
            "change-filing-overdue VIOLATION OPEN",
            "change-filing-overdue VIOLATION RESOLVED",
            "change-filing-overdue WARNING OPEN",
            "change-filing-overdue WARNING RESOLVED",
            "consent-withdrawn SUSPECTED OPEN",
            "consent-withdrawn SUSPECTED RESOLVED",
            "consent-withdrawn VIOLATION EXEMPT",
            "consent-withdrawn VIOLATION OPEN",
            "consent-withdrawn VIOLATION RESOLVED",
            "consent-withdrawn WARNING OPEN",
            "consent-withdrawn WARNING RESOLVED",
            "consent-withdrawn episode 2",
            "declared-count-mismatch SUSPECTED OPEN",
            "declared-count-mismatch SUSPECTED RESOLVED",
            "deregistration-overdue SUSPECTED OPEN",
            "deregistration-overdue SUSPECTED RESOLVED",
            "deregistration-overdue VIOLATION OPEN",
            "deregistration-overdue VIOLATION RESOLVED",
            "deregistration-overdue WARNING OPEN",
            "faces-after-termination VIOLATION OPEN",
            "faces-after-termination VIOLATION RESOLVED",
            "faces-after-termination WARNING OPEN",
            "faces-after-termination WARNING RESOLVED",
            "filing-due-soon WARNING OPEN",
            "filing-due-soon WARNING RESOLVED",
            "filing-overdue SUSPECTED OPEN",
            "filing-overdue SUSPECTED RESOLVED",
            "filing-overdue VIOLATION OPEN",
            "filing-overdue VIOLATION RESOLVED",
            "private-space-device VIOLATION OPEN",
            "private-space-device VIOLATION RESOLVED",
            "kept-after-verification SUSPECTED EXEMPT",
            "kept-after-verification SUSPECTED OPEN",
            "kept-after-verification SUSPECTED RESOLVED",
            "kept-after-verification episode 2",
            "minor-without-guardian-consent VIOLATION OPEN",
            "minor-without-guardian-consent VIOLATION RESOLVED",
            "period-ended SUSPECTED OPEN",
            "period-ended SUSPECTED RESOLVED",
            "period-ended VIOLATION EXEMPT",
            "period-ended VIOLATION OPEN",
            "period-ended VIOLATION RESOLVED",
            "period-ended episode 2",
            "purpose-ended SUSPECTED OPEN",
            "purpose-ended VIOLATION EXEMPT",
            "purpose-ended VIOLATION OPEN",
            "purpose-ended VIOLATION RESOLVED",
            "purpose-ended WARNING EXEMPT",
            "purpose-ended WARNING OPEN",
            "purpose-ended WARNING RESOLVED",
            "purpose-ended episode 2",
            "raw-image-retained SUSPECTED RESOLVED",
            "raw-image-retained evidence a few changes",
            "raw-image-retained evidence almost too many changes",
            "raw-image-retained evidence a range",
            "raw-image-retained VIOLATION OPEN",
            "raw-image-retained VIOLATION RESOLVED",
            "raw-image-retained WARNING OPEN",
            "raw-image-retained WARNING RESOLVED",
            "refusal-without-alternative SUSPECTED EXEMPT",
            "refusal-without-alternative SUSPECTED OPEN",
            "refusal-without-alternative SUSPECTED RESOLVED",
            "refusal-without-alternative VIOLATION EXEMPT",
            "refusal-without-alternative VIOLATION OPEN",
            "refusal-without-alternative VIOLATION RESOLVED",
            "repeated-prompt SUSPECTED EXEMPT",
            "repeated-prompt SUSPECTED OPEN",
            "repeated-prompt SUSPECTED RESOLVED",
            "schema-drift UNKNOWN OPEN",
            "schema-drift UNKNOWN RESOLVED",
            "sole-face-method SUSPECTED EXEMPT",
            "sole-face-method SUSPECTED OPEN",
            "sole-face-method SUSPECTED RESOLVED",
            "sole-face-method VIOLATION EXEMPT",
            "sole-face-method VIOLATION OPEN",
            "sole-face-method VIOLATION RESOLVED",
            "source-gap UNKNOWN OPEN",
            "source-gap UNKNOWN RESOLVED",
            "source-silent UNKNOWN OPEN",
            "source-silent UNKNOWN RESOLVED",
            "storage-approaching SUSPECTED OPEN",
            "storage-approaching SUSPECTED RESOLVED",
            "storage-approaching WARNING OPEN",
            "storage-approaching WARNING RESOLVED",
            "storage-reached NOTICE OPEN",
            "storage-reached SUSPECTED OPEN",
            "unusable-fallback SUSPECTED EXEMPT",
            "unusable-fallback SUSPECTED OPEN",
            "unusable-fallback SUSPECTED RESOLVED");

    private static final LawRows LAW = LawRows.read(Path.of("../../sql/law"));

    private static List<OracleAlert> alerts(List<TopicRecord> dump) {
        return new Oracle(dump, World::shippedKey).alerts();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void orderAcrossTopicsAndRepetitionsChangeNothing(long seed) {
        World world = new HistoryGenerator(seed, LAW).world(25);
        List<OracleAlert> plain = alerts(world.dump());
        World repeated = world.repeated(new Random(seed));

        assertThat(plain).isNotEmpty();
        assertThat(alerts(world.interleaved(new Random(seed)))).isEqualTo(plain);
        assertThat(alerts(world.registryLast())).isEqualTo(plain);
        assertThat(repeated.dump()).hasSizeGreaterThan(world.dump().size());
        assertThat(alerts(repeated.interleaved(new Random(seed + 1)))).isEqualTo(plain);
    }

    @Test
    void anOperatorIsTheSameAloneAndAmongOthers() {
        HistoryGenerator generator = new HistoryGenerator(7, LAW);
        World all = generator.world(12);
        World alone = generator.world(List.of(5));

        assertThat(ofOperator("op-5", alone)).isNotEmpty().isEqualTo(ofOperator("op-5", all));
        assertThat(ofOperator("registry", alone)).isEqualTo(ofOperator("registry", all));
    }

    private static List<OracleAlert> ofOperator(String operator, World world) {
        return alerts(world.dump()).stream()
                .filter(alert -> alert.operator().equals(operator))
                .toList();
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        assertThat(texts(new HistoryGenerator(3, LAW).world(4)))
                .isEqualTo(texts(new HistoryGenerator(3, LAW).world(4)));
    }

    private static String evidence(OracleAlert alert) {
        if (alert.positions() == null) {
            return "a range";
        }
        return alert.positions().size() > 900 ? "almost too many changes" : "a few changes";
    }

    private static List<String> texts(World world) {
        return world.dump().stream()
                .map(record -> record.value() == null ? "" : new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void everyRuleVerdictAndStatusHappens() {
        Set<String> seen = new TreeSet<>();
        for (long seed = 100; seed < 160 && !seen.containsAll(HAPPENING); seed++) {
            World world = new HistoryGenerator(seed, LAW).world(25);
            for (OracleAlert alert : alerts(world.dump())) {
                seen.add(alert.ruleId() + ' ' + alert.verdict() + ' ' + alert.status());
                if (alert.subjectKind().equals("image-cause")) {
                    String cause = alert.subjectId().substring(alert.subjectId().indexOf('/') + 1);
                    seen.add(cause + ' ' + alert.verdict() + ' ' + alert.status());
                    seen.add(cause + " episode " + Math.min(alert.episode(), 2));
                }
                if (Oracle.EVIDENCED.contains(alert.ruleId())) {
                    seen.add(alert.ruleId() + " evidence " + evidence(alert));
                }
            }
        }

        assertThat(seen).containsAll(HAPPENING);
    }

    @Test
    void anExceptionForAnotherPointOfThePlaceHappens() throws IOException {
        long outOfScope = 0;
        for (long seed = 100; seed < 106; seed++) {
            World world = new HistoryGenerator(seed, LAW).world(25);
            Map<String, String> subjects = exceptionSubjects(world);
            outOfScope += alerts(world.dump()).stream()
                    .filter(alert -> alert.exceptionId() != null && subjects.containsKey(alert.exceptionId()))
                    .filter(alert -> subjects.get(alert.exceptionId()).contains("/"))
                    .filter(alert -> !alert.subjectId().equals(subjects.get(alert.exceptionId())))
                    .peek(alert -> assertThat(alert.verdict()).isEqualTo("SUSPECTED"))
                    .count();
        }

        assertThat(outOfScope).isGreaterThan(3);
    }

    private static Map<String, String> exceptionSubjects(World world) throws IOException {
        Map<String, String> subjects = new TreeMap<>();
        for (TopicRecord record : world.topics().get("cdc.registry")) {
            JsonNode row = new ObjectMapper().readTree(record.value()).path("after");
            if (row.hasNonNull("subject_id")) {
                subjects.put(row.get("id").asText(), row.get("subject_id").asText());
            }
        }
        return subjects;
    }
}
