/**
 * The private keys that the user names: from files, from an SSH agent, or unlocked by their passphrases.
 *
 * <p>Not here: the formats of keys, and connecting with them (remote).
 */
package io.keylesspull.remote.key;
