package org.faceaudit.sql.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every clause of the law that is audited, and every rule: which rule covers which clause, which test shows it, and what no
 * machine can check. Read from the rows in {@code sql/law}; tests are looked up in their sources.
 */
record Catalogue(
        List<Clause> clauses,
        List<Article> articles,
        List<TextTitle> titles,
        List<Rule> rules,
        List<RuleVerdict> verdicts,
        List<Parameter> parameters,
        Map<String, List<String>> sharedParameters,
        List<LegalCase> cases,
        TestSources tests) {

    private static final Set<String> STATUSES = Set.of("S", "S2", "P", "M");
    private static final Set<String> VERDICTS = Set.of("VIOLATION", "SUSPECTED", "WARNING", "NOTICE", "UNKNOWN");

    /**
     * @param root the repository's directory
     */
    static Catalogue read(Path root) throws IOException {
        Path law = root.resolve("sql/law");
        List<Article> articles = CsvRows.of(law.resolve("article.csv")).stream()
                .map(row -> new Article(
                        row.get("law"),
                        row.get("number"),
                        row.get("paragraph"),
                        row.get("text_zh"),
                        row.get("source"),
                        row.get("status")))
                .toList();
        Map<String, Article> byReference =
                articles.stream().collect(Collectors.toMap(Article::reference, Function.identity()));
        List<LegalCase> cases = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root.resolve("jobs/core/src/test/resources"))) {
            for (Path file : files.filter(file -> file.endsWith("regulation-cases.csv"))
                    .sorted()
                    .toList()) {
                CsvRows.of(file)
                        .forEach(row -> cases.add(new LegalCase(
                                row.get("section"),
                                row.get("case"),
                                row.get("outcome"),
                                words(row.get("tests"), " "),
                                row.get("known_gap"))));
            }
        }
        Map<String, List<String>> shared = new LinkedHashMap<>();
        CsvRows.of(law.resolve("catalogue/shared_parameter.csv"))
                .forEach(row -> shared.put(row.get("prefix"), words(row.get("rules"), ";")));
        return new Catalogue(
                CsvRows.of(law.resolve("catalogue/clause.csv")).stream()
                        .map(row -> clause(row, byReference))
                        .toList(),
                articles,
                CsvRows.of(law.resolve("catalogue/title.csv")).stream()
                        .map(row -> new TextTitle(
                                row.get("law"),
                                row.get("title_en"),
                                row.get("listed").equals("whole")))
                        .toList(),
                CsvRows.of(law.resolve("rule.csv")).stream()
                        .map(row -> new Rule(
                                row.get("id"),
                                words(row.get("article"), "; "),
                                row.get("title_zh"),
                                row.get("title_en"),
                                words(row.get("needs").replaceAll("[{}]", ""), ","),
                                row.get("known_gaps")))
                        .toList(),
                CsvRows.of(law.resolve("catalogue/verdict.csv")).stream()
                        .map(row -> new RuleVerdict(
                                row.get("rule_id"), row.get("verdict"), row.get("when_zh"), row.get("when_en")))
                        .toList(),
                CsvRows.of(law.resolve("parameter.csv")).stream()
                        .map(row -> new Parameter(
                                row.get("name"),
                                row.get("value"),
                                row.get("unit"),
                                row.get("valid_from"),
                                row.get("source")))
                        .toList(),
                shared,
                List.copyOf(cases),
                new TestSources(root));
    }

    /** What a clause leaves out of its wording is that of the article that rules cite. */
    private static Clause clause(Map<String, String> row, Map<String, Article> articles) {
        Article article = articles.get(Article.reference(row.get("law"), row.get("number"), row.get("paragraph")));
        boolean asCited = row.get("text_zh").isEmpty() && article != null;
        return new Clause(
                row.get("law"),
                row.get("number"),
                row.get("paragraph"),
                row.get("part"),
                asCited ? article.textZh() : row.get("text_zh"),
                asCited ? article.status() : row.get("status"),
                asCited ? article.source() : row.get("source"),
                row.get("text_en"),
                words(row.get("rules"), ";"),
                words(row.get("tests"), " "),
                row.get("reason_zh"),
                row.get("reason_en"));
    }

    private static List<String> words(String cell, String separator) {
        return cell.isBlank() ? List.of() : Arrays.asList(cell.split(separator, -1));
    }

    /** The same with other clauses, to see what would be said of them. */
    Catalogue with(List<Clause> others) {
        return new Catalogue(others, articles, titles, rules, verdicts, parameters, sharedParameters, cases, tests);
    }

    /** Everything that is wrong, a sentence each that names the row; empty when nothing is. */
    List<String> mistakes() {
        List<String> mistakes = new ArrayList<>();
        Set<String> ids = rules.stream().map(Rule::id).collect(Collectors.toSet());
        clauses.forEach(clause -> ofClause(clause, ids, mistakes));
        titles.stream().filter(TextTitle::whole).forEach(title -> ofText(title.law(), mistakes));
        rules.forEach(rule -> ofRule(rule, mistakes));
        for (RuleVerdict verdict : verdicts) {
            if (!ids.contains(verdict.ruleId())) {
                mistakes.add("verdict.csv: there is no rule " + verdict.ruleId());
            }
            if (!VERDICTS.contains(verdict.verdict())) {
                mistakes.add("verdict.csv: " + verdict.ruleId() + " has no verdict " + verdict.verdict());
            }
        }
        sharedParameters.values().stream()
                .flatMap(List::stream)
                .filter(rule -> !rule.equals("*") && !ids.contains(rule))
                .forEach(rule -> mistakes.add("shared_parameter.csv: there is no rule " + rule));
        return mistakes;
    }

    private void ofClause(Clause clause, Set<String> ids, List<String> mistakes) {
        String name = "clause.csv: " + (clause.reference() + ' ' + clause.part()).strip();
        if (clause.rules().isEmpty() && clause.tests().isEmpty() && !clause.hasReason()) {
            mistakes.add(name + " has neither a rule, nor a test, nor a reason why no machine can check it");
        }
        if (clause.reasonZh().isBlank() != clause.reasonEn().isBlank()) {
            mistakes.add(name + " gives its reason in one language only");
        }
        for (String rule : clause.rules()) {
            if (!ids.contains(rule)) {
                mistakes.add(name + " names the rule " + rule + ", which is not in rule.csv");
            }
        }
        for (String test : clause.tests()) {
            if (tests.find(test).isEmpty()) {
                mistakes.add(name + " names the test " + test + ", which does not exist or not just once");
            }
        }
        if (clause.textZh().isBlank() || clause.textEn().isBlank()) {
            mistakes.add(name + " has no text, in itself or in article.csv");
        }
        if (!STATUSES.contains(clause.status()) || clause.source().isBlank()) {
            mistakes.add(name + " does not say how and where its wording was read");
        }
        for (Article article : articles) {
            if (article.reference().equals(clause.reference())
                    && article.status().equals(clause.status())
                    && clause.status().startsWith("S")
                    && !article.textZh().contains(clause.textZh())) {
                mistakes.add(name + " is worded otherwise in article.csv");
            }
        }
    }

    /** Nothing that rules cite of a text that is listed whole is left out of the list. */
    private void ofText(String law, List<String> mistakes) {
        for (Article article : articles) {
            if (article.law().equals(law)
                    && clauses.stream()
                            .noneMatch(clause -> clause.law().equals(law)
                                    && clause.number().equals(article.number())
                                    && (article.paragraph().isEmpty()
                                            || clause.paragraph().equals(article.paragraph())))) {
                mistakes.add("clause.csv: " + article.reference() + " of article.csv is missing");
            }
        }
    }

    private void ofRule(Rule rule, List<String> mistakes) {
        if (clauses.stream().noneMatch(clause -> clause.rules().contains(rule.id()))) {
            mistakes.add("clause.csv: no clause names the rule " + rule.id());
        }
        for (String cited : rule.articles()) {
            boolean listed =
                    titles.stream().filter(TextTitle::whole).anyMatch(title -> cited.startsWith(title.law() + ' '));
            if (listed
                    && clauses.stream()
                            .noneMatch(clause ->
                                    isOf(clause, cited) && clause.rules().contains(rule.id()))) {
                mistakes.add("clause.csv: " + rule.id() + " rests on " + cited + " but is not named there");
            }
        }
        Set<String> given = verdicts.stream()
                .filter(verdict -> verdict.ruleId().equals(rule.id()))
                .map(RuleVerdict::verdict)
                .collect(Collectors.toSet());
        if (given.isEmpty()) {
            mistakes.add("verdict.csv: no line says when " + rule.id() + " speaks");
        }
        for (Parameter parameter : parameters) {
            String severity = rule.id() + ".severity.";
            if (parameter.name().startsWith(severity)
                    && !given.contains(
                            parameter.name().substring(severity.length()).toUpperCase(Locale.ROOT))) {
                mistakes.add("verdict.csv: no line says when " + parameter.name() + " counts");
            }
        }
    }

    private static boolean isOf(Clause clause, String cited) {
        return clause.reference().equals(cited)
                || Article.reference(clause.law(), clause.number(), "").equals(cited);
    }

    /** Whether it has a test of its own; a rule without one is not judged yet. */
    boolean isJudged(Rule rule) {
        return !tests.files(rule.testType()).isEmpty();
    }

    /**
     * The rules a case belongs to, by what is known of it: the rule whose gap it names; the rules that its tests name; else
     * those of the clauses that name one of its tests. Empty when it belongs to none in particular.
     */
    Set<String> rulesOf(LegalCase legalCase) {
        Set<String> found = new TreeSet<>();
        for (Rule rule : rules) {
            boolean gap = legalCase.knownGap().startsWith(rule.id() + ':');
            boolean tested = legalCase.tests().stream()
                    .anyMatch(test -> test.startsWith(rule.testType())
                            || tests.find(test)
                                    .filter(one -> one.body().contains('"' + rule.id() + '"'))
                                    .isPresent());
            if (gap || tested) {
                found.add(rule.id());
            }
        }
        if (found.isEmpty()) {
            clauses.stream()
                    .filter(clause -> clause.tests().stream().anyMatch(legalCase.tests()::contains))
                    .forEach(clause -> found.addAll(clause.rules()));
        }
        return found;
    }

    /** All tests that show a rule: its own class, those of its clauses and those of its cases; types alone. */
    Set<String> testTypesOf(Rule rule) {
        Set<String> types = new LinkedHashSet<>();
        if (isJudged(rule)) {
            types.add(rule.testType());
        }
        Stream.concat(
                        clauses.stream()
                                .filter(clause -> clause.rules().contains(rule.id()))
                                .flatMap(clause -> clause.tests().stream())
                                .filter(test -> rules.stream()
                                        .noneMatch(other -> other != rule && test.startsWith(other.testType()))),
                        cases.stream()
                                .filter(one -> rulesOf(one).contains(rule.id()))
                                .flatMap(one -> one.tests().stream()))
                .map(test -> test.split("[.#]", -1)[0])
                .forEach(types::add);
        return types;
    }

    /** The parameters a rule reads: its own, then those it shares with others. */
    List<Parameter> parametersOf(Rule rule) {
        return Stream.concat(
                        parameters.stream()
                                .filter(parameter -> parameter.prefix().equals(rule.id())),
                        parameters.stream().filter(parameter -> sharedBy(parameter, rule)))
                .toList();
    }

    private boolean sharedBy(Parameter parameter, Rule rule) {
        return sharedParameters.getOrDefault(parameter.prefix(), List.of()).contains(rule.id());
    }

    /** The parameters that belong to no rule in particular. */
    List<Parameter> parametersOfAll() {
        return parameters.stream()
                .filter(parameter -> rules.stream()
                        .noneMatch(rule -> rule.id().equals(parameter.prefix()) || sharedBy(parameter, rule)))
                .toList();
    }
}
