package org.faceaudit.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.faceaudit.capture.Normalisation;
import org.faceaudit.capture.PersonToken;
import org.faceaudit.capture.TokenKey;
import org.faceaudit.intake.mapping.TokenColumn;
import org.faceaudit.intake.operator.OperatorFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyedLiteralsTest {

    private static final String SECRET = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    private static final TokenColumn CARD = new TokenColumn("public.face", "card", "member-no", "trim,upper");

    private final KeyedLiterals literals = new KeyedLiterals(SECRET);

    @Test
    void aLiteralBecomesWhatTheConnectorMakesOfTheColumn() {
        PersonToken connector =
                new PersonToken("member-no", Normalisation.parse("trim,upper"), TokenKey.parse("k7", SECRET));

        assertThat(literals.of(CARD, "k7", " a1"))
                .isEqualTo(connector.of("A1"))
                .startsWith("t1:member-no:k7:trim,upper:");
    }

    @Test
    void aLiteralOfWhichNothingIsLeftIsRefusedWithoutShowingTheKey() {
        assertThatThrownBy(() -> literals.of(CARD, "k7", " \t"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Normalised like public.face.card (trim,upper), nothing is left of this.");
        assertThat(literals.toString()).doesNotContain(SECRET);
    }

    @Test
    void theShippedCollectionOfCompreFaceLeavesAsATokenOnly(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("store.yaml"), """
                operator: acme
                system: one
                source:
                  kind: postgresql
                  url: jdbc:postgresql://127.0.0.1:5432/one
                  user: capture
                  password: ${env:ONE}
                  zone: Asia/Shanghai
                  heartbeat: {table: public.heartbeat}
                use: compreface
                """);
        String shipped = "00000000-0000-0000-0000-000000000002";
        String token =
                new PersonToken("credential", Normalisation.parse("none"), TokenKey.parse("k1", SECRET)).of(shipped);

        String prepared = OperatorFiles.prepared(file, literals);

        assertThat(prepared).doesNotContain(shipped).doesNotContain(SECRET);
        assertThat(prepared.split(token, -1)).as("photos and templates").hasSize(3);
    }
}
