package io.keylesspull.practice.machine.program.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Objects;

/**
 * Why a machine does not get an answer from a host, in the words of its programs.
 *
 * @param inGo as programs in Go print it, Docker among them
 * @param inCurl as curl prints it
 * @param curlStatus curl's exit status
 * @param inPython as programs in Python print it, the Azure CLI among them
 * @param aptReason what apt adds to the server's name
 */
public record Unreachable(String inGo, String inCurl, int curlStatus, String inPython, String aptReason) {

    private static final String PYTHON =
            "<urllib3.connection.HTTPSConnection object at 0x7f1c2d3e4f50>: Failed to establish a new connection: ";

    /** As apt prints it. @param server name and port */
    public String inApt(String server) {
        return aptReason.isEmpty()
                ? "Could not resolve '" + server.substring(0, server.lastIndexOf(':')) + "'"
                : "Could not connect to " + server + " " + aptReason;
    }

    /**
     * @param cause caused by an {@link UnknownHostException} if no host has the name; otherwise the cause's message is
     *     the address that is connected to, and a {@link SocketTimeoutException} says that nothing there answers
     */
    public static Unreachable of(String host, UncheckedIOException cause) {
        IOException why = Objects.requireNonNull(cause.getCause());
        if (why instanceof UnknownHostException) {
            return new Unreachable(
                    "dial tcp: lookup " + host + " on 127.0.0.53:53: no such host",
                    "Could not resolve host: " + host,
                    6,
                    PYTHON + "[Errno -2] Name or service not known",
                    "");
        }
        String address = "dial tcp " + why.getMessage() + ":443: ";
        return why instanceof SocketTimeoutException
                ? new Unreachable(
                        address + "i/o timeout",
                        "Connection timed out after 10001 milliseconds",
                        28,
                        PYTHON + "[Errno 110] Connection timed out",
                        "(" + why.getMessage() + "), connection timed out")
                : new Unreachable(
                        address + "connect: connection refused",
                        "Failed to connect to " + host + " port 443 after 2 ms: Connection refused",
                        7,
                        PYTHON + "[Errno 111] Connection refused",
                        "(" + why.getMessage() + "). - connect (111: Connection refused)");
    }
}
