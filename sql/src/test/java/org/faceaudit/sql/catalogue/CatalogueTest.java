package org.faceaudit.sql.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every clause of the law has a rule, a test, or a reason why no machine can check it; the page says what the rows say. */
class CatalogueTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String MEASURES = "人脸识别技术应用安全管理办法";
    private static final String ANNOUNCEMENT = "关于开展人脸识别技术应用备案工作的公告";

    private static Catalogue catalogue;

    @BeforeAll
    static void readTheRows() throws IOException {
        catalogue = Catalogue.read(ROOT);
    }

    @Test
    void everyClauseIsCoveredAndEveryNameExists() {
        assertThat(catalogue.mistakes()).isEmpty();
    }

    @Test
    void everyArticleOfTheMeasuresAndOfTheAnnouncementIsThere() {
        assertThat(numbersOf(MEASURES))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 20).mapToObj(Integer::toString).toList());
        assertThat(numbersOf(ANNOUNCEMENT)).containsExactly("一", "二", "三", "四");
    }

    private static List<String> numbersOf(String law) {
        return catalogue.clauses().stream()
                .filter(clause -> clause.law().equals(law))
                .map(Clause::number)
                .distinct()
                .toList();
    }

    @Test
    void aClauseWithNeitherRuleNorTestNorReasonIsAMistake() {
        assertThat(afterChanging("3", clause -> changed(clause, List.of(), List.of(), "", "")))
                .containsExactly("clause.csv: " + MEASURES
                        + " 第3条 has neither a rule, nor a test, nor a reason why no machine can check it");
    }

    @Test
    void aRuleThatDoesNotExistIsAMistake() {
        assertThat(afterChanging("3", clause -> changed(clause, List.of("no-such-rule"), List.of(), "", "")))
                .containsExactly(
                        "clause.csv: " + MEASURES + " 第3条 names the rule no-such-rule, which is not in rule.csv");
    }

    @Test
    void aTestThatDoesNotExistIsAMistake() {
        for (String test : List.of(
                "SoleFaceMethodTest#noSuchMethod",
                "NoSuchTest#isThere",
                "SoleFaceMethodTest.NoNested#anotherMethodBesideItIsNone",
                "ChangeFilingOverdueTest#fileAndChange",
                "SoleFaceMethodTest")) {
            assertThat(afterChanging("3", clause -> changed(clause, List.of(), List.of(test), "", "")))
                    .containsExactly("clause.csv: " + MEASURES + " 第3条 names the test " + test
                            + ", which does not exist or not just once");
        }
    }

    @Test
    void aRuleThatNoClauseNamesIsAMistake() {
        assertThat(afterChanging("7", clause -> changed(clause, List.of(), List.of(), "是", "yes")))
                .contains("clause.csv: no clause names the rule minor-without-guardian-consent");
    }

    @Test
    void aReasonIsGivenInBothLanguages() {
        assertThat(afterChanging("3", clause -> changed(clause, List.of(), List.of(), "是", "")))
                .contains("clause.csv: " + MEASURES + " 第3条 gives its reason in one language only");
    }

    @Test
    void aWordingThatWasReadIsNotSpelledInTwoWays() {
        assertThat(afterChanging(
                        "3",
                        clause -> new Clause(
                                clause.law(),
                                clause.number(),
                                clause.paragraph(),
                                clause.part(),
                                "应当守法",
                                clause.status(),
                                clause.source(),
                                clause.textEn(),
                                clause.rules(),
                                clause.tests(),
                                clause.reasonZh(),
                                clause.reasonEn())))
                .containsExactly("clause.csv: " + MEASURES + " 第3条 is worded otherwise in article.csv");
    }

    @Test
    void theCommittedPageIsWhatTheRowsGive() throws IOException {
        String page = CataloguePage.of(catalogue);
        Path place = ROOT.resolve(CataloguePage.PLACE);
        if (Boolean.getBoolean("catalogue.write")) {
            Files.writeString(place, page, StandardCharsets.UTF_8);
        }
        assertThat(Files.exists(place) ? Files.readString(place, StandardCharsets.UTF_8) : "")
                .as("to write it anew: mvn -q test -pl sql -Dtest=CatalogueTest -Dcatalogue.write=true")
                .isEqualTo(page);
    }

    @Test
    void everyLinkOfThePageLeadsToAFile() {
        CataloguePage.of(catalogue)
                .lines()
                .flatMap(line -> java.util.regex.Pattern.compile("\\]\\(\\.\\./\\.\\./([^)]+)\\)")
                        .matcher(line)
                        .results())
                .forEach(link -> assertThat(ROOT.resolve(link.group(1))).isRegularFile());
    }

    private static List<String> afterChanging(String number, UnaryOperator<Clause> change) {
        List<Clause> clauses = new ArrayList<>(catalogue.clauses());
        clauses.replaceAll(clause ->
                clause.law().equals(MEASURES) && clause.number().equals(number) ? change.apply(clause) : clause);
        return catalogue.with(clauses).mistakes();
    }

    private static Clause changed(
            Clause clause, List<String> rules, List<String> tests, String reasonZh, String reasonEn) {
        return new Clause(
                clause.law(),
                clause.number(),
                clause.paragraph(),
                clause.part(),
                clause.textZh(),
                clause.status(),
                clause.source(),
                clause.textEn(),
                rules,
                tests,
                reasonZh,
                reasonEn);
    }
}
