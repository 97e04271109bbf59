package io.keylesspull.practice.wire;

/** Answers HTTP requests: one service of the practice cloud, or all of them by host name. */
@FunctionalInterface
public interface HttpService {

    Response send(Request request);
}
