package org.faceaudit.runtime.step;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.AggregatingState;
import org.apache.flink.api.common.state.AggregatingStateDescriptor;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReducingState;
import org.apache.flink.api.common.state.ReducingStateDescriptor;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.faceaudit.runtime.fact.Scopes;

/** Keyed state that remembers what was asked of it, so that everything of some operators can be forgotten. */
final class NamedStates implements KeyedStateStore {

    private final KeyedStateStore states;
    private final Map<String, State> asked = new LinkedHashMap<>();

    NamedStates(KeyedStateStore states) {
        this.states = states;
    }

    /** Forgets everything that is kept under keys of these operators. Reads every key there is, unless there are none. */
    void forget(Set<String> operators, KeyedStateBackend<String> backend) throws Exception {
        if (operators.isEmpty()) {
            return;
        }
        for (Map.Entry<String, State> state : asked.entrySet()) {
            List<String> keys;
            try (Stream<String> known = backend.getKeys(state.getKey(), VoidNamespace.INSTANCE)) {
                // A backend may tell a key once for each of its entries; none may vanish while they are walked.
                keys = known.filter(key -> operators.contains(Scopes.operatorOfKey(key)))
                        .distinct()
                        .toList();
            }
            for (String key : keys) {
                backend.setCurrentKey(key);
                state.getValue().clear();
            }
        }
    }

    private <S extends State> S named(String name, S state) {
        asked.put(name, state);
        return state;
    }

    @Override
    public <T> ValueState<T> getState(ValueStateDescriptor<T> descriptor) {
        return named(descriptor.getName(), states.getState(descriptor));
    }

    @Override
    public <T> ListState<T> getListState(ListStateDescriptor<T> descriptor) {
        return named(descriptor.getName(), states.getListState(descriptor));
    }

    @Override
    public <K, V> MapState<K, V> getMapState(MapStateDescriptor<K, V> descriptor) {
        return named(descriptor.getName(), states.getMapState(descriptor));
    }

    @Override
    public <T> ReducingState<T> getReducingState(ReducingStateDescriptor<T> descriptor) {
        return named(descriptor.getName(), states.getReducingState(descriptor));
    }

    @Override
    public <I, A, O> AggregatingState<I, O> getAggregatingState(AggregatingStateDescriptor<I, A, O> descriptor) {
        return named(descriptor.getName(), states.getAggregatingState(descriptor));
    }

    @Override
    public <T> org.apache.flink.api.common.state.v2.ValueState<T> getValueState(
            org.apache.flink.api.common.state.v2.ValueStateDescriptor<T> descriptor) {
        throw asynchronous();
    }

    @Override
    public <T> org.apache.flink.api.common.state.v2.ListState<T> getListState(
            org.apache.flink.api.common.state.v2.ListStateDescriptor<T> descriptor) {
        throw asynchronous();
    }

    @Override
    public <K, V> org.apache.flink.api.common.state.v2.MapState<K, V> getMapState(
            org.apache.flink.api.common.state.v2.MapStateDescriptor<K, V> descriptor) {
        throw asynchronous();
    }

    @Override
    public <T> org.apache.flink.api.common.state.v2.ReducingState<T> getReducingState(
            org.apache.flink.api.common.state.v2.ReducingStateDescriptor<T> descriptor) {
        throw asynchronous();
    }

    @Override
    public <I, A, O> org.apache.flink.api.common.state.v2.AggregatingState<I, O> getAggregatingState(
            org.apache.flink.api.common.state.v2.AggregatingStateDescriptor<I, A, O> descriptor) {
        throw asynchronous();
    }

    @Override
    public String getBackendTypeIdentifier() {
        return states.getBackendTypeIdentifier();
    }

    private static UnsupportedOperationException asynchronous() {
        return new UnsupportedOperationException("steps keep no asynchronous state");
    }
}
