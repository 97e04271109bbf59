/**
 * How the program reaches the network: the certificate authorities that it trusts, and what is wrong if a connection is
 * not trusted. One place for everything that speaks TLS.
 *
 * <p>Not here: what is requested (azure) and SSH (remote). Uses text only.
 */
package io.keylesspull.network;
