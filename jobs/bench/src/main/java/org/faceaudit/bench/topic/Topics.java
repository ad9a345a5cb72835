package org.faceaudit.bench.topic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.runtime.source.RawRecord;

/** All topics of a population as one reader would find them: the registry's, then every operator's in turn. Not thread-safe. */
public final class Topics {

    /** The one system of every operator. */
    public static final String SYSTEM = "faces";

    /**
     * So many records of one topic come in a row while all of them are full, as from Kafka's consumer: a poll gives out 500 of
     * what was fetched from one partition before it turns to the next.
     */
    public static final int POLLED = 500;

    /** Topics at hand: a few megabytes. */
    private static final int MOST_AT_HAND = 256;

    private final Population population;
    private final RegistryTopic registry;
    private final int inARow;
    private final Map<Integer, OperatorTopic> atHand = new LinkedHashMap<>(MOST_AT_HAND, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, OperatorTopic> eldest) {
            return size() > MOST_AT_HAND;
        }
    };

    /** @param withRegistry whether the registry's topic comes first */
    public Topics(Population population, boolean withRegistry) {
        this(population, withRegistry, POLLED);
    }

    /** @param inARow how many records of one topic come before those of the next */
    public Topics(Population population, boolean withRegistry, int inARow) {
        this.population = population;
        this.registry = withRegistry ? new RegistryTopic(population.operators()) : null;
        this.inARow = inARow;
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
        long turn = own / ((long) inARow * population.operators());
        long first = turn * inARow;
        int each = (int) Math.min(inARow, population.recordsEach() - first);
        long ofTurn = own - first * population.operators();
        int operator = (int) (ofTurn / each);
        return atHand.computeIfAbsent(operator, absent -> new OperatorTopic(population, absent))
                .record((int) (first + ofTurn % each));
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
