package org.faceaudit.core.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The table of cases names tests that exist and gaps that the rule catalogue admits, and leaves no case out. */
class RegulationCasesTableTest {

    private static final List<String> PACKAGES =
            List.of("org.faceaudit.core.judgement.", "org.faceaudit.core.counting.");

    private static final List<String> SIDES = List.of("hit", "near miss", "limit", "unknown");

    /** Each of one section. */
    private static final List<Class<?>> CASES = List.of(
            FaceOnlyCasesTest.class,
            RawImageCasesTest.class,
            HundredThousandPersonsCasesTest.class,
            MissedDeadlinesCasesTest.class);

    private record Case(String section, String name, List<String> tests, String knownGap) {}

    @Test
    void holdsEveryCaseOfEachSection() throws IOException {
        Map<String, Long> cases =
                cases().stream().collect(Collectors.groupingBy(Case::section, TreeMap::new, Collectors.counting()));

        assertThat(cases)
                .containsEntry("a", 14L)
                .containsEntry("b", 14L)
                .containsEntry("c", 22L)
                .containsEntry("d", 16L)
                .hasSize(4);
        assertThat(cases()).extracting(Case::name).doesNotHaveDuplicates();
    }

    @Test
    void everyCaseIsATestOrAnAdmittedGap() throws IOException, ReflectiveOperationException {
        Map<String, String> gaps = knownGaps();
        for (Case row : cases()) {
            assertThat(row.tests().isEmpty() && row.knownGap().isEmpty())
                    .as(row.name())
                    .isFalse();
            for (String test : row.tests()) {
                assertThat(isTest(test)).as(test).isTrue();
            }
            if (!row.knownGap().isEmpty()) {
                String[] parts = row.knownGap().split(": ", 2);
                assertThat(gaps.get(parts[0])).as(row.name()).contains(parts[1]);
            }
        }
    }

    @Test
    void everyTestOfACaseStandsInTheTable() throws IOException {
        List<String> named = new ArrayList<>();
        cases().forEach(row -> named.addAll(row.tests()));
        for (Class<?> cases : CASES) {
            for (var method : cases.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Test.class)) {
                    assertThat(named).contains(cases.getSimpleName() + '#' + method.getName());
                }
            }
        }
    }

    /** Of Art. 8 and Art. 10 every case that a machine can judge is shown from four sides, or says why one of them is none. */
    @Test
    void everySideOfAJudgeableCaseIsATestOrHasAReason() throws IOException, ReflectiveOperationException {
        List<String> sides = new ArrayList<>();
        for (List<String> line : lines("/regulation-edges.csv")) {
            sides.add(line.get(0) + ' ' + line.get(1) + ": " + line.get(2));
            assertThat(line.get(3).isEmpty())
                    .as(sides.toString())
                    .isNotEqualTo(line.get(4).isEmpty());
            for (String test : line.get(3).isEmpty()
                    ? List.<String>of()
                    : List.of(line.get(3).split(" ", -1))) {
                assertThat(isTest(test)).as(test).isTrue();
            }
        }
        List<String> expected = new ArrayList<>();
        for (Case row : cases()) {
            if ((row.section().equals("a") || row.section().equals("b"))
                    && !row.tests().isEmpty()) {
                SIDES.forEach(side -> expected.add(row.section() + ' ' + row.name() + ": " + side));
            }
        }
        assertThat(sides).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static boolean isTest(String name) throws ReflectiveOperationException {
        String[] parts = name.split("#", -1);
        String type = parts[0].replace('.', '$');
        for (String place : PACKAGES) {
            String file = '/' + (place + type).replace('.', '/') + ".class";
            if (RegulationCasesTableTest.class.getResource(file) != null) {
                return Arrays.stream(Class.forName(place + type).getDeclaredMethods())
                        .filter(method -> method.getName().equals(parts[1]))
                        .anyMatch(method -> method.isAnnotationPresent(Test.class)
                                || method.isAnnotationPresent(ParameterizedTest.class));
            }
        }
        throw new ClassNotFoundException(name);
    }

    private static List<Case> cases() throws IOException {
        return lines("/regulation-cases.csv").stream()
                .map(cells -> new Case(
                        cells.get(0),
                        cells.get(1),
                        cells.get(3).isEmpty()
                                ? List.of()
                                : List.of(cells.get(3).split(" ", -1)),
                        cells.get(4)))
                .toList();
    }

    /** The lines of a table but its first. */
    private static List<List<String>> lines(String table) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                RegulationCasesTableTest.class.getResourceAsStream(table), StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).map(RegulationCasesTableTest::cells).toList();
        }
    }

    /** By rule, from the catalogue that every registry begins with. */
    private static Map<String, String> knownGaps() throws IOException {
        Map<String, String> gaps = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("../../sql/law/rule.csv"), StandardCharsets.UTF_8)) {
            List<String> cells = cells(line);
            gaps.put(cells.get(0), cells.get(cells.size() - 1));
        }
        return gaps;
    }

    /** The cells of a line of CSV whose quoted cells hold no line break. */
    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
