/**
 * How the program reaches the network: through which proxy, and which certificate authorities it trusts; and what is
 * wrong if there is no way or no trust. One place for all connections.
 *
 * <p>Not here: what is requested (azure) and SSH (remote). Uses disk and text only.
 */
package io.keylesspull.network;
