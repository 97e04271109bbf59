package io.keylesspull.app.cli;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.setup.report.Report;
import io.keylesspull.text.FileErrors;
import io.keylesspull.text.Texts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;

/**
 * The file that a run's report is written to.
 *
 * @param texts the language of the report
 * @param zone of its times
 */
record SavedReport(Path file, Texts texts, ZoneId zone) {

    /** Says before a long run that the file cannot be written after it. */
    void requireWritable() throws Failure {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw notWritten("");
        }
    }

    /** Replaces an existing file. @throws Failure if the file cannot be written */
    void write(Report report) throws Failure {
        try {
            Files.write(file, report.html(texts, zone).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw notWritten(FileErrors.reason(e));
        }
    }

    private Failure notWritten(String reason) {
        return Failure.of("app.reportNotWritten", reason, file.toString());
    }
}
