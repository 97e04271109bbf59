package io.keylesspull.practice.wire;

/** Everything in the practice cloud that answers requests, reached by host name, as its machines see it. */
@FunctionalInterface
public interface HttpService {

    Response send(Request request);
}
