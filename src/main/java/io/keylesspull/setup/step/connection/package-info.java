/**
 * The connection to one machine that its steps share, the SSH keys of a run, and the messages for SSH errors.
 *
 * <p>Not here: the steps. Uses setup.step, remote, engine, text and time.
 */
package io.keylesspull.setup.step.connection;
