package io.keylesspull.practice.http;

/** Everything in the practice cloud that answers requests, reached by host name, as its machines see it. */
@FunctionalInterface
public interface Internet {

    Response send(Request request);
}
