/**
 * The connection to one machine that its steps share, the SSH keys of a run, and the words for what SSH refuses. No step
 * lives here. May use the room above it, {@code setup.step}, and {@code remote}.
 */
package io.keylesspull.setup.step.connection;
