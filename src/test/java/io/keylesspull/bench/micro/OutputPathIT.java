package io.keylesspull.bench.micro;

import io.keylesspull.bench.AptOutput;
import io.keylesspull.bench.Report;
import io.keylesspull.bench.Samples;
import io.keylesspull.bench.Section;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the micro-benchmarks of {@link OutputPath}. */
class OutputPathIT {

    private static final int WARMING = 4;
    private static final int ITERATIONS = 5;

    @Test
    void eachStageOfTheOutputsWayIsMeasured() throws Exception {
        double perLine =
                (double) AptOutput.lines(OutputPath.LINES).getBytes(StandardCharsets.UTF_8).length / OutputPath.LINES;
        Section section = new Section(4, "SSH throughput, stage by stage")
                .note("Measured by JMH in a virtual machine of its own, one thread. A line of what apt and docker "
                        + "print has " + Math.round(perLine) + " bytes.");
        for (RunResult result : new Runner(new OptionsBuilder()
                        .include(OutputPath.class.getName())
                        .forks(1)
                        .warmupIterations(WARMING)
                        .measurementIterations(ITERATIONS)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementTime(TimeValue.seconds(1))
                        .shouldFailOnError(true)
                        .build())
                .run()) {
            List<Double> lines = new ArrayList<>();
            for (BenchmarkResult fork : result.getBenchmarkResults()) {
                for (IterationResult iteration : fork.getIterationResults()) {
                    lines.add(iteration.getPrimaryResult().getScore());
                }
            }
            String stage = result.getPrimaryResult().getLabel();
            section.measured(new Samples(stage, "lines/s", lines))
                    .measured(new Samples(
                            stage,
                            "MB/s",
                            lines.stream().map(score -> score * perLine / 1e6).toList()));
        }
        Report.add(section, "stages");
    }
}
