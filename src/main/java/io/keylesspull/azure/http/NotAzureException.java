package io.keylesspull.azure.http;

import java.io.IOException;

/** The response did not come from Azure: a proxy, or a network's sign-in page, may stand in between. */
final class NotAzureException extends IOException {

    private static final long serialVersionUID = 1;

    /** @param contentType of the response, such as {@code text/html}; may be empty */
    NotAzureException(String host, int status, String contentType) {
        super("The answer from " + host + " (" + status + (contentType.isEmpty() ? "" : ", " + contentType)
                + ") is not one of Azure's: a proxy, or a page of the network to sign in on, may stand in between.");
    }
}
