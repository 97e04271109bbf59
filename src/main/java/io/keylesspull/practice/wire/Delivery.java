package io.keylesspull.practice.wire;

import io.keylesspull.time.Time;
import java.io.IOException;

/** How an answer gets to the client. */
@FunctionalInterface
interface Delivery {

    /** At once and in full, and the connection goes on. */
    Delivery WHOLE = (connection, answer, time) -> {
        connection.write(answer);
        return true;
    };

    /** @return whether the connection can carry more requests */
    boolean send(HttpConnection connection, EncodedResponse answer, Time time) throws IOException, InterruptedException;
}
