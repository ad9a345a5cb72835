package org.faceaudit.intake.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TablePatternTest {

    @ParameterizedTest
    @CsvSource({
        "public.log_{yyyyMM}, public.log_202506, true",
        "public.log_{yyyyMM}, public.log_202513, false",
        "public.log_{yyyyMM}, public.log_20250, false",
        "public.log_{yyyyMM}, public.log_202506_old, false",
        "public.log_{yyyyMM}, archive.log_202506, false",
        "public.log_{yyyyMM}, publicxlog_202506, false",
        "public.log_{yyyyMMdd}, public.log_20250631, true",
        "public.log_{yyyyMMdd}, public.log_20250632, false",
        "public.log_{yyyy}_{MM}, public.log_2025_06, true",
        "public.face_{nn}, public.face_07, true",
        "public.face_{nn}, public.face_7, false",
        "public.face_{nn}, public.face_117, false",
        "public.face_{n}, public.face_117, true",
        "public.face_{n}, public.face_, false",
        "public.face_{n}, public.face_٣, false",
        "园区.人脸_{nn}表, 园区.人脸_07表, true",
        "园区.人脸_{nn}表, 园区.人像_07表, false",
    })
    void aNameStandsForTheTablesThatDifferInItsDigitsOnly(String name, String table, boolean matches) {
        TablePattern pattern = new TablePattern(name);

        assertThat(pattern.matches(table)).isEqualTo(matches);
        String regex = pattern.regex(literal -> literal.replace(".", "\\."));
        assertThat(Pattern.matches(regex, table)).isEqualTo(matches);
        assertThat(regex).doesNotContain(",");
    }

    @Test
    void theDigitsTellOneTableFromTheOthers() {
        TablePattern months = new TablePattern("public.log_{yyyy}_{MM}");

        assertThat(months.numbers("public.log_2025_06")).containsExactly("2025", "06");
        assertThat(months.isNumberedLike(new TablePattern("public.gate_{yyyy}_{MM}")))
                .isTrue();
        assertThat(months.isNumberedLike(new TablePattern("public.gate_{yyyy}_{nn}")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "public.log_{nn}, public.log_{n}, true",
        "public.log_{nn}, public.log_{nnn}, false",
        "public.log_{yyyyMM}, public.log_{nnnnnn}, true",
        "public.log_{n}_{n}, public.log_{nn}_{MM}, true",
        "public.log_1{n}, public.log_{n}2, true",
        "public.log_{nn}, public.gate_{nn}, false",
        "public.log_{nn}, archive.log_{nn}, false",
        "public.log_{n}x, public.log_{n}, false",
    })
    void twoNamesThatCouldStandForOneTableOverlap(String one, String other, boolean overlap) {
        assertThat(new TablePattern(one).overlaps(new TablePattern(other))).isEqualTo(overlap);
        assertThat(new TablePattern(other).overlaps(new TablePattern(one))).isEqualTo(overlap);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public.log_{yyyymm}",
                "public.log_{}",
                "public.log_{nn",
                "public.log_{nn}}",
                "public.lo/g_{nn}",
                "public.log%_{nn}",
                "s{nn}.log_{nn}",
                "public.log_{nnnnnnnnnnnnnnnnnnnnn}"
            })
    void whatStandsForNothingIsRefused(String name) {
        assertThatThrownBy(() -> new TablePattern(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPlaceInTheSchemaIsTheDatabaseOfAProduct() {
        assertThat(TablePattern.isPattern("${database}.face")).isFalse();
        assertThat(TablePattern.isPattern("${database}.face_{nn}")).isTrue();
    }
}
