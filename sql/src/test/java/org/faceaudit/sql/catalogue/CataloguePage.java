package org.faceaudit.sql.catalogue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The catalogue as one Markdown page in Chinese and English; the same rows give the same page. */
final class CataloguePage {

    /** Where the page lies, from the repository's directory. */
    static final Path PLACE = Path.of("sql/law/CATALOGUE.md");

    /** From the page to the repository's directory. */
    private static final String UP = "../../";

    private static final Map<String, String> STATUS = Map.of(
            "S", "原文 wording read",
            "S2", "转引 read in a quotation",
            "P", "转述,非原文 paraphrase",
            "M", "凭记忆,非原文 from memory, not to be quoted");

    private final Catalogue catalogue;
    private final StringBuilder page = new StringBuilder();

    private CataloguePage(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    static String of(Catalogue catalogue) {
        CataloguePage page = new CataloguePage(catalogue);
        page.head();
        page.clauses();
        page.rules();
        page.otherTexts();
        page.rest();
        return page.page.toString();
    }

    private void line(String... parts) {
        for (String part : parts) {
            page.append(part);
        }
        page.append('\n');
    }

    private void head() {
        line("# 规则目录 · Catalogue of rules");
        line();
        line("<!-- Generated from the rows in sql/law; do not edit. Anew: mvn -q test -pl sql -Dtest=CatalogueTest"
                + " -Dcatalogue.write=true -->");
        line();
        line("本页由 `sql/law` 各表生成:每一条款由哪条规则覆盖、由哪个测试证明,或为何机器不能核验。");
        line("三者皆无、所称规则或测试不存在、或某规则未被任何条款提及时,构建失败。");
        line();
        line(
                "Generated from the rows in `sql/law`: which rule covers each clause, which test shows it, or why no machine can"
                        + " check it. The build fails when a clause has none of the three, when a rule or test that is named does not"
                        + " exist, or when no clause names a rule. A rule without a test of its own is not judged yet.");
        line();
        line("| 标记 mark | 文本来源 how the wording was read |");
        line("|---|---|");
        for (String status : List.of("S", "S2", "P", "M")) {
            line("| ", status, " | ", STATUS.get(status), " |");
        }
        line();
        line("| 文本 text | 条款 clauses | 有规则且有测试 rule and test | 有规则而无测试 rule, no test yet"
                + " | 机器不可核验 no machine can check |");
        line("|---|---|---|---|---|");
        catalogue.titles().stream().filter(TextTitle::whole).forEach(title -> {
            List<Clause> clauses = clausesOf(title);
            long tested = clauses.stream()
                    .filter(clause ->
                            !clause.rules().isEmpty() && !clause.tests().isEmpty())
                    .count();
            long untested = clauses.stream()
                    .filter(clause ->
                            !clause.rules().isEmpty() && clause.tests().isEmpty())
                    .count();
            long none =
                    clauses.stream().filter(clause -> clause.rules().isEmpty()).count();
            line(
                    "| 《" + title.law() + "》 | " + clauses.size(),
                    " | " + tested + " | " + untested + " | " + none + " |");
        });
        line();
    }

    private List<Clause> clausesOf(TextTitle title) {
        return catalogue.clauses().stream()
                .filter(clause -> clause.law().equals(title.law()))
                .toList();
    }

    private void clauses() {
        line("# 一、条款 · Clauses");
        line();
        catalogue.titles().stream().filter(TextTitle::whole).forEach(title -> {
            line("## 《", title.law(), "》");
            line();
            line(title.titleEn());
            line();
            clausesOf(title).forEach(this::clause);
        });
    }

    private void clause(Clause clause) {
        line("### ", clause.placeZh());
        line();
        quote(clause.textZh(), clause.status());
        line();
        line(clause.textEn());
        line();
        if (!clause.rules().isEmpty()) {
            line("- 规则 rules: ", clause.rules().stream().map(this::linkToRule).collect(Collectors.joining(", ")));
        }
        if (!clause.tests().isEmpty()) {
            line("- 测试 tests: ", links(clause.tests()));
        }
        if (clause.hasReason()) {
            String word = clause.rules().isEmpty()
                    ? "- 机器不可核验 no machine can check: "
                    : "- 机器所不见 what a machine does not see: ";
            line(word, clause.reasonZh(), " ", clause.reasonEn());
        }
        line("- 来源 source: ", clause.source());
        line();
    }

    private void quote(String text, String status) {
        line("> ", text, " 〔", status, ":", STATUS.get(status), "〕");
    }

    private String linkToRule(String id) {
        return "[" + id + "](#" + id + ")";
    }

    private String links(List<String> tests) {
        return tests.stream().map(this::link).collect(Collectors.joining(", "));
    }

    private String link(String test) {
        return catalogue
                .tests()
                .find(test)
                .map(found -> "[`" + test + "`](" + UP + found.file().toString().replace('\\', '/') + ")")
                .orElse("`" + test + "`");
    }

    private void rules() {
        line("# 二、规则 · Rules");
        line();
        line("| 规则 rule | 标题 title | 判定 judged |");
        line("|---|---|---|");
        catalogue
                .rules()
                .forEach(rule -> line(
                        "| " + linkToRule(rule.id()) + " | " + rule.titleZh() + " · " + rule.titleEn() + " | ",
                        (catalogue.isJudged(rule) ? "是 yes" : "尚未 not yet") + " |"));
        line();
        catalogue.rules().forEach(this::rule);
    }

    private void rule(Rule rule) {
        line("## ", rule.id());
        line();
        line("**", rule.titleZh(), " · ", rule.titleEn(), "**");
        line();
        if (!catalogue.isJudged(rule)) {
            line("尚未判定 · not judged yet: it has no test of its own.");
            line();
        }
        line("依据 Rests on:");
        line();
        List<Article> cited = catalogue.articles().stream()
                .filter(article -> rule.articles().contains(article.reference()))
                .sorted(Comparator.comparing(article -> rule.articles().indexOf(article.reference())))
                .toList();
        for (Article article : cited) {
            if (article != cited.get(0)) {
                line(">");
            }
            quote("【" + article.reference() + "】" + article.textZh(), article.status());
        }
        line();
        line("所需事实 Needs: ", rule.needs().stream().map(need -> '`' + need + '`').collect(Collectors.joining(", ")));
        line();
        line("| 判定 verdict | 情形 | when |");
        line("|---|---|---|");
        catalogue.verdicts().stream()
                .filter(verdict -> verdict.ruleId().equals(rule.id()))
                .forEach(verdict ->
                        line("| ", verdict.verdict(), " | ", verdict.whenZh(), " | ", cell(verdict.whenEn()), " |"));
        line();
        parameters(catalogue.parametersOf(rule));
        line("已知局限 Known gaps: ", rule.knownGaps());
        line();
        List<String> types = new ArrayList<>(catalogue.testTypesOf(rule));
        if (!types.isEmpty()) {
            line("测试 Tests: ", types.stream().map(this::linkToType).collect(Collectors.joining(", ")));
            line();
        }
        cases(catalogue.cases().stream()
                .filter(one -> catalogue.rulesOf(one).contains(rule.id()))
                .toList());
    }

    private String linkToType(String type) {
        List<Path> files = catalogue.tests().files(type);
        return files.size() == 1
                ? "[`" + type + "`](" + UP + files.get(0).toString().replace('\\', '/') + ")"
                : "`" + type + "`";
    }

    private void parameters(List<Parameter> parameters) {
        if (parameters.isEmpty()) {
            return;
        }
        line("| 参数 parameter | 值 value | 单位 unit | 生效 from | 来源 source |");
        line("|---|---|---|---|---|");
        parameters.forEach(parameter -> line(
                "| `" + parameter.name() + "` | " + parameter.value() + " | " + parameter.unit() + " | ",
                parameter.validFrom() + " | " + cell(parameter.source()) + " |"));
        line();
    }

    private void cases(List<LegalCase> cases) {
        if (cases.isEmpty()) {
            return;
        }
        line("| 疑难情形 case | 结果 outcome | 测试 tests | 局限 known gap |");
        line("|---|---|---|---|");
        cases.forEach(one -> line(
                "| (" + one.section() + ") " + cell(one.name()) + " | " + cell(one.outcome()) + " | ",
                links(one.tests()) + " | " + cell(one.knownGap()) + " |"));
        line();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private void otherTexts() {
        line("# 三、其他依据 · Other texts that rules rest on");
        line();
        Map<String, TextTitle> titles =
                catalogue.titles().stream().collect(Collectors.toMap(TextTitle::law, Function.identity()));
        catalogue.articles().stream()
                .filter(article -> !titles.containsKey(article.law())
                        || !titles.get(article.law()).whole())
                .forEach(article -> {
                    line("### ", article.reference());
                    line();
                    quote(article.textZh(), article.status());
                    line();
                    if (titles.containsKey(article.law())) {
                        line("- ", titles.get(article.law()).titleEn());
                    }
                    List<String> rules = catalogue.rules().stream()
                            .filter(rule -> rule.articles().contains(article.reference()))
                            .map(Rule::id)
                            .toList();
                    if (!rules.isEmpty()) {
                        line(
                                "- 规则 rules: ",
                                rules.stream().map(this::linkToRule).collect(Collectors.joining(", ")));
                    }
                    line("- 来源 source: ", article.source());
                    line();
                });
    }

    /** What belongs to no rule in particular. */
    private void rest() {
        line("# 四、共用 · Common to all rules");
        line();
        parameters(catalogue.parametersOfAll());
        cases(catalogue.cases().stream()
                .filter(one -> catalogue.rulesOf(one).isEmpty())
                .toList());
    }
}
