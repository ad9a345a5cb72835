package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.faceaudit.core.counting.FaceRecordFixture.record;
import static org.faceaudit.core.judgement.ImageScene.STORED;
import static org.faceaudit.core.judgement.ImageScene.consent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.faceaudit.core.alert.Episode;
import org.faceaudit.core.alert.Status;
import org.faceaudit.core.alert.Verdict;
import org.faceaudit.core.counting.FaceRecordFixture;
import org.faceaudit.core.event.ConsentFixture;
import org.faceaudit.core.event.ConsentScope;
import org.faceaudit.core.event.DayValue;
import org.faceaudit.core.event.FieldState;
import org.faceaudit.core.event.FieldValue;
import org.faceaudit.core.event.LegalBasis;
import org.faceaudit.core.event.Position;
import org.faceaudit.core.images.ImageFinding;
import org.faceaudit.core.law.LegalDay;
import org.junit.jupiter.api.Test;

class MinorWithoutGuardianConsentTest {

    private static final Instant LATER = Instant.parse("2026-07-01T00:00:00Z");

    private final ImageScene scene = new ImageScene();

    /** Born 2014-06-01: a child until 2028-05-31. */
    private static ConsentFixture child() {
        return consent("c").born("2014-06-01");
    }

    private static FaceRecordFixture face() {
        return record("gym", "sys", "1").person("p").storedAt(STORED);
    }

    private List<ImageFinding> children(FaceRecordFixture... faces) {
        return scene.findings(faces).stream()
                .filter(finding -> !ImageJudgements.isOfImage(finding))
                .toList();
    }

    @Test
    void aChildsFaceOnConsentWithoutAGuardiansIsAViolationFromItsStorage() {
        scene.consents(child().at(STORED));
        List<ImageFinding> findings = children(face());

        assertThat(findings)
                .extracting(ImageFinding::stage, ImageFinding::from, ImageFinding::to)
                .containsExactly(tuple(
                        Verdict.VIOLATION,
                        Instant.parse(STORED),
                        LegalDay.of(2028, 6, 1).start()));
        Episode episode = scene.children(findings, LATER).episodes().get(0);
        assertThat(scene.children(findings, LATER).key())
                .extracting("ruleId", "subjectKind", "subjectId", "trigger")
                .containsExactly("minor-without-guardian-consent", "system", "sys", "");
        assertThat(episode.verdict()).isEqualTo(Verdict.VIOLATION);
        assertThat(episode.severity()).isEqualTo(5);
        assertThat(episode.measured()).isEqualByComparingTo("1");
        assertThat(episode.unit()).isEqualTo("persons");
        assertThat(episode.dueOn()).isNull();
        assertThat(episode.occurredOn()).isEqualTo(LegalDay.of(2026, 5, 1));
        assertThat(episode.explanationZh()).contains("第七条第一款", "第三十一条", "不满14周岁");
        assertThat(episode.explanationEn()).contains("Art. 7 ¶1", "under 14", "1 person;");
        assertThat(episode.evidence().positions()).extracting(Position::keyHash).containsExactly("k-1", "k-c");
    }

    @Test
    void thePersonIsAChildUntilTheDayBeforeTheBirthday() {
        scene.consents(consent("c").born("2012-06-10").at(STORED));
        List<ImageFinding> findings = children(face());

        assertThat(findings)
                .extracting(ImageFinding::to)
                .containsExactly(LegalDay.of(2026, 6, 10).start());
        assertThat(scene.children(findings, LegalDay.of(2026, 6, 9).end()).episodes())
                .extracting(Episode::status)
                .containsExactly(Status.OPEN);
        assertThat(scene.children(findings, LegalDay.of(2026, 6, 10).start()).episodes())
                .extracting(Episode::status, episode -> episode.measured().intValue())
                .containsExactly(tuple(Status.RESOLVED, 1));

        scene.consents(consent("c").born("2012-05-01").at(STORED));
        assertThat(children(face())).as("fourteen on the day of storage").isEmpty();
    }

    @Test
    void theAgeIsTheOneThatTheLawNamesOnTheDay() {
        scene.law.parameter("minor-without-guardian-consent.age", "*", "16", "count", "2026-07-01");
        scene.consents(consent("c").born("2012-06-10").at(STORED));

        assertThat(children(face()))
                .extracting(ImageFinding::from, ImageFinding::to)
                .containsExactly(
                        tuple(Instant.parse(STORED), LegalDay.of(2026, 6, 10).start()),
                        tuple(
                                LegalDay.of(2026, 7, 1).start(),
                                LegalDay.of(2028, 6, 10).start()));
    }

    @Test
    void whoIsNotBornYetIsNoChild() {
        scene.consents(consent("c").born("2026-05-20").at(STORED));

        assertThat(children(face()))
                .as("a face cannot be older than its person: one of the two is wrong until the day of birth")
                .extracting(ImageFinding::from)
                .containsExactly(LegalDay.of(2026, 5, 20).start());
    }

    @Test
    void aBirthdayThatTheYearDoesNotHaveIsTheDayBefore() {
        scene.consents(consent("c").born("2012-02-29").at("2026-01-01T00:00:00Z"));

        assertThat(children(record("gym", "sys", "1").person("p").storedAt("2026-01-01T00:00:00Z")))
                .extracting(ImageFinding::to)
                .containsExactly(LegalDay.of(2026, 2, 28).start());
    }

    @Test
    void aGuardiansConsentEndsItInWhicheverRow() {
        scene.consents(child().at(STORED).guardian(FieldValue.present("true")).at("2026-06-01T00:00:00Z"));
        assertThat(children(face()))
                .extracting(ImageFinding::to)
                .containsExactly(Instant.parse("2026-06-01T00:00:00Z"));

        scene.consents(
                child().at(STORED),
                consent("g")
                        .guardian(FieldValue.present("true"))
                        .at(STORED)
                        .withdrawn("2026-06-05T00:00:00Z")
                        .at("2026-06-05T00:00:00Z"));
        assertThat(children(face()))
                .as("once it is withdrawn, the child is without")
                .extracting(ImageFinding::from)
                .containsExactly(Instant.parse("2026-06-05T00:00:00Z"));

        scene.consents(
                child().at(STORED),
                consent("g")
                        .scope(ConsentScope.OTHER)
                        .guardian(FieldValue.present("true"))
                        .at(STORED));
        assertThat(children(face()))
                .as("a guardian's consent to something else")
                .hasSize(1);
    }

    @Test
    void deletingTheFaceEndsItAndATemplateAloneIsAFace() {
        scene.consents(child().at(STORED));
        List<ImageFinding> findings = children(face().deletedAt("2026-06-01T00:00:00Z"));

        assertThat(findings)
                .extracting(ImageFinding::to, ImageFinding::cleared)
                .containsExactly(tuple(Instant.parse("2026-06-01T00:00:00Z"), true));
        assertThat(scene.children(findings, LATER).episodes().get(0).explanationEn())
                .contains("on 2026-06-01 0 came to count and 1 was deleted");
    }

    @Test
    void anotherBasisOrNoConsentAtAllIsAnotherMatter() {
        for (LegalBasis basis : LegalBasis.values()) {
            scene.consents(child().basis(basis).at(STORED));
            assertThat(children(face()).isEmpty()).as(basis.name()).isEqualTo(basis != LegalBasis.CONSENT);
        }
        scene.consents(
                child().at(STORED), consent("d").basis(LegalBasis.CONTRACT).at(STORED));
        assertThat(children(face())).isEmpty();
        scene.consents(child().at(STORED).withdrawn("2026-06-01T00:00:00Z").at("2026-06-01T00:00:00Z"));
        assertThat(children(face()))
                .as("what was withdrawn carries nothing any more: consent-withdrawn")
                .extracting(ImageFinding::to)
                .containsExactly(Instant.parse("2026-06-01T00:00:00Z"));
    }

    @Test
    void whatIsNotKnownAccusesNobody() {
        for (ConsentFixture unknown : List.of(
                consent("c"),
                consent("c").born(DayValue.UNKNOWN),
                child().basis(FieldValue.ABSENT),
                child().basis(FieldValue.UNKNOWN),
                child().guardian(FieldValue.UNKNOWN),
                child().given(FieldState.UNKNOWN),
                child().scope(FieldValue.UNKNOWN))) {
            scene.consents(unknown.at(STORED));
            assertThat(children(face())).isEmpty();
        }
        scene.consents(child().guardian(FieldValue.ABSENT).at(STORED));
        assertThat(children(face())).as("empty is none").hasSize(1);
    }

    @Test
    void ofTwoBirthDatesTheEarlierOneCounts() {
        scene.consents(child().at(STORED), consent("d").born("2001-01-01").at(STORED));

        assertThat(children(face())).isEmpty();
    }

    @Test
    void severalFacesOfAChildAreOnePersonAndSeveralChildrenSeveral() {
        List<ImageFinding> all = new ArrayList<>();
        for (String person : List.of("p", "q", "r")) {
            scene.consents(ConsentFixture.consent("gym", "sys", "c-" + person, person)
                    .born("2014-06-01")
                    .at(STORED));
            all.addAll(scene.findings(
                    record("gym", "sys", person + "1").person(person).storedAt(STORED),
                    record("gym", "sys", person + "2")
                            .person(person)
                            .storedAt("2026-05-05T00:00:00Z")
                            .deletedAt("2026-06-01T00:00:00Z")));
        }

        assertThat(scene.children(all, LATER).episodes())
                .extracting(episode -> episode.measured().intValue())
                .containsExactly(3);
    }

    @Test
    void nothingIsABreachBeforeTheMeasures() {
        scene.consents(child().at("2025-01-01T00:00:00Z"));

        assertThat(children(record("gym", "sys", "1").person("p").storedAt("2025-01-01T00:00:00Z")))
                .extracting(ImageFinding::from)
                .containsExactly(LegalDay.of(2025, 6, 1).start());
    }

    @Test
    void whereNoFaceIsStoredThereIsNothing() {
        scene.consents(child().at(STORED));

        assertThat(scene.findings()).isEmpty();
    }
}
