package io.keylesspull.ui.runs;

import io.keylesspull.setup.session.StoredRun;

/**
 * A run that was started earlier, with this window or another.
 *
 * @param stored what its folder says
 * @param practice whether it worked in the practice cloud
 */
public record EarlierRun(StoredRun stored, boolean practice) {}
