package org.faceaudit.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.faceaudit.cli.source.SourceColumn;
import org.faceaudit.cli.source.SourceTable;
import org.faceaudit.cli.source.ValueKind;
import org.junit.jupiter.api.Test;

class VocabularyTest {

    private static final Set<String> SOME = Set.of("id-card", "phone", "image", "template", "name", "member-no");

    private final Vocabulary vocabulary = Vocabulary.shipped();

    private String of(String name, ValueKind kind, String comment) {
        return vocabulary
                .of(new SourceColumn(name, kind, "type", true, null, comment), SOME)
                .map(Match::concept)
                .orElse("");
    }

    @Test
    void aLatinWordIsWholePartsOfAName() {
        assertThat(of("id_card", ValueKind.TEXT, "")).isEqualTo("id-card");
        assertThat(of("ownerIdCard", ValueKind.TEXT, "")).isEqualTo("id-card");
        assertThat(of("Owner-Id-Card", ValueKind.TEXT, "")).isEqualTo("id-card");
        assertThat(of("paid_cards", ValueKind.TEXT, "")).isEmpty();
        assertThat(of("microphone", ValueKind.TEXT, "")).isEmpty();
    }

    @Test
    void aChineseWordStandsAnywhereAndInCommentsToo() {
        assertThat(of("住户手机号码", ValueKind.TEXT, "")).isEqualTo("phone");
        assertThat(of("c7", ValueKind.TEXT, "住户的身份证号")).isEqualTo("id-card");
        assertThat(of("c8", ValueKind.TEXT, "the member's phone number, if any"))
                .isEqualTo("phone");
    }

    @Test
    void theLongestWordDecidesAndANameBeforeAComment() {
        assertThat(of("id_card_photo", ValueKind.TEXT, "")).isEqualTo("image");
        assertThat(of("身份证照片", ValueKind.TEXT, "")).isEqualTo("image");
        assertThat(of("phone", ValueKind.TEXT, "名字")).isEqualTo("phone");
    }

    @Test
    void whatATypeCannotHoldIsNotGuessed() {
        assertThat(of("id_card", ValueKind.BYTES, "")).isEmpty();
        assertThat(of("photo", ValueKind.BOOLEAN, "")).isEmpty();
        assertThat(of("feature", ValueKind.ARRAY, "")).isEqualTo("template");
    }

    @Test
    void aTableIsRecognisedByItsNameOrComment() {
        assertThat(vocabulary.of(table("dev_017", "小区门禁设备")))
                .extracting(Match::concept)
                .containsExactly("access-point");
        assertThat(vocabulary.of(table("access_log", "")))
                .extracting(Match::concept)
                .containsExactly("attempt");
        assertThat(vocabulary.of(table("invoice", ""))).isEmpty();
    }

    private static SourceTable table(String name, String comment) {
        return new SourceTable("public." + name, false, comment, List.of(), List.of(), List.of(), List.of());
    }
}
