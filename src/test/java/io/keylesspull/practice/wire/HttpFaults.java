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

/** What goes wrong with requests, on demand. Safe for use by many threads. */
public final class HttpFaults implements HttpHook {

    private final Rules<Request, HttpFault> faults = new Rules<>();
    private final Rules<Request, Consumer<Request>> acts = new Rules<>();
    private final Setting<Duration> clockSkew = new Setting<>();
    private final Set<Fault> refusals = new HashSet<>();

    /** A fault of the connection strikes what comes from outside only; machines have no connections here. */
    public Fault add(RequestMatcher which, Occasions when, HttpFault what) {
        Predicate<Request> reached = request ->
                what.delivery() == Delivery.WHOLE || !RequestMatcher.isOfMachine(request);
        return faults.add(reached.and(which), when, what);
    }

    /** Lets something else happen just before a request is carried out. */
    public Fault before(RequestMatcher which, Occasions when, Runnable act) {
        return watch(which, when, request -> act.run());
    }

    /** Shows somebody each request before it is carried out. */
    public Fault watch(RequestMatcher which, Occasions when, Consumer<Request> watcher) {
        return acts.add(which, when, watcher);
    }

    /** From now on connections are refused, and those there are, are reset, until the fault is removed. */
    public synchronized Fault refuseConnections(LoopbackHttpServer door) {
        Fault fault = Fault.always(gone -> accept(door, gone));
        refusals.add(fault);
        door.refuseConnections();
        fault.strikes();
        return fault;
    }

    private synchronized void accept(LoopbackHttpServer door, Fault removed) {
        if (refusals.remove(removed) && refusals.isEmpty()) {
            door.acceptConnections();
        }
    }

    /** The clock behind the header {@code Date} is fast. @param ahead by how much; negative if it is slow */
    public Fault skewClock(Duration ahead) {
        return clockSkew.set(ahead);
    }

    @Override
    public Answered answer(Request request, HttpService service) {
        acts.strike(request).ifPresent(act -> act.accept(request));
        return faults.strike(request).map(fault -> new Answered(fault.answer(request, service), fault.delivery()))
                .orElseGet(() -> HttpHook.super.answer(request, service));
    }

    @Override
    public Instant date(Instant now) {
        clockSkew.struck();
        return now.plus(clockSkew.get().orElse(Duration.ZERO));
    }
}
