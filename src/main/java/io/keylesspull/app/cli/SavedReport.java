package io.keylesspull.app.cli;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.setup.report.Report;
import io.keylesspull.text.Texts;
import java.nio.file.Path;
import java.time.ZoneId;

/**
 * The file that a run's report is written to.
 *
 * @param texts the language of the report
 * @param zone of its times
 */
record SavedReport(Path file, Texts texts, ZoneId zone) {

    void requireWritable() throws Failure {
        Report.requireWritable(file);
    }

    void write(Report report) throws Failure {
        report.save(file, texts, zone);
    }
}
