/**
 * SSH key pairs: those of machines and the one of the practice cloud's administrator, and the Java platform's ed25519
 * for MINA SSHD.
 *
 * <p>Not here: SSH servers (machine.ssh). Uses no other package of the practice cloud.
 */
package io.keylesspull.practice.sshkey;
