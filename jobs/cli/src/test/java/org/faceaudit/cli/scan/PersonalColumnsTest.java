package org.faceaudit.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.faceaudit.cli.source.SourceColumn;
import org.faceaudit.cli.source.ValueKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonalColumnsTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "phone, TEXT, '', phone",
                "ownerMobile, INTEGER, '', phone",
                "phone, BOOLEAN, '', -",
                "身份证号, TEXT, '', id-card",
                "c1, TEXT, 住户手机号, phone",
                "real_name, TEXT, '', name",
                "姓名, TEXT, '', name",
                "device_name, TEXT, '', -",
                "api_key, TEXT, '', credential",
                "member_no, TEXT, '', -",
                "id, INTEGER, '', -"
            })
    void aColumnIsJudgedByItsWordsAndByWhatItCanHold(String name, ValueKind kind, String comment, String held) {
        assertThat(PersonalColumns.held(new SourceColumn(name, kind, "type", true, null, comment))
                        .orElse(null))
                .isEqualTo(held);
    }
}
