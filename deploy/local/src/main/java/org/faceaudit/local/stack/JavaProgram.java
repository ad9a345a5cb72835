package org.faceaudit.local.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.faceaudit.local.process.CommandLine;

/**
 * How a component's JVM is started.
 *
 * @param classPath of its own room
 * @param mainClass what runs
 * @param jvmOptions memory and whatever else it needs
 * @param log its log file, written and rotated by Log4j
 */
record JavaProgram(String classPath, String mainClass, List<String> jvmOptions, Path log) {
    /**
     * The fast compiler only: it halves the processor time of a start. For processes that mostly wait for disk and network;
     * not for the TaskManager, which computes.
     */
    static final String QUICK_START = "-XX:TieredStopAtLevel=1";

    JavaProgram {
        jvmOptions = List.copyOf(jvmOptions);
    }

    CommandLine command(Path directory, Path log4jConfiguration, String... arguments) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add("-XX:+UseSerialGC");
        words.add("-XX:+ExitOnOutOfMemoryError");
        words.add("-Xss512k");
        words.add("-Dfile.encoding=UTF-8");
        words.add("-Duser.timezone=UTC");
        words.add("-Djava.net.preferIPv4Stack=true");
        words.add("-Djava.awt.headless=true");
        words.addAll(jvmOptions);
        words.add("-Dlog4j2.configurationFile=" + log4jConfiguration.toUri());
        words.add("-Dfaceaudit.log=" + log);
        words.add("-cp");
        words.add(classPath);
        words.add(mainClass);
        words.addAll(List.of(arguments));
        // Without a UTF-8 locale Java cannot open a path that has more than ASCII in it.
        return new CommandLine(words, Map.of("LC_ALL", "C.UTF-8"), directory);
    }
}
