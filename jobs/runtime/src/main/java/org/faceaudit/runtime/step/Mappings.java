package org.faceaudit.runtime.step;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.faceaudit.core.event.HeartbeatPromise;
import org.faceaudit.intake.mapping.FactMapping.AccessPointMapping;
import org.faceaudit.intake.mapping.FactMapping.ConsentMapping;
import org.faceaudit.intake.mapping.FactMapping.FaceRecordMapping;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.runtime.fact.Scopes;

/** The mappings of all sources of the job, the registry's own among them. Travels with the steps that need it. */
public final class Mappings implements Serializable {

    private static final long serialVersionUID = 1L;

    private final HashMap<String, Mapping> bySource = new HashMap<>();
    private final HashMap<String, Mapping> byTopic = new HashMap<>();

    /**
     * The operators' mappings; the registry's is added.
     *
     * @throws IllegalArgumentException if two describe the same source, or if a filter compares a token with a literal: it
     *     would let everything pass
     */
    public Mappings(Collection<Mapping> operators) {
        add(Mapping.registry());
        operators.forEach(this::add);
    }

    private void add(Mapping mapping) {
        if (bySource.putIfAbsent(source(mapping), mapping) != null) {
            throw new IllegalArgumentException("two mappings describe the source " + source(mapping));
        }
        List<String> unresolved = mapping.unresolvedFilters();
        if (!unresolved.isEmpty()) {
            throw new IllegalArgumentException(source(mapping) + ": " + String.join(", ", unresolved)
                    + " compares a token with a literal; give the job the files that ./faceaudit up prepares,"
                    + " in which tokens stand instead.");
        }
        byTopic.put(mapping.topic(), mapping);
    }

    /** The key of a mapping's source. */
    public static String source(Mapping mapping) {
        return Scopes.source(mapping.operator(), mapping.system());
    }

    /** The mapping of a topic, empty if the topic belongs to no source of this job. */
    public Optional<Mapping> ofTopic(String topic) {
        return Optional.ofNullable(byTopic.get(topic));
    }

    /** Whether the job has the source. */
    public boolean describe(String source) {
        return bySource.containsKey(source);
    }

    /**
     * The mapping of a source.
     *
     * @throws IllegalStateException if the job has no such source: state of a source that is no longer described
     */
    public Mapping ofSource(String source) {
        Mapping mapping = bySource.get(source);
        if (mapping == null) {
            throw new IllegalStateException("no operator file describes the source " + source + " any more:"
                    + " add it back, or start the job without its checkpoint");
        }
        return mapping;
    }

    /** Every mapping but the registry's. */
    public List<Mapping> operators() {
        return bySource.values().stream()
                .filter(mapping -> !mapping.isRegistry())
                .toList();
    }

    /** The systems of each operator. */
    public Map<String, List<String>> systems() {
        return systems(mapping -> true);
    }

    /** The systems of each operator in which faces may be stored, as far as mapped. */
    public Map<String, List<String>> systemsWithFaces() {
        return systems(mapping -> mapping.tablesByName().values().stream()
                .flatMap(table -> table.facts().stream())
                .anyMatch(FaceRecordMapping.class::isInstance));
    }

    /** Whether a source tells how its access points are configured: then it knows no others. */
    public boolean mapsAccessPoints(String source) {
        return ofSource(source).tablesByName().values().stream()
                .flatMap(table -> table.facts().stream())
                .anyMatch(AccessPointMapping.class::isInstance);
    }

    /** The sources that map consents. */
    public Set<String> withConsents() {
        return sources(consent -> true);
    }

    /** The sources whose consents tell whether a child's face is held with a guardian's. */
    public Set<String> withGuardians() {
        return sources(
                consent -> consent.legalBasis() != null && consent.guardian() != null && consent.birth() != null);
    }

    /** How often each operator's source promises a sign of life. */
    public Map<String, HeartbeatPromise> promises() {
        return operators().stream().collect(Collectors.toMap(Mappings::source, Mapping::heartbeatPromise));
    }

    private Set<String> sources(Predicate<ConsentMapping> wanted) {
        return operators().stream()
                .filter(mapping -> mapping.tablesByName().values().stream()
                        .flatMap(table -> table.facts().stream())
                        .anyMatch(fact -> fact instanceof ConsentMapping consent && wanted.test(consent)))
                .map(Mappings::source)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Map<String, List<String>> systems(Predicate<Mapping> wanted) {
        Map<String, List<String>> systems = new TreeMap<>();
        for (Mapping mapping : operators()) {
            if (wanted.test(mapping)) {
                systems.computeIfAbsent(mapping.operator(), operator -> new ArrayList<>())
                        .add(mapping.system());
            }
        }
        return systems;
    }
}
