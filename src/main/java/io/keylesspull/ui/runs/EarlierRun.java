package io.keylesspull.ui.runs;

import io.keylesspull.setup.StoredRun;

/** A run that was begun before. @param practice whether in the practice cloud */
public record EarlierRun(StoredRun run, boolean practice) {
}
