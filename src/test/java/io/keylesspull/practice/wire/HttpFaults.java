package io.keylesspull.practice.wire;

import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.fault.Rules;
import io.keylesspull.practice.fault.Setting;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Faults of HTTP requests, on demand. Safe for use by many threads. */
public final class HttpFaults implements HttpHook {

    private final Rules<Request, HttpFault> faults = new Rules<>();
    private final Rules<Request, Consumer<Request>> acts = new Rules<>();
    private final Setting<Duration> clockSkew = new Setting<>();
    private final Set<Fault> refusals = new HashSet<>();

    /**
     * Adds a fault. Faults of the connection strike only requests from outside, as machines have no connections here.
     */
    public Fault add(RequestMatcher which, Occasions when, HttpFault what) {
        Predicate<Request> reached =
                request -> what.delivery() == Delivery.WHOLE || !RequestMatcher.isOfMachine(request);
        return faults.add(reached.and(which), when, what);
    }

    /** Runs something just before a request is carried out. */
    public Fault before(RequestMatcher which, Occasions when, Runnable act) {
        return watch(which, when, request -> act.run());
    }

    /** Calls the watcher with each request before it is carried out. */
    public Fault watch(RequestMatcher which, Occasions when, Consumer<Request> watcher) {
        return acts.add(which, when, watcher);
    }

    /** Refuses new connections and resets the open ones, until the fault is removed. */
    public synchronized Fault refuseConnections(LoopbackHttpServer server) {
        Fault fault = Fault.always(gone -> accept(server, gone));
        refusals.add(fault);
        server.refuseConnections();
        fault.strikes();
        return fault;
    }

    private synchronized void accept(LoopbackHttpServer server, Fault removed) {
        if (refusals.remove(removed) && refusals.isEmpty()) {
            server.acceptConnections();
        }
    }

    /**
     * Makes the clock behind the header {@code Date} wrong.
     *
     * @param ahead by how much it is fast; negative if it is slow
     */
    public Fault skewClock(Duration ahead) {
        return clockSkew.set(ahead);
    }

    @Override
    public Answered answer(Request request, HttpService service) {
        acts.strike(request).ifPresent(act -> act.accept(request));
        return faults.strike(request)
                .map(fault -> new Answered(fault.answer(request, service), fault.delivery()))
                .orElseGet(() -> HttpHook.super.answer(request, service));
    }

    @Override
    public Instant date(Instant now) {
        clockSkew.struck();
        return now.plus(clockSkew.get().orElse(Duration.ZERO));
    }
}
