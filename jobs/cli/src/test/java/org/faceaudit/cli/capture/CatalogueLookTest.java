package org.faceaudit.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.faceaudit.intake.mapping.Mapping;
import org.junit.jupiter.api.Test;

class CatalogueLookTest {

    private static CatalogueLook look(Map<String, String> columns, List<String> unfit, List<String> imageStores) {
        return new CatalogueLook(
                new TreeMap<>(columns),
                new TreeSet<>(List.of("s.t.id", "s.t.phone")),
                new TreeSet<>(),
                new TreeSet<>(unfit),
                new TreeSet<>(imageStores),
                new TreeSet<>(),
                true);
    }

    @Test
    void aMappedColumnOfAnotherTypeThanWasConfirmedIsRetyped() {
        CatalogueLook look =
                look(Map.of("s.t.id", "TEXT", "s.t.phone", "TEXT", "s.t.note", "TEXT"), List.of(), List.of());

        assertThat(look.retypedSince(Map.of("s.t.id", "TEXT", "s.t.phone", "TEXT")))
                .isEmpty();
        assertThat(look.retypedSince(Map.of("s.t.id", "INTEGER", "s.t.phone", "TEXT", "s.t.note", "BYTES")))
                .as("a column that nobody maps may be what it likes")
                .containsExactly("s.t.id");
        assertThat(look.retypedSince(Map.of("s.t.id", "TEXT")))
                .as("what was not there was of no type")
                .isEmpty();
    }

    @Test
    void whatDoesNotFitIsRetypedHoweverOftenItIsConfirmed() {
        CatalogueLook look = look(Map.of("s.t.id", "BYTES"), List.of("s.t.id"), List.of());

        assertThat(look.retypedSince(Map.of("s.t.id", "BYTES"))).containsExactly("s.t.id");
    }

    @Test
    void aStoreOfImagesIsNewIfTheFirstLookOfAllDidNotSeeIt() {
        CatalogueLook look = look(Map.of(), List.of(), List.of("s.t.photo", "s.t.avatar"));

        assertThat(look.imageStoresSince(Set.of("s.t.photo"), Mapping.registry()))
                .containsExactly("s.t.avatar");
    }
}
