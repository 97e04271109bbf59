package io.keylesspull.practice.machine.ssh;

/** What goes wrong with an SSH connection before the first command. */
public enum SshFault {
    /** Nothing listens at the address. */
    REFUSED,
    /** The connection is accepted and reset in the middle of the handshake. */
    RESET,
    /** The connection is accepted, and the server sends nothing. */
    SILENT,
    /** Every key is refused. */
    AUTHENTICATION_REFUSED,
    /** A server with other host keys answers. */
    OTHER_HOST_KEYS
}
