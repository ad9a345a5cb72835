package org.faceaudit.bench.topic;

import java.util.ArrayList;
import java.util.List;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.runtime.source.RawRecord;

/** All topics of a population as one reader would find them: the registry's, then every operator's in turn. Not thread-safe. */
public final class Topics {

    /** The one system of every operator. */
    public static final String SYSTEM = "faces";

    private final Population population;
    private final RegistryTopic registry;
    private final OperatorTopic[] operators;

    /** @param withRegistry whether the registry's topic comes first */
    public Topics(Population population, boolean withRegistry) {
        this.population = population;
        this.registry = withRegistry ? new RegistryTopic(population.operators()) : null;
        this.operators = new OperatorTopic[population.operators()];
    }

    /** How many records there are. */
    public long size() {
        return ofRegistry() + population.records();
    }

    private int ofRegistry() {
        return registry == null ? 0 : registry.size();
    }

    /** A record; those of one topic come in their order. */
    public RawRecord record(long number) {
        if (number < ofRegistry()) {
            return registry.record((int) number);
        }
        long own = number - ofRegistry();
        int operator = (int) (own % population.operators());
        if (operators[operator] == null) {
            operators[operator] = new OperatorTopic(population, operator);
        }
        return operators[operator].record((int) (own / population.operators()));
    }

    /** How every operator's database is read. */
    public List<Mapping> mappings() {
        Mapping one = FaceTables.mapping(Population.operator(0));
        List<Mapping> mappings = new ArrayList<>();
        for (int operator = 0; operator < population.operators(); operator++) {
            mappings.add(new Mapping(
                    Population.operator(operator),
                    one.system(),
                    one.zone(),
                    one.tokenKey().orElse(null),
                    one.heartbeatTable(),
                    one.heartbeatPromise(),
                    List.copyOf(one.tablesByName().values()),
                    one.version()));
        }
        return mappings;
    }
}
