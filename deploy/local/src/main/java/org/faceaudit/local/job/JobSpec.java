package org.faceaudit.local.job;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What is submitted to Flink.
 *
 * @param name a short name: it names the file of its runs
 * @param jar with the main class in its manifest
 * @param arguments of the main class for a submission, which says the generation and when that began
 * @param nextGeneration takes the next generation; asked when the job starts from anything but its newest checkpoint, or
 *     derives an operator anew
 * @param readings how its sources are to be read; asked at every submission
 */
public record JobSpec(
        String name,
        Path jar,
        Function<JobRun, List<String>> arguments,
        LongSupplier nextGeneration,
        Supplier<Readings> readings) {}
