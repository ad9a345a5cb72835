package org.faceaudit.runtime.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.faceaudit.core.counting.FaceRecordFixture.record;

import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.event.Consent;
import org.faceaudit.core.event.ConsentFixture;
import org.faceaudit.core.event.ConsentVersion;
import org.junit.jupiter.api.Test;

class ImageFactsTest {

    private static final String P = "person/id-card|k1|upper|/p";
    private static final String Q = "person/id-card|k1|upper|/q";

    private static Consent of(String person) {
        return ConsentFixture.consent("op", "sys", "c", person)
                .at("2026-05-01T00:00:00Z")
                .build();
    }

    private static Consent ofBoth() {
        List<ConsentVersion> versions = new ArrayList<>(of("p").versions());
        versions.addAll(ConsentFixture.consent("op", "sys", "c", "q")
                .at("2026-06-01T00:00:00Z")
                .build()
                .versions());
        return new Consent("op", "sys", "c", "m1", versions);
    }

    @Test
    void aConsentIsToldToEveryPersonItEverNamedForTheirTimeAlone() {
        List<ImageFact> facts = ImageFacts.of(of("p"), ofBoth());

        assertThat(facts)
                .extracting(ImageFact::scope, ImageFact::entry)
                .containsExactly(tuple(P, "consent/c"), tuple(Q, "consent/c"));
        assertThat(facts)
                .extracting(fact -> fact.consent().versions().stream()
                        .map(ConsentVersion::present)
                        .toList())
                .containsExactly(List.of(true, false), List.of(false, true));
    }

    @Test
    void aPersonWhomItTurnsOutNotToNameHearsThatItIsGone() {
        List<ImageFact> facts = ImageFacts.of(ofBoth(), of("q"));

        assertThat(facts)
                .extracting(ImageFact::scope, ImageFact::isGone)
                .containsExactly(tuple(P, true), tuple(Q, false));
    }

    @Test
    void aTemplateAloneConcernsOnlyWhereEveryFaceDoes() {
        var template = record("op", "sys", "1")
                .person("p")
                .storedAt("2026-05-01T00:00:00Z")
                .build();

        assertThat(ImageFacts.of(null, template, false)).isEmpty();
        assertThat(ImageFacts.of(null, template, true))
                .extracting(ImageFact::scope, ImageFact::record)
                .containsExactly(tuple(P, template));
    }
}
