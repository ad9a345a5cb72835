package org.faceaudit.core.counting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.faceaudit.core.event.FaceRecord;
import org.faceaudit.core.event.FaceRecordVersion;
import org.faceaudit.core.event.PersonToken;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.TimeBounds;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

/** Records that name one person by tokens which do not compare. */
class PersonLinksTest {

    private static final Instant BEGIN = Instant.parse("2026-03-01T00:00:00Z");

    private final Told told = new Told();

    @Test
    void aRecordThatCarriesTwoTokensIsOnePerson() {
        told.record("a/1", 1, "id-card:x", "phone:1");
        told.record("b/1", 2, "id-card:y");
        told.record("c/1", 3, "phone:2");

        assertThat(told.at(1)).isEqualTo("1..1");
        assertThat(told.at(3)).as("y and 2 may be one person").isEqualTo("2..3");
    }

    @Test
    void aLinkMergesWhatWasCountedApartAndAnUndoneOneSplitsItAgain() {
        told.record("a/1", 1, "id-card:x");
        told.record("b/1", 2, "phone:1");
        assertThat(told.at(2)).isEqualTo("1..2");

        told.record("c/1", 3, "id-card:x", "phone:1");
        assertThat(told.at(2)).isEqualTo("1..2");
        assertThat(told.at(3)).isEqualTo("1..1");

        told.change("c/1", 4, "id-card:x");
        assertThat(told.at(3)).isEqualTo("1..1");
        assertThat(told.at(4)).isEqualTo("1..2");

        told.change("c/1", 5);
        assertThat(told.at(5)).isEqualTo("1..2");
    }

    @Test
    void aPersonWhoChangesTheirPhoneIsOnePersonAllTheTime() {
        told.record("a/1", 1, "id-card:x", "phone:1");
        told.change("a/1", 2, "id-card:x", "phone:2");

        assertThat(told.at(1)).isEqualTo("1..1");
        assertThat(told.at(2)).isEqualTo("1..1");
    }

    /** Two cards on one phone: two persons, and a third may have the phone, for all that is known. */
    @Test
    void linksThatWouldMergeTwoOfOneGroupDoNotCount() {
        told.record("a/1", 1, "id-card:x", "phone:1");
        told.record("a/2", 2, "id-card:y", "phone:1");
        assertThat(told.at(1)).isEqualTo("1..1");
        assertThat(told.at(2)).isEqualTo("2..3");

        told.record("b/1", 3, "id-card:z", "phone:8");
        told.record("b/2", 3, "id-card:z", "phone:9");
        assertThat(told.at(3))
                .as("phones are distinct persons, whatever the card says")
                .isEqualTo("3..6");
    }

    @Test
    void theIdsOfSeveralSystemsMeetAtTheTokenThatTheyShare() {
        told.record("a/1", 1, "local-id|a:17", "phone:1");
        told.record("b/1", 2, "phone:1", "local-id|b:44");

        assertThat(told.at(2)).isEqualTo("1..1");
    }

    /** A chain takes two steps: that the ends are one person is not seen, and the interval says so. */
    @Test
    void whatIsLinkedOverTwoStepsWidensTheInterval() {
        told.record("a/1", 1, "id-card:x", "phone:1");
        told.record("b/1", 2, "phone:1", "member-no:7");

        assertThat(told.at(2)).isEqualTo("1..2");
    }

    @Test
    void ofARecordOfUnknownAgeBothTokensMayHaveBeenThereAsOnePerson() {
        FaceRecord record = new FaceRecord(
                "op",
                "a",
                "1",
                "v",
                List.of(version(TimeBounds.between(instant(1), instant(5)), true, "id-card:x", "phone:1")));
        told.tell("a/1", record);

        assertThat(told.at(3)).isEqualTo("0..1");
        assertThat(told.at(5)).isEqualTo("1..1");
    }

    /** Against a union of sets made anew at every instant; the same in any order of telling. */
    @Test
    void neverFewerThanThereAreAndExactlyThemWherePersonsAreLinkedInPairs() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            boolean pairs = seed % 2 == 0;
            Told one = new Told();
            List<String> holders = new ArrayList<>();
            int time = 0;
            for (int step = 0; step < 60; step++) {
                time += random.nextInt(2);
                String[] tokens = pairs ? pair(random) : any(random);
                if (holders.size() < 12 && (holders.isEmpty() || random.nextInt(3) > 0)) {
                    String holder = "abc".charAt(random.nextInt(3)) + "/" + holders.size();
                    holders.add(holder);
                    one.record(holder, time, tokens);
                } else {
                    one.change(
                            holders.get(random.nextInt(holders.size())),
                            time,
                            random.nextInt(3) == 0 ? new String[0] : tokens);
                }
            }
            Told other = one.inAnotherOrder(random);
            for (int at = 0; at <= time; at++) {
                String counted = one.at(at);
                assertThat(other.at(at)).as("seed %d, order", seed).isEqualTo(counted);
                one.check(at, counted, pairs, "seed " + seed + " at " + at);
            }
        }
    }

    /** A person has a card, a phone, or both, always the same ones. */
    private static String[] pair(Random random) {
        int person = random.nextInt(6);
        return switch (random.nextInt(3)) {
            case 0 -> new String[] {"id-card:" + person};
            case 1 -> new String[] {"phone:" + person};
            default -> new String[] {"id-card:" + person, "phone:" + person};
        };
    }

    private static String[] any(Random random) {
        List<String> tokens = new ArrayList<>();
        for (String kind : List.of("id-card", "phone", "member-no", "local-id|a")) {
            if (random.nextInt(2) == 0) {
                tokens.add(kind + ":" + random.nextInt(4));
            }
        }
        return tokens.isEmpty() ? new String[] {"phone:0"} : tokens.toArray(String[]::new);
    }

    private static Instant instant(int hour) {
        return BEGIN.plusSeconds(3_600L * hour);
    }

    private static PersonToken token(String text) {
        String kind = text.substring(0, text.indexOf(':'));
        String scope = kind.contains("|") ? kind.substring(kind.indexOf('|') + 1) : "";
        return new PersonToken(
                kind.contains("|") ? kind.substring(0, kind.indexOf('|')) : kind,
                "k1",
                "none",
                scope,
                text.substring(text.indexOf(':') + 1));
    }

    private static FaceRecordVersion version(TimeBounds from, boolean stored, String... tokens) {
        List<PersonToken> persons =
                List.of(tokens).stream().map(PersonLinksTest::token).toList();
        return new FaceRecordVersion(
                from,
                stored,
                persons.isEmpty() ? null : persons.get(0),
                persons.isEmpty() ? List.of() : persons.subList(1, persons.size()),
                stored,
                false,
                stored ? from : null,
                null,
                null,
                null,
                new Position("cdc.op.a", 0, 1, "1", null, "public.face", "h", from.latest(), false));
    }

    /** Records as they were told, and the counts that follow. */
    private static final class Told {
        private final Map<String, FaceRecord> records = new LinkedHashMap<>();
        private final Map<String, Map<String, PersonHolding>> persons = new HashMap<>();
        private final OperatorCounts counts = new OperatorCounts("op");

        private void record(String holder, int hour, String... tokens) {
            tell(holder, added(null, holder, hour, tokens));
        }

        private void change(String holder, int hour, String... tokens) {
            tell(holder, added(records.get(holder), holder, hour, tokens));
        }

        private static FaceRecord added(FaceRecord before, String holder, int hour, String... tokens) {
            List<FaceRecordVersion> versions = new ArrayList<>(before == null ? List.of() : before.versions());
            versions.add(version(TimeBounds.committed(instant(hour)), tokens.length > 0, tokens));
            return new FaceRecord("op", holder.substring(0, 1), holder.substring(2), "v", versions);
        }

        private void tell(String holder, FaceRecord record) {
            for (PersonHolding holding : Holdings.change(records.put(holder, record), record)) {
                Map<String, PersonHolding> held =
                        persons.computeIfAbsent(holding.group() + holding.person(), person -> new TreeMap<>());
                List<PersonHolding> before = List.copyOf(held.values());
                if (holding.presences().isEmpty()) {
                    held.remove(holding.holder());
                } else {
                    held.put(holding.holder(), holding);
                }
                PersonUnion.persons("op", holding.group(), before, held.values())
                        .forEach(delta -> OperatorCountsFixture.add(counts, delta));
            }
        }

        private Told inAnotherOrder(Random random) {
            List<String> holders = new ArrayList<>(records.keySet());
            Collections.shuffle(holders, random);
            Told other = new Told();
            for (String holder : holders) {
                if (random.nextBoolean()) {
                    // A guess that turns out wrong.
                    other.record(holder, random.nextInt(50), any(random));
                }
                other.tell(holder, records.get(holder));
            }
            return other;
        }

        /** Lowest and highest count at an hour. */
        private String at(int hour) {
            StoredScan scan = StoredScan.ofPersons(counts, Map.of());
            scan.advanceThrough(instant(hour));
            assertThat(counts.days(LegalDay.of(instant(hour)), LegalDay.of(instant(hour))))
                    .allSatisfy(day -> assertThat(day.personsHigh()).isGreaterThanOrEqualTo(day.personsLow()));
            return scan.lowNarrowest() + ".." + scan.highWidest();
        }

        private void check(int hour, String counted, boolean pairs, String what) {
            Map<String, String> root = new HashMap<>();
            for (FaceRecord record : records.values()) {
                FaceRecordVersion now = null;
                for (FaceRecordVersion version : record.versions()) {
                    now = version.from().latest().isAfter(instant(hour)) ? now : version;
                }
                if (now != null && now.stored()) {
                    List<String> tokens = new ArrayList<>();
                    tokens.add(name(now.person()));
                    now.alsoNamed().forEach(token -> tokens.add(name(token)));
                    tokens.forEach(token -> root.putIfAbsent(token, token));
                    tokens.forEach(token -> root.put(find(root, token), find(root, tokens.get(0))));
                }
            }
            Map<String, Set<String>> components = new HashMap<>();
            root.keySet()
                    .forEach(token -> components
                            .computeIfAbsent(find(root, token), key -> new HashSet<>())
                            .add(token));
            Map<String, Integer> groups = new HashMap<>();
            root.keySet().forEach(token -> groups.merge(token.substring(0, token.indexOf('#')), 1, Integer::sum));
            int largest =
                    groups.values().stream().mapToInt(Integer::intValue).max().orElse(0);
            // Who contradict each other are at least as many as the largest group among them.
            int least = components.values().stream()
                    .mapToInt(component -> {
                        Map<String, Integer> inside = new HashMap<>();
                        component.forEach(
                                token -> inside.merge(token.substring(0, token.indexOf('#')), 1, Integer::sum));
                        return inside.values().stream()
                                .mapToInt(Integer::intValue)
                                .max()
                                .orElse(0);
                    })
                    .sum();
            int low = Integer.parseInt(counted.substring(0, counted.indexOf('.')));
            int high = Integer.parseInt(counted.substring(counted.lastIndexOf('.') + 1));
            assertThat(low).as(what).isEqualTo(largest);
            if (pairs) {
                assertThat(high).as(what).isEqualTo(components.size());
            } else {
                assertThat(high).as(what).isBetween(components.size(), root.size());
                assertThat(high).as(what).isGreaterThanOrEqualTo(largest);
                assertThat(high).as(what + ", contradictions").isGreaterThanOrEqualTo(least);
            }
        }

        private static String find(Map<String, String> root, String token) {
            String at = token;
            while (!root.get(at).equals(at)) {
                at = root.get(at);
            }
            return at;
        }

        private static String name(PersonToken token) {
            return token.group() + '#' + token.digest();
        }
    }
}
