package io.keylesspull.practice.wire;

import io.keylesspull.time.Time;
import java.io.IOException;

/** How a response is sent to the client. */
@FunctionalInterface
interface Delivery {

    /** At once and in full. */
    Delivery WHOLE = (connection, answer, time) -> {
        connection.write(answer);
        return true;
    };

    /** @return whether the connection can carry more requests */
    boolean send(HttpConnection connection, EncodedResponse answer, Time time) throws IOException, InterruptedException;
}
