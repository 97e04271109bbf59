package io.keylesspull.practice.wire;

import java.time.Instant;

/**
 * Where tests make requests go wrong on their way to a service, and answers on their way back. In the product nothing
 * does: {@link #NONE}. Called by many threads.
 */
public interface HttpHook {

    HttpHook NONE = new HttpHook() { };

    /**
     * Answers a request.
     *
     * @param service answers it if nothing goes wrong
     */
    default Answered answer(Request request, HttpService service) {
        return new Answered(service.send(request), Delivery.WHOLE);
    }

    /** What the header {@code Date} of an answer says. */
    default Instant date(Instant now) {
        return now;
    }

    /** An answer, and how it gets to a client. */
    record Answered(Response response, Delivery delivery) {
    }
}
