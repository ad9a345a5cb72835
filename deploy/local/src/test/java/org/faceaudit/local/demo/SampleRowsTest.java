package org.faceaudit.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SampleRowsTest {
    private static final int[] CARD_WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

    @Test
    void theSameRowsComeEachTime() {
        for (SampleSource source : SampleSource.all()) {
            for (CopyTable table : source.tables()) {
                assertThat(fingerprint(table))
                        .as(source.database() + " " + table.into())
                        .isEqualTo(fingerprint(table));
            }
        }
    }

    @Test
    void comprefaceHoldsTheOperatorsSubjectsAndTheShippedOnesWithOneEmbeddingEach() {
        Map<String, List<String[]>> tables = rowsOf("compreface");
        List<String[]> subjects = tables.get("public.subject");
        assertThat(subjects).hasSize(120_009);
        assertThat(subjects.stream().filter(row -> row[1].equals(PlantedMarkers.API_KEY)))
                .hasSize(120_000);
        assertThat(column(subjects, 0)).hasSize(120_009);
        assertThat(column(subjects, 2)).hasSize(120_009);
        assertThat(column(tables.get("public.embedding"), 1))
                .isEqualTo(column(subjects, 0))
                .hasSize(120_009);
        Set<String> images = column(tables.get("public.embedding"), 4);
        images.remove(CopyTable.NULL);
        assertThat(images).isEqualTo(column(tables.get("public.img"), 0)).hasSize(5);
    }

    @Test
    void theHundredThousandthFaceIsStoredOnTheDayThatTheExpectationsName() {
        for (String database : List.of("cloudgate", "cleargate")) {
            List<String[]> faces = rowsOf(database).get("public.face");
            assertThat(faces).hasSize(100_100);
            assertThat(column(faces, 1)).hasSize(100_100);
            assertThat(faces.get(99_999)[6]).isEqualTo("2026-07-08 10:00:00");
            assertThat(faces.get(99_998)[6]).isLessThan("2026-07-08 10:00:00");
            assertThat(faces.get(100_099)[6]).isLessThan("2026-08-01");
        }
    }

    @Test
    void softDeletedFacesDecideWhetherTheThresholdIsReached() {
        List<String[]> faces = rowsOf("cloudgate").get("public.face");
        long kept = faces.stream().filter(row -> row[7].equals("0")).count();
        assertThat(kept).isLessThan(100_000).isEqualTo(100_100 - 151);
    }

    @Test
    void theLookAlikeHasMoreRowsThanTheThresholdButFewerPersons() {
        List<String[]> faces = rowsOf("smallcourt").get("public.face");
        assertThat(faces).hasSize(100_040);
        Set<String> cards = new HashSet<>();
        faces.forEach(row -> cards.add(row[1].toUpperCase(java.util.Locale.ROOT)));
        assertThat(cards).hasSize(99_999);
        assertThat(column(faces, 1))
                .as("some second rows spell the card in another way")
                .hasSizeGreaterThan(99_999);
    }

    @Test
    void theGuestsOfTheHotelAreFiftyThoughItsSystemsAddUpToSeventy() {
        Set<String> desk = phones(rowsOf("nightdesk").get("t_user_face"), 6, 7);
        Set<String> doors = phones(rowsOf("nightdoors").get("guest_face"), 2, 4);
        assertThat(desk).hasSize(40);
        assertThat(doors).hasSize(30);
        Set<String> all = new HashSet<>(desk);
        all.addAll(doors);
        assertThat(all).hasSize(50);
    }

    @Test
    void theOtherHotelHasMoreFacesThanGuests() {
        List<String[]> faces = rowsOf("daydesk").get("t_user_face");
        assertThat(phones(faces, 6, 7)).hasSize(30);
        assertThat(faces.stream().filter(row -> !row[7].equals(CopyTable.NULL))).hasSize(33);
        assertThat(faces).as("two registered without a face").hasSize(35);
    }

    @Test
    void theCollegeHasMoreTemplatesThanPersonsAndEveryPrivateColumnOfTheCampusIsPlanted() {
        Map<String, List<String[]>> tables = rowsOf("hillcampus");
        List<String[]> faces = tables.get("face_data");
        assertThat(faces).hasSize(32);
        assertThat(column(faces, 0)).hasSize(24).isEqualTo(column(tables.get("person_detail"), 0));
        assertThat(faces).allMatch(face -> face[1].startsWith(PlantedMarkers.IMAGE));
        SamplePerson first = SamplePerson.of("430100", 0);
        assertThat(column(tables.get("person"), 1)).contains(first.name());
        assertThat(List.of(tables.get("person_detail").get(0))).contains(first.name(), first.idCard(), first.phone());
        assertThat(PlantedMarkers.texts()).contains(first.name(), first.idCard(), first.phone());
    }

    /** Of the rows that hold a template. */
    private static Set<String> phones(List<String[]> rows, int phone, int template) {
        Set<String> phones = new HashSet<>();
        rows.stream()
                .filter(row -> !row[template].equals(CopyTable.NULL))
                .forEach(row -> phones.add(row[phone].replace(" ", "")));
        return phones;
    }

    @Test
    void cardNumbersHaveValidCheckDigitsAndPhonesElevenDigits() {
        Pattern phone = Pattern.compile("1[3-9][0-9]{9}");
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (String[] row : rowsOf("smallcourt").get("public.face")) {
            seen++;
            if (!isValidCard(row[1]) || !phone.matcher(row[3]).matches() || !row[2].endsWith(PlantedMarkers.NAME)) {
                wrong.add(String.join(" ", row));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(seen).isEqualTo(100_040);
    }

    @Test
    void creditCodesOfTheSampleOperatorsHaveValidCheckCharacters() {
        Matcher codes = Pattern.compile("'(91[0-9A-Z]{16})'").matcher(SampleSource.resource("rows/registry.sql"));
        List<String> found = new ArrayList<>();
        while (codes.find()) {
            found.add(codes.group(1));
            assertThat(isValidCreditCode(codes.group(1))).as(codes.group(1)).isTrue();
        }
        assertThat(found)
                .hasSameSizeAs(SampleSource.all().stream()
                        .map(SampleSource::operator)
                        .distinct()
                        .toList())
                .doesNotHaveDuplicates();
    }

    @Test
    void everySampleOperatorStandsInTheRegistry() {
        String registry = SampleSource.resource("rows/registry.sql");
        for (SampleSource source : SampleSource.all()) {
            assertThat(registry)
                    .containsPattern(Pattern.compile("\\('" + source.operator() + "', .*'" + source.region() + "'\\)"));
        }
    }

    @Test
    void imagesAreJpegByTheirBytesAndCarryTheMarker() {
        byte[] image = PlantedMarkers.jpeg(new SplittableRandom(1));
        assertThat(image).startsWith(0xff, 0xd8, 0xff, 0xe0).endsWith(0xff, 0xd9);
        assertThat(new String(image, StandardCharsets.ISO_8859_1)).contains("JFIF", PlantedMarkers.IMAGE);
    }

    @Test
    void markersArePlantedInTheRows() {
        Set<String> fields = new HashSet<>();
        rowsOf("cloudgate").get("public.face").forEach(row -> fields.addAll(List.of(row)));
        rowsOf("gym").get("public.member").forEach(row -> fields.addAll(List.of(row)));
        SamplePerson first = SamplePerson.of("320500", 0);
        assertThat(fields).contains(first.idCard(), first.name(), first.phone());
        SamplePerson member = SamplePerson.of("500100", 7);
        assertThat(fields).contains(member.idCard(), member.name(), member.phone());
        assertThat(PlantedMarkers.texts()).contains(first.idCard(), first.name(), first.phone(), PlantedMarkers.IMAGE);
    }

    @Test
    void copyTextEscapesWhatWouldEndAFieldOrALine() {
        assertThat(CopyTable.line("a\tb", null, "c\\d", "e\nf\r", 7)).isEqualTo("a\\tb\t\\N\tc\\\\d\te\\nf\\r\t7");
    }

    private static long fingerprint(CopyTable table) {
        long[] sum = {0};
        table.rows().accept(line -> sum[0] = sum[0] * 31 + line.hashCode());
        return sum[0];
    }

    private static Map<String, List<String[]>> rowsOf(String database) {
        SampleSource source = SampleSource.all().stream()
                .filter(candidate -> candidate.database().equals(database))
                .findFirst()
                .orElseThrow();
        Map<String, List<String[]>> tables = new HashMap<>();
        for (CopyTable table : source.tables()) {
            List<String[]> rows = new ArrayList<>();
            table.rows().accept(line -> rows.add(line.split("\t", -1)));
            tables.put(table.into().substring(0, table.into().indexOf(' ')), rows);
        }
        return tables;
    }

    private static Set<String> column(List<String[]> rows, int column) {
        Set<String> values = new HashSet<>();
        rows.forEach(row -> values.add(row[column]));
        return values;
    }

    private static boolean isValidCard(String number) {
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += Character.digit(number.charAt(i), 10) * CARD_WEIGHTS[i];
        }
        char last = Character.toUpperCase(number.charAt(17));
        int check = last == 'X' ? 10 : Character.digit(last, 10);
        // GB 11643: the weighted sum with the check digit is 1 modulo 11.
        return number.length() == 18 && (sum + check) % 11 == 1;
    }

    private static boolean isValidCreditCode(String code) {
        String alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < 17; i++) {
            sum += alphabet.indexOf(code.charAt(i)) * weight;
            weight = weight * 3 % 31;
        }
        // GB 32100: the check character makes the weighted sum a multiple of 31.
        return (sum + alphabet.indexOf(code.charAt(17))) % 31 == 0;
    }
}
