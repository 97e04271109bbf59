package io.keylesspull.practice.machine.ssh;

/** What goes wrong with an SSH connection before the first command. */
public enum SshFault {
    /** Nothing listens at the address. */
    REFUSED,
    /** The connection is accepted and reset in the middle of the handshake. */
    RESET,
    /** The connection is accepted, and nothing is ever said. */
    SILENT,
    /** No key is good enough. */
    AUTHENTICATION_REFUSED,
    /** Somebody answers who has other host keys than the machine itself would tell. */
    OTHER_HOST_KEYS
}
