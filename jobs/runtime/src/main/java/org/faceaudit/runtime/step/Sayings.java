package org.faceaudit.runtime.step;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.faceaudit.core.alert.Derivation;
import org.faceaudit.core.law.Standpoint;
import org.faceaudit.runtime.judge.Findings;
import org.faceaudit.runtime.sink.RowDraft;
import org.faceaudit.runtime.sink.TableRow;
import org.faceaudit.runtime.types.RecordTypes;

/** Says of what is found only what differs from what was said last, and takes back what is found no longer. */
final class Sayings {

    /** Who passes on what is said. */
    interface Speaker {

        /** All episodes of an alert; none if it is taken back. */
        void say(Derivation derivation) throws Exception;

        void say(TableRow row) throws Exception;
    }

    private final MapState<String, Said> said;
    private final long generation;
    private final Standpoint standpoint;
    private final Digests digests = new Digests();
    private final TypeSerializer<Derivation> derivationSerializer;

    /** @param said state of the current key */
    Sayings(MapState<String, Said> said, long generation, Standpoint standpoint, SerializerConfig config) {
        this.said = said;
        this.generation = generation;
        this.standpoint = standpoint;
        this.derivationSerializer = RecordTypes.of(Derivation.class).createSerializer(config);
    }

    /**
     * Says what is found of the current key now.
     *
     * @param position see {@link CutStep#atCut}
     * @return whether anything stands as said
     */
    boolean say(Findings findings, long position, Speaker speaker) throws Exception {
        Map<String, Said> vanished = new HashMap<>();
        for (Map.Entry<String, Said> entry : said.entries()) {
            vanished.put(entry.getKey(), entry.getValue());
        }
        boolean any = false;
        for (Derivation derivation : findings.derivations()) {
            String id = "alert/" + derivation.key().id();
            if (derivation.episodes().isEmpty()
                    || !standpoint.law().judgesBy(derivation.key().ruleId())) {
                continue;
            }
            any = true;
            Said before = vanished.remove(id);
            long digest = digests.of(generation, derivation, derivationSerializer);
            if (before == null || before.digest() != digest) {
                said.put(id, Said.of(digest, derivation.key()));
                speaker.say(derivation);
            }
        }
        for (RowDraft row : findings.rows()) {
            any = true;
            String id = "row/" + row.id();
            Said before = vanished.remove(id);
            long digest = digests.of(generation, row.columns().toString(), StringSerializer.INSTANCE);
            if (before == null || before.digest() != digest) {
                said.put(id, Said.of(digest, row.table(), row.farewell()));
                speaker.say(row.row(generation, position));
            }
        }
        for (Map.Entry<String, Said> entry : vanished.entrySet()) {
            takeBack(entry.getValue(), position, speaker);
            said.remove(entry.getKey());
        }
        return any;
    }

    private void takeBack(Said gone, long position, Speaker speaker) throws Exception {
        if (gone.alert() != null) {
            speaker.say(new Derivation(gone.alert(), List.of()));
        } else {
            speaker.say(RowDraft.farewell(gone.table(), gone.farewell(), generation, position));
        }
    }
}
