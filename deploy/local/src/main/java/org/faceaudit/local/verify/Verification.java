package org.faceaudit.local.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.faceaudit.core.law.LegalDay;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.intake.operator.OperatorFileException;
import org.faceaudit.intake.operator.OperatorFiles;
import org.faceaudit.local.job.PipelineJob;
import org.faceaudit.local.process.Progress;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.replay.ReplayProcess;
import org.faceaudit.local.stack.Database;
import org.faceaudit.local.stack.StackState;
import org.faceaudit.local.verify.TableLook.KnownSource;
import org.faceaudit.sql.ReplaySchema;
import org.flywaydb.core.api.FlywayException;

/**
 * Derives one alert again from the topics of its operator and of the registry, each read as far as the running tables say
 * that they know it, and compares. The job's state is not asked.
 *
 * <p>The job's tables are committed by several writers, so a look at them may fall between two commits of one checkpoint. A
 * difference therefore counts only if it is found in two looks that saw the same row.
 */
final class Verification {
    private static final int MOST_LOOKS = 3;

    private final StackState stack;
    private final UUID alert;
    private final Progress progress;
    private final ReplaySchema schema;

    Verification(StackState stack, UUID alert, Progress progress) {
        this.stack = stack;
        this.alert = alert;
        this.progress = progress;
        this.schema = new ReplaySchema("verify_" + alert.toString().replace("-", ""));
    }

    /**
     * Verifies.
     *
     * @throws StackException when the stack refuses, as a sentence
     */
    Outcome run() {
        try (Connection connection = stack.audit().superuser()) {
            ReplayProcess.requireAlone(connection, schema);
            List<AlertEpisode> before = null;
            for (int look = 0; look < MOST_LOOKS; look++) {
                TableLook table = TableLook.at(connection, alert);
                Outcome outcome = outcome(connection, table);
                if (outcome.kind() != Outcome.Kind.DIFFERENT || table.episodes().equals(before)) {
                    return outcome;
                }
                before = table.episodes();
                if (look + 1 < MOST_LOOKS) {
                    progress.line(
                            "verify", "again", "it differs; the look may have fallen between two commits of the job");
                }
            }
            return Outcome.notVerifiable("Alert " + alert
                    + " changed at every look, faster than it can be derived again: ask once it has settled.");
        } catch (SQLException e) {
            throw new StackException("The audit database of the stack refuses the verification: " + e.getMessage(), e);
        }
    }

    private Outcome outcome(Connection connection, TableLook table) throws SQLException {
        try {
            requireStanding(table);
            List<String> contradictions = new ArrayList<>();
            Map<String, Long> ends = ends(table, contradictions);
            if (!contradictions.isEmpty()) {
                return new Outcome(
                        Outcome.Kind.DIFFERENT,
                        name(table) + ": records of its evidence say something else than the table.",
                        contradictions);
            }
            EpisodeComparison comparison =
                    EpisodeComparison.between(table.episodes(), derivedAgain(connection, table, ends));
            if (!comparison.same()) {
                return new Outcome(
                        Outcome.Kind.DIFFERENT,
                        name(table) + ": derived again from the topics it is not what the table says.",
                        comparison.lines());
            }
            return new Outcome(Outcome.Kind.SAME, same(table), List.of());
        } catch (NotVerifiableException e) {
            return Outcome.notVerifiable(e.getMessage());
        }
    }

    private void requireStanding(TableLook table) throws NotVerifiableException {
        if (table.episodes().isEmpty()) {
            throw new NotVerifiableException("No alert has the id " + alert
                    + ": ./faceaudit sql \"SELECT alert_id, rule_id, subject_id FROM audit_api.alert_v1\" lists them.");
        }
        if (table.episodes().stream().allMatch(AlertEpisode::withdrawn)) {
            throw new NotVerifiableException(
                    name(table) + " is WITHDRAWN: what it said turned out not to be, so there is nothing to derive.");
        }
        long newest = table.episodes().stream()
                .mapToLong(AlertEpisode::generation)
                .max()
                .orElseThrow();
        for (KnownSource source : table.sources()) {
            if (source.generation() > newest) {
                throw new NotVerifiableException(name(table) + " is of generation " + newest + ", and the job is just"
                        + " deriving everything anew in generation " + source.generation()
                        + ": ask when it has done so.");
            }
        }
    }

    private String name(TableLook table) {
        Map<String, String> columns = table.episodes().get(0).columns();
        return "Alert " + alert + " (" + columns.get("rule_id") + ", operator " + columns.get("operator_id")
                + ", subject " + columns.get("subject_id") + ")";
    }

    /** How far each topic is to be read; on the way the evidence is looked at. */
    private Map<String, Long> ends(TableLook table, List<String> contradictions) throws NotVerifiableException {
        Map<String, List<EvidencePosition>> evidence = table.episodes().stream()
                .filter(episode -> !episode.withdrawn())
                .flatMap(episode -> episode.positions().stream())
                .distinct()
                .collect(Collectors.groupingBy(EvidencePosition::topic));
        Map<String, Long> ends = new TreeMap<>();
        try (EvidenceLog log = new EvidenceLog("127.0.0.1:" + stack.ports().kafka())) {
            for (Mapping mapping : mappings(table)) {
                Instant known = knownThrough(table, mapping);
                List<EvidencePosition> wanted = evidence.remove(mapping.topic());
                if (known == null) {
                    if (wanted != null) {
                        throw new NotVerifiableException(name(table) + " rests on " + mapping.topic()
                                + ", of which the tables do not say how far it is known.");
                    }
                    continue;
                }
                TopicCut cut = new TopicCut(mapping, known, wanted == null ? List.of() : wanted);
                long end = log.read(mapping.topic(), cut);
                requireWhole(mapping, known, cut, end);
                contradictions.addAll(cut.contradictions());
                cut.missing().stream()
                        .filter(position -> position.offset() >= end)
                        .forEach(position -> contradictions.add(position.place()
                                + ": it is evidence in the table, but lies past what the table knows, through "
                                + known));
                progress.line(
                        mapping.topic(),
                        "read",
                        end + " records, known through " + known
                                + (wanted == null ? "" : ", " + wanted.size() + " of them evidence"));
                ends.put(mapping.topic(), end);
            }
        }
        if (!evidence.isEmpty()) {
            throw new NotVerifiableException(name(table) + " rests on " + String.join(", ", evidence.keySet())
                    + ", which no operator's file of the running job describes.");
        }
        return ends;
    }

    private List<Mapping> mappings(TableLook table) throws NotVerifiableException {
        List<Mapping> mappings = new ArrayList<>();
        mappings.add(Mapping.registry());
        try {
            OperatorFiles.readDirectory(operators()).stream()
                    .map(OperatorFile::mapping)
                    .filter(mapping -> mapping.operator().equals(table.operator()))
                    .sorted(Comparator.comparing(Mapping::topic))
                    .forEach(mappings::add);
        } catch (OperatorFileException e) {
            throw new NotVerifiableException(e.getMessage(), e);
        }
        if (mappings.size() == 1 && !table.operator().equals(Mapping.REGISTRY)) {
            throw new NotVerifiableException(
                    name(table) + " is of an operator whom no file of the running job describes any more.");
        }
        return mappings;
    }

    private Path operators() {
        return PipelineJob.operators(stack).toAbsolutePath();
    }

    private Instant knownThrough(TableLook table, Mapping mapping) throws NotVerifiableException {
        Optional<KnownSource> source =
                table.sources().stream().filter(known -> known.isOf(mapping)).findFirst();
        Instant known = source.map(KnownSource::knownThrough).orElse(null);
        if (known == null
                && (mapping.isRegistry() || source.map(KnownSource::changes).orElse(0L) > 0)) {
            throw new NotVerifiableException(name(table) + " cannot be derived again yet: the first snapshot of "
                    + mapping.topic() + " has not come to its end.");
        }
        return known;
    }

    private void requireWhole(Mapping mapping, Instant known, TopicCut cut, long end) throws NotVerifiableException {
        if (!known.equals(cut.knownThrough())) {
            throw new NotVerifiableException("The tables know " + mapping.topic() + " through " + known
                    + ", but by the records that are there it is known "
                    + (cut.knownThrough() == null ? "not at all" : "through " + cut.knownThrough())
                    + ": records are gone, or the topic was made anew.");
        }
        List<EvidencePosition> missing = cut.missing().stream()
                .filter(position -> position.offset() < end)
                .sorted(Comparator.comparing(EvidencePosition::offset))
                .toList();
        if (!missing.isEmpty()) {
            throw new NotVerifiableException("Of the evidence of alert " + alert + ", " + missing.size()
                    + " records are not in the topic any more, the first at "
                    + missing.get(0).place() + ".");
        }
    }

    private List<AlertEpisode> derivedAgain(Connection connection, TableLook table, Map<String, Long> ends)
            throws SQLException {
        try {
            makeSchema();
            ReplayProcess process = new ReplayProcess(stack, schema, operators(), progress);
            process.directory();
            process.run(List.of(
                    "--operator",
                    table.operator(),
                    "--up-to",
                    ends.entrySet().stream()
                            .map(end -> end.getKey() + "=" + end.getValue())
                            .collect(Collectors.joining(","))));
            return AlertEpisode.read(connection, schema.tables(), alert);
        } catch (IOException e) {
            throw new StackException("The directory of the replay cannot be made: " + e.getMessage(), e);
        } finally {
            schema.drop(connection);
        }
    }

    private void makeSchema() throws SQLException {
        Database audit = stack.audit();
        try {
            schema.create(
                    audit.jdbcUrl(),
                    Database.SUPERUSER,
                    audit.passwordOf(Database.SUPERUSER),
                    LegalDay.of(Instant.now()).date(),
                    null);
        } catch (IOException | FlywayException e) {
            throw new StackException("The tables of the verification cannot be made: " + e.getMessage(), e);
        }
    }

    private String same(TableLook table) {
        List<AlertEpisode> standing = table.episodes().stream()
                .filter(episode -> !episode.withdrawn())
                .toList();
        long records = standing.stream()
                .flatMap(episode -> episode.positions().stream())
                .distinct()
                .count();
        return name(table) + ": derived again from the topics, " + standing.size()
                + (standing.size() == 1 ? " episode is" : " episodes are")
                + " the same in every convergent column, and all " + records
                + " records that the evidence names stand where it says.";
    }
}
