package org.faceaudit.runtime.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.faceaudit.core.counting.PersonHolding;
import org.faceaudit.core.counting.PersonLink;
import org.faceaudit.core.counting.Presence;
import org.junit.jupiter.api.Test;

class PersonPageTest {

    private static final TypeSerializer<PersonPage> PAGES =
            PersonPage.TYPE.createSerializer(new SerializerConfigImpl());
    private static final Instant SINCE = Instant.parse("2026-03-01T01:00:00.123456Z");

    @Test
    void aPersonOfOneRecordTakesTwentyEightBytes() {
        PersonPage page = PersonPage.EMPTY;
        for (int person = 0; person < 40; person++) {
            page = with(page, person, List.of(PersonPage.kept(holding(person, "gym", 1, stored(SINCE)))));
        }

        assertThat(page.persons()).isEqualTo(40);
        assertThat(page.bytes()).as("and the system its name, once").hasSize(1 + 4 + 40 * 28);
    }

    @Test
    void anotherTokenOfThePersonTakesElevenMore() {
        PersonPage page = PersonPage.EMPTY;
        for (int person = 0; person < 40; person++) {
            page = with(page, person, List.of(PersonPage.kept(linked(person, "gym", 1, stored(SINCE), 1))));
        }

        assertThat(page.bytes()).as("and the names of system and group, once").hasSize(1 + 4 + 9 + 40 * 39);
    }

    @Test
    void aPersonOfTwoRecordsTakesLittleMoreThanTwice() {
        PersonPage page = with(
                PersonPage.EMPTY,
                1,
                List.of(
                        PersonPage.kept(holding(1, "gym", 1, stored(SINCE))),
                        PersonPage.kept(holding(1, "gym", 2, stored(SINCE)))));

        assertThat(page.bytes()).hasSizeLessThanOrEqualTo(1 + 4 + 62);
    }

    @Test
    void aRecordIsKnownAgainByItsNumberWhateverItsName() {
        PersonHolding one = PersonPage.kept(holding(7, "gym", 1, stored(SINCE)));
        PersonHolding other = PersonPage.kept(holding(7, "gym", 2, stored(SINCE)));

        assertThat(one.holder()).matches("gym/[0-9a-f]{1,12}").isNotEqualTo(other.holder());
        assertThat(one.system()).isEqualTo("gym");
        assertThat(PersonPage.kept(holding(7, "gym", 1, stored(SINCE.plusSeconds(9))))
                        .holder())
                .isEqualTo(one.holder());
    }

    @Test
    void aPersonWhoseNameIsNoDigestIsDigested() {
        assertThat(PersonDigest.of("gym/face/1")).isEqualTo(PersonDigest.of("gym/face/1"));
        assertThat(PersonDigest.of("gym/face/1")).isNotEqualTo(PersonDigest.of("gym/face/2"));
        assertThat(PersonDigest.of("0000000000000001ffffffffffffffff"))
                .isEqualTo(PersonDigest.of("0000000000000001ffffffffffffffff"))
                .isNotEqualTo(PersonDigest.of("0000000000000001fffffffffffffffe"));
    }

    @Test
    void nobodyLeftIsNoPage() {
        PersonPage page = with(PersonPage.EMPTY, 1, List.of(PersonPage.kept(holding(1, "gym", 1, stored(SINCE)))));

        assertThat(with(page, 2, List.of()).persons()).isEqualTo(1);
        assertThat(with(page, 1, List.of())).isNull();
        assertThat(page.only(token -> false)).isNull();
    }

    /** A snapshot writes pages while persons come to their copies. */
    @Test
    void aPageIsWrittenAsItWasWhoeverComesToItsCopy() throws Exception {
        List<PersonPage> kept = new ArrayList<>();
        List<byte[]> written = new ArrayList<>();
        PersonPage page = PersonPage.EMPTY;
        for (int person = 0; person < 100; person++) {
            if (person % 3 == 0) {
                kept.add(page);
                written.add(written(page));
                page = PAGES.copy(page);
            }
            page = with(page, person, List.of(PersonPage.kept(holding(person, "gym", 1, stored(SINCE)))));
        }

        for (int i = 0; i < kept.size(); i++) {
            assertThat(written(kept.get(i))).isEqualTo(written.get(i));
            PersonPage read = PAGES.deserialize(new DataInputDeserializer(written.get(i)));
            assertThat(read.persons()).isEqualTo(3 * i);
            assertThat(read.bytes()).isEqualTo(kept.get(i).bytes());
        }
    }

    private static byte[] written(PersonPage page) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        PAGES.serialize(page, out);
        return out.getCopyOfBuffer();
    }

    @Test
    void copiesOfOnePageDoNotDisturbEachOther() {
        PersonPage page = PersonPage.EMPTY;
        for (int person = 0; person < 100; person++) {
            List<PersonHolding> held = List.of(PersonPage.kept(holding(person, "gym", 1, stored(SINCE))));
            List<PersonHolding> other = List.of(PersonPage.kept(holding(1_000, "gym", 2, stored(SINCE))));
            List<PersonHolding> third = List.of(PersonPage.kept(holding(2_000, "gym", 3, stored(SINCE))));
            PersonPage one = with(PAGES.copy(page), person, held);
            byte[] before = one.bytes().clone();
            PersonPage two = with(PAGES.copy(page), 1_000, other);
            PersonPage three = with(page, 2_000, third);

            assertThat(one.bytes()).isEqualTo(before);
            assertThat(one.holdings(one.find(digest(person)), held.get(0))).isEqualTo(held);
            assertThat(two.holdings(two.find(digest(1_000)), other.get(0))).isEqualTo(other);
            assertThat(three.holdings(three.find(digest(2_000)), third.get(0))).isEqualTo(third);
            assertThat(List.of(one.persons(), two.persons(), three.persons())).containsOnly(person + 1);
            page = one;
        }
    }

    @Test
    void whoFindsRoomComesToTheSamePage() {
        PersonPage page = PersonPage.EMPTY;
        int pages = 0;
        for (int person = 0; person < 100; person++) {
            PersonPage next = with(page, person, List.of(PersonPage.kept(holding(person, "gym", 1, stored(SINCE)))));
            pages += next == page ? 0 : 1;
            page = next;
        }

        assertThat(page.persons()).isEqualTo(100);
        assertThat(pages).isLessThan(25);
    }

    /** Every kind of holding comes back as it was put, in whatever company. */
    @Test
    void whatIsPutIsFound() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Map<Integer, List<PersonHolding>> expected = new HashMap<>();
            PersonPage page = PersonPage.EMPTY;
            for (int i = 0; i < 60; i++) {
                int person = random.nextInt(20);
                List<PersonHolding> holdings = new ArrayList<>();
                for (int record = random.nextInt(4) == 0 ? random.nextInt(4) : 1; record > 0; record--) {
                    holdings.add(PersonPage.kept(linked(
                            person,
                            random.nextInt(5) == 0 ? "gate" : "gym",
                            record,
                            presences(random),
                            random.nextBoolean() ? 0 : random.nextInt(20))));
                }
                byte[] before = page.bytes().clone();
                PersonPage after = with(random.nextBoolean() ? page : PAGES.copy(page), person, holdings);
                assertThat(page.bytes()).as("what is written stays").startsWith(before);
                page = after == null ? PersonPage.EMPTY : after;
                expected.put(person, holdings);
            }
            PersonPage last = page;
            expected.forEach((person, holdings) -> assertThat(
                            last.holdings(last.find(digest(person)), holding(person, "gym", 1, List.of())))
                    .isEqualTo(holdings));
            PersonPage half = last.only(token -> token.low() % 2 == 0);
            expected.forEach((person, holdings) -> {
                if (half != null) {
                    assertThat(half.holdings(half.find(digest(person)), holding(person, "gym", 1, List.of())))
                            .isEqualTo(digest(person).low() % 2 == 0 ? holdings : List.of());
                }
            });
        }
    }

    private static PersonPage with(PersonPage page, int person, List<PersonHolding> holdings) {
        PersonDigest token = digest(person);
        return page.with(page.find(token), token, holdings);
    }

    private static List<Presence> presences(Random random) {
        Instant at = switch (random.nextInt(6)) {
            case 0 -> Instant.EPOCH;
            case 1 -> Instant.EPOCH.minusNanos(1_000);
            case 2 -> SINCE.plusNanos(1);
            case 3 -> Instant.MAX;
            default -> SINCE.minusSeconds(random.nextInt(1_000_000_000));
        };
        if (random.nextInt(3) > 0) {
            return stored(at);
        }
        Instant end = SINCE.plusSeconds(random.nextInt(9_000_000));
        boolean ended = random.nextBoolean();
        return List.of(
                new Presence(at, SINCE, ended ? end : null, ended ? end.plusSeconds(5) : null),
                new Presence(end.plusSeconds(9), end.plusSeconds(9), null, null));
    }

    private static List<Presence> stored(Instant since) {
        return List.of(new Presence(since, since, null, null));
    }

    private static PersonDigest digest(int person) {
        return PersonDigest.of(name(person));
    }

    private static String name(int person) {
        return String.format(Locale.ROOT, "%032x", person);
    }

    private static PersonHolding linked(int person, String system, int record, List<Presence> presences, int links) {
        PersonHolding alone = holding(person, system, record, presences);
        List<PersonLink> all = new ArrayList<>();
        for (int link = 0; link < links; link++) {
            String group = link % 3 == 0 ? "phone|k1" : link % 3 == 1 ? "local-id|门" : "g" + link;
            all.add(new PersonLink(group, name(link), presences.get(link % presences.size())));
        }
        return new PersonHolding(alone.operator(), alone.group(), alone.person(), alone.holder(), presences, all);
    }

    private static PersonHolding holding(int person, String system, int record, List<Presence> presences) {
        return new PersonHolding("op", "g", name(person), system + "/public.face/" + record, presences);
    }
}
