/**
 * SSH agents: programs that hold the user's keys and sign with them.
 *
 * <p>Not here: which keys are wanted (remote). Uses nothing.
 */
package io.keylesspull.remote.agent;
