package org.faceaudit.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalisationTest {

    @ParameterizedTest
    @CsvSource({
        // The example of GB 11643 and its first-generation form.
        "11010519491231002X, 11010519491231002X",
        "11010519491231002x, 11010519491231002X",
        "110105491231002, 11010519491231002X",
        "440524188001010014, 440524188001010014",
        "'  11010519491231002x ', 11010519491231002X",
        "'　１１０１０５１９４９１２３１００２ｘ　', 11010519491231002X",
        "１１０１０５４９１２３１００２, 11010519491231002X",
        "110105 19491231 002x, 11010519491231002X",
        "110105-491231-002, 11010519491231002X",
        "e12345678, E12345678",
        "ab 123-4, AB 123-4",
        "110105194912310021, 110105194912310021",
        "11010549123100, 11010549123100",
        "'', ''"
    })
    void anIdCardNumberHasOneForm(String typed, String canonical) {
        assertThat(Normalisation.parse("idcard").apply(typed)).isEqualTo(canonical);
    }

    @Test
    void checkDigitsAgreeWithTheModularSumOfTheStandard() {
        // ISO 7064 MOD 11-2 computed another way: the weighted sum of all 18 places is 1 modulo 11.
        for (int sequence = 0; sequence < 1000; sequence++) {
            String number = IdCardNumber.canonical(String.format(Locale.ROOT, "320311770706%03d", sequence));
            int remainder = 0;
            for (int i = 0; i < 17; i++) {
                remainder = (remainder + number.charAt(i) - '0') * 2 % 11;
            }
            int last = number.charAt(17) == 'X' ? 10 : number.charAt(17) - '0';
            assertThat((remainder + last) % 11).as(number).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "digits, '+86 138-0013-8000', 8613800138000",
        "digits, １３８００１３８０００, 13800138000",
        "digits, 无, ''",
        "phone, '+86 138-0013-8000', 13800138000",
        "phone, 0086 138 0013 8000, 13800138000",
        "phone, ８６１３８００１３８０００, 13800138000",
        "phone, 138.0013.8000, 13800138000",
        "phone, (010) 8612 3456, 01086123456",
        "phone, 86138001380001, 86138001380001",
        "phone, 8600138001380, 8600138001380",
        "phone, 无, ''",
        "trim, '\u3000\u00a0\t a b \u200b\ufeff', 'a b'",
        "trim, '\0ab\0\0', ab",
        "upper, aß-İ, ASS-İ",
        "lower, ABÇ, abç",
        "half-width, Ｎｏ．１２　Ａ～, 'No.12 A~'",
        "'trim,upper', ' ab ', AB",
        "none, ' aB ', ' aB '"
    })
    void stepsApply(String steps, String text, String expected) {
        assertThat(Normalisation.parse(steps).apply(text)).isEqualTo(expected);
    }

    @Test
    void theMachinesLanguageChangesNothing() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(Normalisation.parse("upper").apply("id")).isEqualTo("ID");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void theNameIsTheStepsWithoutBlanks() {
        assertThat(Normalisation.parse(" trim , upper ")).hasToString("trim,upper");
    }

    @Test
    void anUnknownStepIsNamedWithThoseThereAre() {
        assertThatThrownBy(() -> Normalisation.parse("trim,camel"))
                .hasMessage(
                        "'camel' is no normalisation; there are none, trim, upper, lower, digits, half-width, idcard,"
                                + " phone, chained by ','.");
    }
}
