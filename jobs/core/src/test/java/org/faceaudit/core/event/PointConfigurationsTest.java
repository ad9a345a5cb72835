package org.faceaudit.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.AbstractListAssert;
import org.assertj.core.api.ObjectAssert;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class PointConfigurationsTest {

    private static final String T0 = "2026-07-01T02:00:00Z";
    private static final String T1 = "2026-07-02T02:00:00Z";
    private static final String T2 = "2026-07-03T02:00:00Z";
    private static final String T3 = "2026-07-04T02:00:00Z";
    private static final List<String> FACE = List.of("FACE");
    private static final List<String> BOTH = List.of("CARD", "FACE");

    private static AccessPointFixture gate(String row) {
        return AccessPointFixture.point("gym", "gate", "1").row(row);
    }

    private static AccessPointFixture first() {
        return gate("public.gate/1");
    }

    private static AccessPointFixture setting(int key) {
        return gate("public.setting/" + key);
    }

    private static AccessPoint together(AccessPointFixture... rows) {
        return PointConfigurations.together(
                Arrays.stream(rows).map(AccessPointFixture::build).toList());
    }

    private static AbstractListAssert<?, List<? extends Tuple>, Tuple, ObjectAssert<Tuple>> told(
            AccessPointFixture... rows) {
        return assertThat(together(rows).versions())
                .extracting(
                        version -> version.from().latest().toString(),
                        AccessPointVersion::inForce,
                        AccessPointVersion::methodsState,
                        AccessPointVersion::methods,
                        AccessPointVersion::contradicted);
    }

    private static Tuple readable(String at, List<String> methods) {
        return tuple(at, true, FieldState.PRESENT, methods, false);
    }

    private static Tuple contradicted(String at) {
        return tuple(at, true, FieldState.UNKNOWN, List.of(), true);
    }

    private static Tuple gone(String at) {
        return tuple(at, false, FieldState.ABSENT, List.of(), false);
    }

    @Test
    void oneRowSaysAllByItself() {
        AccessPoint row = first().site("hall").offers(T0, "FACE").gone(T1).build();

        assertThat(PointConfigurations.together(List.of(row)).versions()).isEqualTo(row.versions());
        assertThat(PointConfigurations.together(List.of(row)).row()).isEmpty();
    }

    @Test
    void rowsThatSayTheSameAreOneConfiguration() {
        told(first().offers(T0, "FACE"), setting(1).offers(T1, "FACE")).containsExactly(readable(T0, FACE));
    }

    @Test
    void whileTwoRowsOfferDifferentMethodsNobodyKnowsWhatTheGateOffers() {
        told(first().offers(T0, "FACE"), setting(1).offers(T1, "CARD", "FACE"))
                .containsExactly(readable(T0, FACE), contradicted(T1));
        told(first().offers(T0, "CARD", "FACE"), setting(1).offers(T1, "FACE"))
                .containsExactly(readable(T0, BOTH), contradicted(T1));
    }

    @Test
    void itIsKnownAgainOnceOneIsLeftOrTheyAgree() {
        told(first().offers(T0, "FACE"), setting(1).offers(T1, "CARD", "FACE").gone(T2))
                .containsExactly(readable(T0, FACE), contradicted(T1), readable(T2, FACE));
        told(first().offers(T0, "FACE").gone(T2), setting(1).offers(T1, "CARD", "FACE"))
                .containsExactly(readable(T0, FACE), contradicted(T1), readable(T2, BOTH));
        told(first().offers(T0, "FACE").offers(T2, "CARD", "FACE"), setting(1).offers(T1, "CARD", "FACE"))
                .containsExactly(readable(T0, FACE), contradicted(T1), readable(T2, BOTH));
        told(first().offers(T0, "FACE").gone(T2), setting(1).offers(T1, "CARD").gone(T3))
                .containsExactly(readable(T0, FACE), contradicted(T1), readable(T2, List.of("CARD")), gone(T3));
    }

    @Test
    void aRowThatTakesTheOthersPlaceAtTheSameInstantOverlapsNothing() {
        told(setting(1).offers(T0, "FACE").gone(T1), setting(2).offers(T1, "CARD", "FACE"))
                .containsExactly(readable(T0, FACE), readable(T1, BOTH));
        told(setting(1).offers(T0, "FACE").gone(T1), setting(2).offers("2026-07-02T01:59:59.999999Z", "CARD", "FACE"))
                .as("a microsecond earlier")
                .containsExactly(readable(T0, FACE), contradicted("2026-07-02T01:59:59.999999Z"), readable(T1, BOTH));
    }

    @Test
    void ofTheRowsOfOneTableThoseInServiceCount() {
        told(setting(1).offers(T0, "FACE").retired(T1, "FACE"), setting(2).offers(T2, "CARD", "FACE"))
                .containsExactly(
                        readable(T0, FACE), tuple(T1, false, FieldState.PRESENT, FACE, false), readable(T2, BOTH));
        told(setting(1).offers(T0, "CARD", "FACE"), setting(2).retired(T1, "FACE"))
                .containsExactly(readable(T0, BOTH));
    }

    @Test
    void aRowOfAnotherTableThatSaysOutOfServiceContradictsOneThatSaysInService() {
        told(first().offers(T0, "FACE").retired(T1, "FACE"), setting(1).offers(T0, "FACE"))
                .containsExactly(readable(T0, FACE), contradicted(T1));
    }

    @Test
    void whatOneRowCannotTellTheOtherDoesNotTellForIt() {
        told(first().offers(T0, "FACE"), setting(1).unreadable(T1))
                .containsExactly(readable(T0, FACE), tuple(T1, true, FieldState.UNKNOWN, List.of(), false));
    }

    @Test
    void aPlaceThatOneRowNamesIsThePlaceAndTwoAreNone() {
        AccessPoint named = together(
                first().site("hall").space("BATH").offers(T0, "FACE"),
                setting(1).offers(T1, "FACE"));
        assertThat(named.versions())
                .extracting(AccessPointVersion::site, AccessPointVersion::space)
                .containsExactly(tuple("hall", "BATH"));

        AccessPoint twoPlaces = together(
                first().site("hall").offers(T0, "FACE"), setting(1).site("yard").offers(T1, "FACE"));
        assertThat(twoPlaces.versions())
                .extracting(AccessPointVersion::site, AccessPointVersion::contradicted)
                .as("which place it is decides whether it is a side gate")
                .containsExactly(tuple("hall", false), tuple(null, true));

        AccessPoint twoSpaces = together(
                first().space("BATH").offers(T0, "FACE"),
                setting(1).space("OTHER").offers(T1, "FACE"));
        assertThat(twoSpaces.versions())
                .extracting(AccessPointVersion::space, AccessPointVersion::methods)
                .containsExactly(tuple("BATH", FACE), tuple(AccessPointVersion.UNKNOWN_SPACE, FACE));
    }

    @Test
    void aRowThatWasNeverThePointsOwnChangesNothing() {
        AccessPointFixture row = first().offersSince("1970-01-01T00:00:00Z", T2, "FACE");

        assertThat(together(row, setting(1).gone(T1)).versions())
                .isEqualTo(row.build().versions());
        told(setting(1).gone(T1), setting(2).gone(T0)).containsExactly(gone(T1));
    }

    @Test
    void rowsHoldTogetherFromWhenTheLastOfThemBegan() {
        AccessPoint point = together(
                first().offers(T1, "FACE"), setting(1).offersSince("1970-01-01T00:00:00Z", T2, "CARD", "FACE"));

        assertThat(point.versions())
                .extracting(
                        version -> version.from().earliest(),
                        version -> version.from().latest())
                .containsExactly(
                        tuple(Instant.parse(T1), Instant.parse(T1)), tuple(Instant.parse(T1), Instant.parse(T2)));
    }

    @Test
    void theOrderInWhichRowsBecameKnownDoesNotMatter() {
        Random facts = new Random(7);
        List<AccessPoint> rows = new ArrayList<>();
        for (int key = 0; key < 4; key++) {
            AccessPointFixture row = key == 0 ? first() : setting(key);
            Instant at = Instant.parse(T0);
            for (int version = 0; version < 5; version++) {
                at = at.plusSeconds(1_800L * facts.nextInt(4));
                String[] methods = facts.nextBoolean() ? new String[] {"FACE"} : new String[] {"CARD", "FACE"};
                row = facts.nextInt(4) == 0 ? row.retired(at.toString(), methods) : row.offers(at.toString(), methods);
            }
            rows.add(row.build());
        }
        AccessPoint together = PointConfigurations.together(rows);
        for (int seed = 0; seed < 50; seed++) {
            Collections.shuffle(rows, new Random(seed));
            assertThat(PointConfigurations.together(rows)).isEqualTo(together);
        }
    }
}
