package io.keylesspull.bench.micro;

import io.keylesspull.bench.AptOutput;
import io.keylesspull.engine.event.OutputParser;
import io.keylesspull.engine.event.RunEvent.CommandOutput;
import io.keylesspull.engine.event.RunEvent.OutputStream;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.setup.log.RunLogs;
import io.keylesspull.text.RedactedStream;
import io.keylesspull.text.Redactor;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.log.LogBuffer;
import io.keylesspull.ui.log.LogWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What output passes on its way, one after the other; an operation is one line. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class OutputPath {

    static final int LINES = 5_000;
    /** As SSH brings them: packets are no larger. */
    private static final int PIECE = 32 * 1024;

    private static final StepId STEP = StepId.on("myDockerVM", "docker");

    private final List<String> pieces = pieces();

    private static List<String> pieces() {
        String text = AptOutput.lines(LINES);
        List<String> pieces = new ArrayList<>();
        for (int at = 0; at < text.length(); at += PIECE) {
            pieces.add(text.substring(at, Math.min(text.length(), at + PIECE)));
        }
        return pieces;
    }

    /** Secrets are masked in the stream that a command prints. */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public void redactor(Blackhole shown) {
        RedactedStream stream = Redactor.shapesOnly().stream();
        pieces.forEach(piece -> shown.consume(stream.accept(piece)));
        shown.consume(stream.end());
    }

    /** Made into lines, once for all who show them. */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public void lines(Blackhole shown) {
        OutputParser lines = new OutputParser(shown::consume);
        pieces.forEach(piece -> lines.accept(output(piece)));
    }

    /** And into the model behind the live log. */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public LogBuffer liveLog() {
        LogBuffer buffer = new LogBuffer();
        LogWriter log = new LogWriter(buffer, new Texts(Locale.ENGLISH));
        OutputParser lines = new OutputParser(log::write);
        pieces.forEach(piece -> lines.accept(output(piece)));
        return buffer;
    }

    /** And into the run's log file. */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public void logFile() throws IOException {
        Path folder = Files.createTempDirectory("log");
        Path file = folder.resolve("log.txt");
        try (RunLogs log = new RunLogs(file)) {
            OutputParser lines = new OutputParser(log);
            pieces.forEach(piece -> lines.accept(output(piece)));
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private static CommandOutput output(String piece) {
        return new CommandOutput(Instant.EPOCH, STEP, OutputStream.STDOUT, piece);
    }
}
