package io.keylesspull.ui.page;

import io.keylesspull.setup.session.StoredRun;

/** A run that was begun before. @param practice whether in the practice cloud */
public record KeptRun(StoredRun run, boolean practice) {
}
