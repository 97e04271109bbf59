/**
 * Access to machines by SSH: connections with pinned host keys, commands and their output, key pairs and known_hosts
 * files. The only room that knows JSch.
 *
 * <p>Not here: which commands are run (setup). Uses disk, text and time.
 */
package io.keylesspull.remote;
