package org.faceaudit.local.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.faceaudit.intake.mapping.Mapping;
import org.faceaudit.intake.operator.OperatorDirectory;
import org.faceaudit.intake.operator.OperatorFile;
import org.faceaudit.intake.operator.OperatorFileException;
import org.faceaudit.intake.operator.OperatorFiles;
import org.faceaudit.local.job.JobRunner;
import org.faceaudit.local.process.Progress;
import org.faceaudit.local.process.StackException;
import org.faceaudit.local.stack.Stack;
import org.faceaudit.local.stack.Topics;

/**
 * The operators' files of a running stack: takes what is new, changed or gone, source by source, and says from which position.
 * A file that is wrong, or whose source cannot be captured as it says, is refused, and what it described before stays in force.
 *
 * <p>While connectors change nobody reads the topics: a job that does not know a source yet would reject its first records. The
 * job goes on from its newest completed checkpoint. Whose records are read otherwise now is derived anew by it.
 */
public final class LiveOperators {
    private static final String WHO = "operators";

    private final Stack stack;
    private final Progress progress;
    private final Topics topics;
    private final JobRunner job;
    private final DirectoryWatch watch;
    private final Passwords passwords;
    private final Path copies;

    private volatile Map<String, Described> inForce;

    /**
     * Begins with what the job reads.
     *
     * @param watch of the directory, since before the files were read
     * @param passwords of the sources
     * @param files those that are in force
     * @param copies where {@link Captures#prepare} put what the job reads
     */
    public LiveOperators(
            Stack stack,
            JobRunner job,
            DirectoryWatch watch,
            Passwords passwords,
            List<OperatorFile> files,
            Path copies) {
        this.stack = stack;
        this.progress = stack.progress();
        this.topics = new Topics(stack.bootstrap());
        this.job = job;
        this.watch = watch;
        this.passwords = passwords;
        this.copies = copies;
        this.inForce = files.stream()
                .map(file -> new Described(file, readCopy(file)))
                .collect(Collectors.toMap(Described::topic, Function.identity()));
    }

    private String readCopy(OperatorFile file) {
        try {
            return Files.readString(copies.resolve(Captures.preparedName(file)));
        } catch (IOException e) {
            throw new StackException("The data directory cannot be read: " + e.getMessage(), e);
        }
    }

    /** What is captured now. */
    public List<Described> inForce() {
        return List.copyOf(inForce.values());
    }

    /** Looks whether there is something to take; to be called again and again. */
    public void look() {
        if (!watch.hasNews()) {
            return;
        }
        try {
            take();
        } catch (StackException e) {
            progress.line(WHO, "put off", e.getMessage() + " It is tried again.");
            watch.again();
        }
    }

    private void take() {
        Offer offer = new Offer();
        try {
            OperatorDirectory read = OperatorFiles.readEach(watch.directory());
            read.problems().forEach(problem -> offer.refuse(problem.file(), problem.toString()));
            read.files().forEach(offer::examine);
        } catch (OperatorFileException e) {
            // Nobody takes everything away by accident.
            e.problems().forEach(problem -> progress.text(problem.toString()));
            progress.line(WHO, "refused", "everything stays as it is");
            return;
        }
        offer.keepRefused();
        Described.Difference difference = Described.Difference.between(inForce, offer.wanted);
        if (!difference.isNothing()) {
            change(offer.wanted, difference);
            return;
        }
        // One that could not be stated is stated now.
        state(Map.of());
        if (offer.refused.isEmpty()) {
            progress.line(WHO, "read", "nothing in them changes what is captured or how it is read");
        }
    }

    /** What the directory would have in force. */
    private final class Offer {
        private final Map<String, Described> wanted = new TreeMap<>();
        private final Set<String> refused = new TreeSet<>();

        void refuse(String file, String problem) {
            progress.text(problem);
            refused.add(file);
        }

        void examine(OperatorFile file) {
            try {
                Described now = new Described(file, Captures.copy(stack.secrets(), file));
                Described before = inForce.get(now.topic());
                List<String> problems = List.of();
                if (before != null && now.hasOtherKeyThan(before)) {
                    problems = Captures.problemsOfReadingAnew(file, passwords);
                } else if (before == null || !now.capturesLike(before)) {
                    problems = Captures.problems(file, passwords);
                }
                problems.forEach(problem -> refuse(file.file(), problem));
                if (problems.isEmpty()) {
                    wanted.put(now.topic(), now);
                }
            } catch (OperatorFileException e) {
                e.problems().forEach(problem -> refuse(file.file(), problem.toString()));
            }
        }

        /** What a refused file described before, unless another one describes it now. */
        void keepRefused() {
            Set<String> strangers = new TreeSet<>(refused);
            inForce.forEach((topic, described) -> {
                if (refused.contains(described.file().file())) {
                    strangers.remove(described.file().file());
                    if (wanted.putIfAbsent(topic, described) == null) {
                        progress.line(
                                topic, "refused", described.file().file() + ": what it said before stays in force");
                    }
                }
            });
            strangers.forEach(file -> progress.line(WHO, "refused", file + ": nothing is captured by it"));
        }
    }

    private void change(Map<String, Described> wanted, Described.Difference difference) {
        Map<String, String> versionsBefore = versions();
        Map<String, Long> ends = new TreeMap<>();
        job.replace(() -> {
            List<OperatorFile> files =
                    wanted.values().stream().map(Described::file).toList();
            Captures.stopOthers(stack, files);
            difference.changed().forEach(changed -> ends.put(changed.topic(), topics.end(changed.topic())));
            write(wanted);
            difference.added().forEach(added -> Captures.start(stack, added.file(), passwords));
            difference.changed().forEach(changed -> Captures.start(stack, changed.file(), passwords));
        });
        inForce = wanted;
        Map<String, String> versions = versions();
        for (Described added : difference.added()) {
            say(added, "read from offset 0 on, by mapping " + versions.get(added.topic()));
        }
        for (Described changed : difference.changed()) {
            String topic = changed.topic();
            say(
                    changed,
                    job.current().anew().contains(changed.file().operator())
                            ? "by mapping " + versions.get(topic) + " instead of " + versionsBefore.get(topic) + ", "
                                    + changed.file().operator()
                                    + " is derived anew: its topics from offset 0 on, this one up to offset "
                                    + ends.get(topic) + " as of now; everybody else goes on"
                            : "nothing is read otherwise, by mapping " + versions.get(topic) + " from offset "
                                    + ends.get(topic) + " on as before");
        }
        state(ends);
    }

    /** States where analysts can ask by which mapping sources are read from now on. */
    private void state(Map<String, Long> ends) {
        new MappingChanges(stack.audit())
                .enter(
                        Captures.read(copies).stream()
                                .map(OperatorFile::mapping)
                                .toList(),
                        topic -> ends.containsKey(topic) ? ends.get(topic) : topics.end(topic),
                        job.current().generation(),
                        job.current().anew());
    }

    /** States by which mappings the job began; one that was changed while nothing ran took effect now. */
    public void begin() {
        state(Map.of());
    }

    private void say(Described taken, String how) {
        progress.line(
                taken.topic(),
                "taken",
                taken.file().file() + ": " + how + " (generation "
                        + job.current().generation() + ")");
    }

    private void write(Map<String, Described> wanted) {
        Map<String, String> texts = new TreeMap<>();
        wanted.values().forEach(each -> texts.put(Captures.preparedName(each.file()), each.copy()));
        try {
            Captures.write(copies, texts);
        } catch (IOException e) {
            throw new StackException("The data directory cannot be written: " + e.getMessage(), e);
        }
    }

    /** By topic, the versions that stand in alerts. */
    private Map<String, String> versions() {
        return Captures.read(copies).stream()
                .map(OperatorFile::mapping)
                .collect(Collectors.toMap(Mapping::topic, Mapping::version));
    }
}
