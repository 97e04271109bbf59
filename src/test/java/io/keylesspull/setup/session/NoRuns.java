package io.keylesspull.setup.session;

import io.keylesspull.setup.report.Report;
import java.util.List;

/** Nothing was run before. */
public final class NoRuns implements Runs {

    @Override
    public List<StoredRun> list() {
        return List.of();
    }

    @Override
    public Report report(StoredRun run) {
        throw new IllegalArgumentException("no such run: " + run.id());
    }

    @Override
    public void remove(StoredRun run) {
        throw new IllegalArgumentException("no such run: " + run.id());
    }
}
