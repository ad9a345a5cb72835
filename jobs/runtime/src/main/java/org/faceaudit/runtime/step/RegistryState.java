package org.faceaudit.runtime.step;

import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.faceaudit.core.event.DeclaredFiling;
import org.faceaudit.core.event.DeclaredUse;
import org.faceaudit.core.event.RegistryChange;
import org.faceaudit.core.event.SourceProgress;
import org.faceaudit.core.law.Registry;
import org.faceaudit.core.law.RegistryBook;
import org.faceaudit.core.law.Standpoint;
import org.faceaudit.runtime.fact.RegistryFact;
import org.faceaudit.runtime.fact.Scopes;
import org.faceaudit.runtime.types.RecordTypes;

/** The registry, and how far sources are known, as every parallel instance of a judging step holds them. */
final class RegistryState {

    private static final String RULE = "rule/";
    private static final Set<String> DECLARED = Set.of(DeclaredUse.TABLE, DeclaredFiling.TABLE);

    private final BroadcastState<String, RegistryChange> rows;
    private final BroadcastState<String, SourceProgress> progress;
    private final Standpoint standpoint;
    private final RegistryBook book;

    /** Read from a standpoint. */
    RegistryState(OperatorStateStore store, Standpoint standpoint) throws Exception {
        this.standpoint = standpoint;
        this.book = new RegistryBook(standpoint);
        rows = store.getBroadcastState(
                new MapStateDescriptor<>("registry-rows", Types.STRING, RecordTypes.of(RegistryChange.class)));
        progress = store.getBroadcastState(
                new MapStateDescriptor<>("known-sources", Types.STRING, RecordTypes.of(SourceProgress.class)));
        for (Map.Entry<String, RegistryChange> row : rows.immutableEntries()) {
            book.apply(row.getValue());
        }
    }

    /**
     * Forgets how far the sources of operators are known, and what those declare: their topics are read from their first
     * records.
     */
    void forget(Set<String> operators) throws Exception {
        for (RegistryChange row : book.rows()) {
            if (DECLARED.contains(row.table())
                    && operators.contains(row.values().get("operator_id"))) {
                rows.remove(row(row));
                book.apply(new RegistryChange(row.table(), row.key(), false, row.values(), row.position()));
            }
        }
        for (String source : sources()) {
            if (operators.contains(Scopes.operator(source))) {
                progress.remove(source);
            }
        }
    }

    /** Whether facts may be judged: the registry's first snapshot has been read whole. */
    boolean known() throws Exception {
        return knownThrough() != null;
    }

    /** How far the registry is known, {@code null} before its first snapshot is complete. */
    Instant knownThrough() throws Exception {
        return knownThrough(Scopes.source(Scopes.REGISTRY, Scopes.REGISTRY));
    }

    /** How far a source is known, {@code null} while it is not. */
    Instant knownThrough(String source) throws Exception {
        SourceProgress told = progress.get(source);
        return told == null || !told.snapshotComplete() ? null : told.knownThrough();
    }

    /** How far both a source and the registry are known, {@code null} while one of them is not. */
    Instant bothKnownThrough(String source) throws Exception {
        Instant own = knownThrough(source);
        Instant law = knownThrough();
        if (own == null || law == null) {
            return null;
        }
        return own.isBefore(law) ? own : law;
    }

    /** The sources of which it was told how far they are known, {@code operator/system}. */
    Set<String> sources() throws Exception {
        Set<String> sources = new HashSet<>();
        progress.immutableEntries().forEach(told -> sources.add(told.getKey()));
        return sources;
    }

    Registry read() {
        return book.read();
    }

    /** The articles a rule rests on, {@code null} if the registry does not know the rule. */
    String article(String ruleId) throws Exception {
        String ofTheSet = standpoint.law().articles().get(ruleId);
        if (ofTheSet != null) {
            return ofTheSet;
        }
        RegistryChange rule = rows.get(RULE + ruleId);
        return rule == null ? null : rule.values().get("article");
    }

    /** The row of a change as it is known so far; {@code null} if it is not, or if a progress was broadcast. */
    RegistryChange known(RegistryFact fact) throws Exception {
        return fact.change() == null ? null : rows.get(row(fact.change()));
    }

    private static String row(RegistryChange change) {
        return change.table() + '/' + change.key();
    }

    /**
     * Takes in what was broadcast.
     *
     * @return whether everything must be judged anew: a row changed, or the registry has just become known
     */
    boolean take(RegistryFact fact) throws Exception {
        if (fact.progress() != null) {
            boolean before = known();
            progress.put(
                    Scopes.source(fact.progress().operator(), fact.progress().system()), fact.progress());
            return before != known();
        }
        RegistryChange change = fact.change();
        String row = row(change);
        if (change.present()) {
            rows.put(row, change);
        } else {
            rows.remove(row);
        }
        book.apply(change);
        return true;
    }
}
