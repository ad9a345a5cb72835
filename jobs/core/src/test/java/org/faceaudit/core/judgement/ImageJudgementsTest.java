package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.core.judgement.ImageScene.STORED;
import static org.faceaudit.core.judgement.ImageScene.consent;
import static org.faceaudit.core.judgement.ImageScene.image;
import static org.faceaudit.core.judgement.ImageScene.membership;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.images.ImageFinding;
import org.junit.jupiter.api.Test;

class ImageJudgementsTest {

    private static final Position POSITION =
            new Position("cdc.registry", 0, 1, "0/1", null, "registry.x", "k", Instant.EPOCH, false);

    private static Optional<String> concerned(String table, Map<String, String> values) {
        return ImageJudgements.concerned(new RegistryChange(table, "key", true, values, POSITION));
    }

    @Test
    void aRowConcernsItsOperatorEveryoneOrNobody() {
        assertThat(concerned("exception", Map.of("rule_id", "raw-image-retained", "operator_id", "gym")))
                .contains("gym");
        assertThat(concerned("exception", Map.of("rule_id", "sole-face-method", "operator_id", "gym")))
                .isEmpty();
        assertThat(concerned("technology_use", Map.of("operator_id", "gym"))).contains("gym");
        assertThat(concerned("parameter", Map.of("name", "raw-image-retained.grace", "scope", "gym")))
                .contains("gym");
        assertThat(concerned("parameter", Map.of("name", "measures.in-force", "scope", "*")))
                .contains("*");
        assertThat(concerned("parameter", Map.of("name", "filing.days", "scope", "*")))
                .isEmpty();
        assertThat(concerned("filing", Map.of("operator_id", "gym"))).isEmpty();
    }

    @Test
    void aRowThatDoesNotTellWhomItConcernsConcernsEveryone() {
        for (String table : List.of("exception", "technology_use", "parameter")) {
            assertThat(concerned(table, Map.of())).as(table).contains("*");
        }
    }

    /** A judgement that asks more of the registry than is named would not be made anew. */
    @Test
    void whatConcernsNobodyChangesNoFinding() {
        ImageScene scene = new ImageScene();
        scene.consents(consent("c")
                .born("2015-01-01")
                .at(STORED)
                .withdrawn("2026-06-01T00:00:00Z")
                .at("2026-06-01T00:00:00Z"));
        List<ImageFinding> all = findings(scene);
        assertThat(all).isNotEmpty();

        int nobodys = 0;
        for (RegistryChange row : List.copyOf(scene.law.rows())) {
            if (ImageJudgements.concerned(row).isEmpty() && !row.table().equals("parameter")) {
                scene.law.without(row.table(), row.key());
                nobodys++;
            }
        }
        assertThat(nobodys).isPositive();
        assertThat(findings(scene)).isEqualTo(all);
    }

    private static List<ImageFinding> findings(ImageScene scene) {
        return scene.findings(
                List.of(image("1").person("p").retainUntil("2026-08-31").storedAt(STORED)),
                membership("m").says(STORED, "2026-07-31"));
    }
}
