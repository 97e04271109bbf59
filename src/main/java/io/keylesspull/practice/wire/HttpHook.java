package io.keylesspull.practice.wire;

import java.time.Instant;

/**
 * Lets tests make requests fail on their way to a service, and responses on their way back. In the product it does
 * nothing: {@link #NONE}. Called by many threads.
 */
public interface HttpHook {

    HttpHook NONE = new HttpHook() {};

    /** Answers a request. @param service answers it if nothing is to go wrong */
    default Answered answer(Request request, HttpService service) {
        return new Answered(service.send(request), Delivery.WHOLE);
    }

    /** Whether it answers, by itself, for a host that has no service. @param host in any case */
    default boolean serves(String host) {
        return false;
    }

    /** What the header {@code Date} of an answer says. */
    default Instant date(Instant now) {
        return now;
    }

    /** A response, and how it is sent to a client. */
    record Answered(Response response, Delivery delivery) {}
}
