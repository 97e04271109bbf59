/**
 * Connections to machines through an HTTP or a SOCKS proxy.
 *
 * <p>Not here: SSH itself. Uses network only; only {@code remote} uses it.
 */
package io.keylesspull.remote.proxy;
