package org.faceaudit.runtime.types;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.faceaudit.core.alert.AlertRevision;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.alert.LedgerEntry;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.core.event.SourceSilence;
import org.faceaudit.core.judgement.PromptedPerson;
import org.faceaudit.core.judgement.SealedPerson;
import org.faceaudit.core.judgement.SealedPoint;
import org.faceaudit.intake.rows.SourceProgressState;
import org.faceaudit.runtime.attempt.AttemptNews;
import org.faceaudit.runtime.attempt.AttemptPage;
import org.faceaudit.runtime.attempt.FaceDays;
import org.faceaudit.runtime.attempt.LogFile;
import org.faceaudit.runtime.attempt.MemoryPage;
import org.faceaudit.runtime.attempt.PersonFile;
import org.faceaudit.runtime.attempt.PointFile;
import org.faceaudit.runtime.attempt.ToldAttempt;
import org.faceaudit.runtime.fact.DayLook;
import org.faceaudit.runtime.fact.Fact;
import org.faceaudit.runtime.fact.ImageFact;
import org.faceaudit.runtime.fact.RegistryFact;
import org.faceaudit.runtime.sink.KeyedJson;
import org.faceaudit.runtime.sink.TableRow;
import org.faceaudit.runtime.source.RawRecord;
import org.faceaudit.runtime.step.Draft;
import org.faceaudit.runtime.step.ImagePage;
import org.faceaudit.runtime.step.Referrers;
import org.faceaudit.runtime.step.Said;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateAndEdgeTypesTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                AlertRevision.class,
                Derivation.class,
                LedgerEntry.class,
                SealedPoint.class,
                SealedPerson.class,
                PromptedPerson.class,
                RegistryChange.class,
                SourceProgress.class,
                SourceProgressState.class,
                SourceSilence.class,
                ToldAttempt.class,
                AttemptNews.class,
                AttemptPage.class,
                MemoryPage.class,
                FaceDays.class,
                LogFile.class,
                PointFile.class,
                PersonFile.class,
                DayLook.class,
                Fact.class,
                ImageFact.class,
                RegistryFact.class,
                KeyedJson.class,
                TableRow.class,
                RawRecord.class,
                Draft.class,
                ImagePage.class,
                Referrers.class,
                Said.class
            })
    void needsNoGenericSerializer(Class<? extends Record> type) {
        SerializerConfigImpl strict = new SerializerConfigImpl();
        strict.setGenericTypes(false);

        assertThat(RecordTypes.of(type).createSerializer(strict)).isInstanceOf(RecordSerializer.class);
    }
}
