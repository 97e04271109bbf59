package io.keylesspull.practice.wire;

import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.fault.Rules;
import io.keylesspull.practice.wire.HttpFault.Delivery;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What goes wrong with requests, on demand. Safe for use by many threads. */
public final class HttpFaults {

    private final Rules<Request, HttpFault> faults = new Rules<>();
    private final Rules<Request, Consumer<Request>> acts = new Rules<>();

    /** A fault of the connection strikes what comes from outside only; machines have no connections here. */
    public Fault add(Requests which, Occasions when, HttpFault what) {
        Predicate<Request> reached = request ->
                what.delivery() == Delivery.WHOLE || !Requests.isOfMachine(request);
        return faults.add(reached.and(which), when, what);
    }

    /** Lets something else happen just before a request is carried out. */
    public Fault before(Requests which, Occasions when, Runnable act) {
        return watch(which, when, request -> act.run());
    }

    /** Tells somebody of each request before it is carried out. */
    public Fault watch(Requests which, Occasions when, Consumer<Request> watcher) {
        return acts.add(which, when, watcher);
    }

    /** What goes wrong with a request, after what was to happen before it has happened. */
    Optional<HttpFault> strike(Request request) {
        acts.strike(request).ifPresent(act -> act.accept(request));
        return faults.strike(request);
    }

    /** The same services, as far as faults let machines see them. */
    public Internet asSeenByMachines(Internet services) {
        return request -> strike(request).map(fault -> fault.answer(request, services))
                .orElseGet(() -> services.send(request));
    }
}
