package org.faceaudit.intake.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.faceaudit.intake.Envelopes;
import org.faceaudit.intake.Mutator;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.rows.ProductMappings;
import org.faceaudit.intake.rows.RowChange.Kind;
import org.junit.jupiter.api.Test;

/**
 * Spoilt records of real connectors, of tables with a key and without one: none throws, each is a change, a refusal or counted
 * as not applicable, and the quick parser reads none otherwise than the general one. More of them, and others, with
 *
 * <pre>mvn -q test -pl jobs/intake -am -Dtest=EnvelopeFuzzTest -Dsurefire.failIfNoSpecifiedTests=false -Dfuzz.inputs=5000000 -Dfuzz.seed=2</pre>
 */
class EnvelopeFuzzTest {

    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 120_000);
    private static final long SEED = Long.getLong("fuzz.seed", 20261126);

    /** So many are read by the general parser too, and all that are read by their form. */
    private static final int COMPARED = 8;

    private static final Set<String> REASONS = Set.of(
            "null-value",
            "not-json",
            "truncated-json",
            "duplicate-key",
            "beyond-limits",
            "trailing-garbage",
            "invalid-text",
            "not-an-envelope",
            "wrong-type",
            "missing-op",
            "unknown-op",
            "missing-source",
            "foreign-operator",
            "missing-commit-time",
            "implausible-commit-time",
            "missing-table",
            "missing-log-position",
            "unknown-snapshot-state",
            "missing-row",
            "missing-before",
            "missing-key",
            "key-not-logged",
            "untokenised-identifier",
            "undescribed-image",
            "unmasked-bytes",
            "unmasked-base64",
            "unmasked-vector");

    /** Of half the records, whose rows may be named by more. */
    private static final byte[] KEY = "{\"branch\":\"a\"}".getBytes(StandardCharsets.UTF_8);

    private final List<byte[]> records = new ArrayList<>();
    private final List<EnvelopeDecoder> decoders = new ArrayList<>();
    private final List<String> topics = new ArrayList<>();

    EnvelopeFuzzTest() {
        for (String product : List.of("compreface", "gym", "arcsoft", "campus")) {
            Mapping mapping = ProductMappings.of(product);
            Envelopes.golden(product).forEach(record -> add(mapping, record));
        }
        for (String record : MariaDbEnvelopeTest.RECORDS) {
            add(MariaDbEnvelopeTest.MAPPING, record);
        }
        for (Envelopes.Record record : List.of(
                Members.member("c", null, Members.ROW),
                Members.member("u", Members.ROW, Members.ROW).order(2),
                Members.member("d", "{'branch':'a','id':7,'level':0,'joined':'1970-01-01Z'}", null),
                Members.member("d", "{'branch':'a','id':0}", null),
                Members.member("r", null, Members.ROW).snapshot("last"),
                Members.member("r", null, Members.ROW).snapshot("incremental"),
                Members.member("t", null, null).order(3),
                Members.member("m", null, null),
                Envelopes.record(Members.TOPIC, "u", "public.heartbeat", null, "{'id':1}")
                        .at("2026-11-01T00:00:00Z")
                        .lsn(5))) {
            add(Members.MAPPING, record.root().toString());
        }
        add(Members.MAPPING, BadInputTest.withMillisOnly());
        BadInputTest.OF_NO_ROW.forEach(record -> add(Members.MAPPING, record));
    }

    private void add(Mapping mapping, String record) {
        records.add(record.getBytes(StandardCharsets.UTF_8));
        decoders.add(new EnvelopeDecoder(mapping));
        topics.add(mapping.topic());
    }

    @Test
    void everySpoiltRecordIsAChangeARefusalOrNotApplicable() {
        Mutator mutator = new Mutator(SEED, records);
        Random random = new Random(SEED);
        Map<String, Integer> refused = new TreeMap<>();
        int changes = 0;
        int notApplicable = 0;
        int planted = 0;
        int inPlace = 0;
        for (int record = 0; record < records.size(); record++) {
            // From each the form of its like is learnt.
            decoders.get(record).byName(topics.get(record), 0, 0, Members.APPENDED, null, records.get(record));
        }
        for (int input = 0; input < INPUTS; input++) {
            int record = random.nextInt(records.size());
            byte[] biometrics = random.nextInt(16) == 0 ? mutator.planted(record) : null;
            byte[] mutant = biometrics != null ? biometrics : mutator.next(record);
            byte[] key = input % 2 == 0 ? null : KEY;
            EnvelopeDecoder decoder = decoders.get(record);
            String topic = topics.get(record);
            ChangeInPlace standing = decoder.inPlace(topic, 0, input, Members.APPENDED, key, mutant);
            Decoded decoded = standing == null
                    ? decoder.byName(topic, 0, input, Members.APPENDED, key, mutant)
                    : Decoded.of(standing.change(), standing.lacking());
            if (standing != null || input % COMPARED == 0) {
                Decoded strict = decoder.decodeAnything(topic, 0, input, Members.APPENDED, key, mutant);
                assertThat(decoded)
                        .as(() -> new String(mutant, StandardCharsets.UTF_8))
                        .isEqualTo(strict);
                if (standing != null) {
                    inPlace++;
                    assertThat(ToldInPlace.told(standing))
                            .as(() -> new String(mutant, StandardCharsets.UTF_8))
                            .isEqualTo(strict.change());
                }
            }
            if (decoded.rejected()) {
                refused.merge(decoded.reject().reason(), 1, Integer::sum);
                if (decoded.reject().offset() != input
                        || decoded.reject().sha256().length() != 64) {
                    throw new AssertionError("a refusal that does not find its record: " + decoded.reject());
                }
            } else if (decoded.change().kind() == Kind.NOT_APPLICABLE) {
                notApplicable++;
            } else {
                changes++;
            }
            if (biometrics != null) {
                planted++;
                String kept = decoded.toString();
                if (kept.contains(Mutator.MARKER)
                        || kept.contains(Mutator.HEXADECIMAL_MARKER)
                        || kept.contains("0.14285714")) {
                    throw new AssertionError("kept of an image: " + kept);
                }
            }
        }
        int refusals = refused.values().stream().mapToInt(Integer::intValue).sum();
        if (INPUTS > 1_000_000) {
            System.out.println(INPUTS + " inputs: " + changes + " changes, " + notApplicable + " not applicable, "
                    + refusals + " refused, " + planted + " with planted biometrics, " + inPlace
                    + " read where they stand; " + refused);
        }
        assertThat(changes + notApplicable + refusals).isEqualTo(INPUTS);
        assertThat(REASONS).containsAll(refused.keySet());
        assertThat(changes).as("most is still read").isGreaterThan(INPUTS / 10);
        assertThat(inPlace).as("what looks like a sound record").isGreaterThan(INPUTS / 50);
        assertThat(refusals).as("much is not").isGreaterThan(INPUTS / 10);
        if (INPUTS >= 100_000) {
            assertThat(refused.keySet())
                    .as("every way of refusing but of no value")
                    .hasSize(REASONS.size() - 1);
        }
    }
}
