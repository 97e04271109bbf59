package io.keylesspull.setup.session;

import java.util.List;

/** Nothing was run before. */
public final class NoRuns implements Runs {

    @Override
    public List<StoredRun> list() {
        return List.of();
    }

    @Override
    public void remove(StoredRun run) {
        throw new IllegalArgumentException("no such run: " + run.id());
    }
}
