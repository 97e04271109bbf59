package io.keylesspull.azure.http;

import java.io.IOException;

/** Somebody answered who is not Azure: a proxy, or the page on which a network wants one to sign in. */
final class NotAzureException extends IOException {

    private static final long serialVersionUID = 1;

    /** @param said what the answer calls itself, such as {@code text/html}; may be empty */
    NotAzureException(String host, int status, String said) {
        super("The answer from " + host + " (" + status + (said.isEmpty() ? "" : ", " + said)
                + ") is not one of Azure's: a proxy, or a page of the network to sign in on, may stand in between.");
    }
}
