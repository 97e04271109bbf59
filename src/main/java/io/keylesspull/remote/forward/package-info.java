/**
 * Connections that an SSH server opens to other machines.
 *
 * <p>Not here: the SSH connections themselves. Uses nothing of ours; only {@code remote} uses it.
 */
package io.keylesspull.remote.forward;
