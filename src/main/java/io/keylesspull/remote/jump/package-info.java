/**
 * Routes through jump hosts, and which of their host keys the user's own SSH client knows.
 *
 * <p>Not here: which jump hosts a machine has (setup). Uses remote and time.
 */
package io.keylesspull.remote.jump;
