package org.faceaudit.intake.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.faceaudit.intake.rows.Logged.digest;
import static org.faceaudit.intake.rows.Logged.insert;
import static org.faceaudit.intake.rows.Logged.last;
import static org.faceaudit.intake.rows.Logged.update;

import org.faceaudit.core.event.FaceRecordVersion;
import org.junit.jupiter.api.Test;

/** A source changes its table under a running capture: what is known stays, what is new is unknown, and it is counted. */
class ChangedTablesTest {

    private final SourceUnderTest source = new SourceUnderTest(MappingsUnderTest.of("""
            mapping:
              tables:
                public.face:
                  key: [id]
                  facts:
                    - event: face-record
                      person: {identifies: id-card, column: id_card, normalise: [idcard]}
                      image: {column: photo, as: path}
                      template: {present: row}
                      stored-at: {column: taken_at, type: timestamptz}
                      retention: {column: keep_days}
            """));

    private static final String SOUND = "{'id':1,'id_card':'t1:id-card:k1:idcard:" + digest(1)
            + "','photo':'d1:present:path:-','taken_at':'2026-10-01T08:00:00Z','keep_days':30}";

    ChangedTablesTest() {
        source.read(last("face", SOUND));
    }

    private FaceRecordVersion newest() {
        var versions = source.facts.records.get("public.face/1").versions();
        return versions.get(versions.size() - 1);
    }

    @Test
    void aDroppedOrRenamedColumnTakesNothingBack() {
        source.read(update("face", SOUND.replace("'photo':", "'picture':"), 200, "2026-11-02T04:00:00Z"));
        assertThat(newest().image())
                .as("an image that is no longer told of is not gone")
                .isTrue();
        assertThat(source.facts.unreadable).containsExactly("photo: unreadable-image");

        source.read(update("face", SOUND.replace("'keep_days':30", "'days':30"), 201, "2026-11-03T04:00:00Z"));
        assertThat(newest().retentionDays()).isNull();
        assertThat(source.facts.unreadable).contains("keep_days: unknown-value");
    }

    @Test
    void aRetypedColumnIsReadOrCounted() {
        source.read(update("face", SOUND.replace("30", "'60'"), 200, "2026-11-02T04:00:00Z"));
        assertThat(newest().retentionDays()).isEqualTo(60);

        source.read(update("face", SOUND.replace("30", "'two months'"), 201, "2026-11-03T04:00:00Z"));
        assertThat(newest().retentionDays()).isNull();
        assertThat(source.facts.unreadable).containsExactly("keep_days: unreadable-days");

        source.read(update("face", SOUND.replace("30", "{'scale':0,'value':'Hg=='}"), 202, "2026-11-04T04:00:00Z"));
        assertThat(source.facts.unreadable).contains("keep_days: unknown-value");
        assertThat(source.rejects).isEmpty();
    }

    @Test
    void aRefusedRecordIsCountedAndTheNextOneRead() {
        source.read(insert("face", SOUND.replace("'id':1", "'number':1"), 200, "2026-11-02T04:00:00Z"));
        source.read(insert("face", SOUND.replace("30", "'" + "QUJD".repeat(100) + "'"), 201, "2026-11-02T04:00:01Z"));
        source.read(insert("face", SOUND.replace("'id':1", "'id':2"), 202, "2026-11-02T04:00:02Z"));

        assertThat(source.rejects).containsExactly("missing-key", "unmasked-base64");
        assertThat(source.progress().rejects()).isEqualTo(2);
        assertThat(source.facts.records).containsKeys("public.face/1", "public.face/2");
    }
}
