package org.faceaudit.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.faceaudit.cli.source.SourceColumn;
import org.faceaudit.cli.source.ValueKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageStoresTest {

    @ParameterizedTest
    @CsvSource({
        "photo, BYTES, bytea, '', true",
        "photo, BOOLEAN, bool, '', false",
        "facePhotoUrl, TEXT, varchar, '', true",
        "照片, TEXT, varchar, '', true",
        "x7, TEXT, varchar, 现场抓拍照片, true",
        "data, BYTES, longblob, '', true",
        "data, BYTES, bytea, '', true",
        "checksum, BYTES, binary, '', false",
        "face, TEXT, longtext, '', true",
        "face, TEXT, varchar, '', false",
        "人脸, TEXT, mediumtext, '', true",
        "note, TEXT, text, '', false",
        "face_feature, BYTES, bytea, '', false",
        "feature, TEXT, text, '', false",
        "phone, TEXT, text, '', false"
    })
    void aColumnIsJudgedByItsWordsAndByWhatItHolds(
            String name, ValueKind kind, String type, String comment, boolean store) {
        assertThat(ImageStores.mayBe(new SourceColumn(name, kind, type, true, null, comment)))
                .isEqualTo(store);
    }
}
