package io.keylesspull.practice.arm.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.OperationLinks;
import io.keylesspull.practice.arm.protocol.OperationLinks.Trait;
import io.keylesspull.practice.arm.protocol.ProvisioningState;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import io.keylesspull.practice.clock.PracticeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Long-running operations. No thread works on them: an operation has a due time, and takes effect when the next request
 * comes in after that ({@link #settle}).
 */
public final class Operations {

    private static final Map<String, String> WAIT = Map.of("Retry-After", "1");
    private static final Map<String, String> NOTIFIES = Map.of("Azure-AsyncNotification", "Enabled");
    private static final int ID_LENGTH = 36;

    private final Map<String, Operation> all = new HashMap<>();
    /** Those that have not ended. */
    private final Set<Operation> pending = new LinkedHashSet<>();

    private final ResourceStore store;
    private final PracticeClock clock;
    private final Guids guids;
    private final ArmHook hook;

    public Operations(ResourceStore store, PracticeClock clock, Guids guids, ArmHook hook) {
        this.store = store;
        this.clock = clock;
        this.guids = guids;
        this.hook = hook;
    }

    /**
     * @param call that starts it
     * @param inAzure how long it takes there
     * @param finish its effect; may throw {@link ArmError}, which polling then returns
     */
    public Operation begin(ArmCall call, Duration inAzure, Supplier<JsonNode> finish) {
        return failing(call, inAzure)
                .orElseGet(() -> begun(
                        new Operation(guids.next(), clock.now(), clock.after(inAzure), finish, Optional.empty())));
    }

    /** Begins an operation if it is one that shall fail. @param inAzure how long that takes there */
    public Optional<Operation> failing(ArmCall call, Duration inAzure) {
        return hook.failure(call)
                .map(failure -> begun(new Operation(
                        guids.next(),
                        clock.now(),
                        clock.after(inAzure),
                        () -> {
                            markFailed(call);
                            throw ArmError.of(failure.httpStatus(), failure.code(), failure.message());
                        },
                        Optional.of(failure))));
    }

    private Operation begun(Operation operation) {
        all.put(operation.id, operation);
        settle();
        return operation;
    }

    public Operation begin(ArmCall call, Duration inAzure, Runnable finish) {
        return begin(call, inAzure, () -> {
            finish.run();
            return MissingNode.getInstance();
        });
    }

    /**
     * @param ended whether what it waits for has ended, which happens outside the control plane
     * @param finish its effect then
     */
    public Operation begin(ArmCall call, BooleanSupplier ended, Runnable finish) {
        return begun(new Operation(
                guids.next(),
                clock.now(),
                clock.now(),
                () -> {
                    finish.run();
                    return MissingNode.getInstance();
                },
                Optional.empty(),
                ended));
    }

    /** Does something when that time has passed, or at least a moment. */
    public void later(Duration inAzure, Runnable what) {
        later(inAzure, Duration.ofMillis(1), what);
    }

    /** @param least how long it takes at least, also where nothing takes time */
    public void later(Duration inAzure, Duration least, Runnable what) {
        String id = guids.next();
        Instant soonest = clock.now().plus(least);
        Instant due = clock.after(inAzure);
        all.put(
                id,
                new Operation(
                        id,
                        clock.now(),
                        due.isBefore(soonest) ? soonest : due,
                        () -> {
                            all.remove(id);
                            what.run();
                            return MissingNode.getInstance();
                        },
                        Optional.empty()));
    }

    /** The changed resource, or the one that contains it, stays and shows that the change has failed. */
    private void markFailed(ArmCall call) {
        String id = call.target().path();
        while (store.find(id).isEmpty() && id.contains("/")) {
            id = id.substring(0, id.lastIndexOf('/'));
        }
        boolean ofGroup = call.target().namespace().isEmpty();
        store.find(id)
                .filter(found -> !call.is("POST") && ResourceKind.GROUP.isOf(found) == ofGroup)
                .ifPresent(found -> Json.state(found, ProvisioningState.FAILED));
    }

    /** Finishes all operations that are due, each at its own time: what it begins may be due already. */
    public void settle() {
        for (Optional<Operation> next = due(); next.isPresent(); next = due()) {
            clock.at(next.get().dueAt, next.get()::finish);
        }
    }

    private Optional<Operation> due() {
        Instant now = clock.now();
        return pending.stream()
                .filter(operation -> !operation.dueAt.isAfter(now) && operation.ended.getAsBoolean())
                .min(Comparator.comparing((Operation operation) -> operation.dueAt));
    }

    /** The reply to a PUT or PATCH: the resource as it is now, and where to poll. */
    public ArmReply put(ArmCall call, Operation operation, boolean existed, JsonNode body, OperationLinks links) {
        if (operation.done && !operation.fails()) {
            return ArmReply.put(existed, operation.resultOr(body));
        }
        return operation
                .begun(ArmReply.put(existed, body), links)
                .with(Map.of("Azure-AsyncOperation", operation.address(links.status(), call)));
    }

    /** The reply to a POST or DELETE: the result, or where to poll. */
    public ArmReply accepted(ArmCall call, Operation operation, OperationLinks links) {
        return accepted(call, operation, links, MissingNode.getInstance());
    }

    /** @param body while the operation runs */
    public ArmReply accepted(ArmCall call, Operation operation, OperationLinks links, JsonNode body) {
        if (operation.done && !operation.fails()) {
            return ArmReply.ok(operation.resultOr(MissingNode.getInstance()));
        }
        ArmReply reply = operation
                .begun(new ArmReply(202, body, Map.of()), links)
                .with(Map.of("Location", operation.address(links.result(), call)));
        return links.has(Trait.LOCATION_ONLY)
                ? reply
                : reply.with(Map.of("Azure-AsyncOperation", operation.address(links.status(), call)));
    }

    /** Answers if the call polls an operation. */
    public Optional<ArmReply> poll(ArmCall call) {
        List<String> tail = call.target().tail();
        if (tail.size() < 2 || !call.is("GET")) {
            return Optional.empty();
        }
        String asks = tail.get(tail.size() - 2).toLowerCase(Locale.ROOT);
        if (!List.of("operations", "operationstatuses", "operationresults").contains(asks)) {
            return Optional.empty();
        }
        String last = tail.get(tail.size() - 1);
        String id = last.substring(Math.max(0, last.length() - ID_LENGTH));
        Operation operation = Optional.ofNullable(all.get(id))
                .filter(begun -> begun.answered.isPresent())
                .orElseThrow(() -> ArmError.notFound("The operation '" + id + "'"));
        boolean forResult =
                asks.equals("operationresults") || call.query("monitor").isPresent();
        return Optional.of(forResult ? operation.answerWithResult(call) : operation.status(call));
    }

    /** One operation. */
    public final class Operation {
        private final String id;
        private final Instant startedAt;
        private final Instant dueAt;
        private final Supplier<JsonNode> work;
        private final Optional<OperationFailure> failure;
        private final BooleanSupplier ended;
        /** Once it has been answered. */
        private Optional<OperationLinks> answered = Optional.empty();

        private int addresses;
        private boolean done;
        private JsonNode result = MissingNode.getInstance();
        private @Nullable ArmError error;

        private Operation(
                String id,
                Instant startedAt,
                Instant dueAt,
                Supplier<JsonNode> work,
                Optional<OperationFailure> failure) {
            this(id, startedAt, dueAt, work, failure, () -> true);
        }

        private Operation(
                String id,
                Instant startedAt,
                Instant dueAt,
                Supplier<JsonNode> work,
                Optional<OperationFailure> failure,
                BooleanSupplier ended) {
            this.id = id;
            this.startedAt = startedAt;
            this.dueAt = dueAt;
            this.work = work;
            this.failure = failure;
            this.ended = ended;
            pending.add(this);
        }

        /** Whether it will fail. Only polling shows that, never the first reply. */
        public boolean fails() {
            return failure.isPresent();
        }

        public Instant dueAt() {
            return dueAt;
        }

        private ArmReply begun(ArmReply reply, OperationLinks provided) {
            answered = Optional.of(provided);
            return (provided.has(Trait.NOTIFIES) ? reply.with(NOTIFIES) : reply).with(pace());
        }

        private OperationLinks links() {
            return answered.orElseThrow();
        }

        private Map<String, String> pace() {
            return links().has(Trait.SAYS_WHEN) ? WAIT : Map.of();
        }

        private String address(OperationLinks.Path path, ArmCall call) {
            return SignedAddress.of(path.of(call, id), call, clock.now(), ++addresses);
        }

        private void finish() {
            done = true;
            pending.remove(this);
            try {
                result = work.get();
            } catch (ArmError e) {
                error = e;
            }
        }

        private JsonNode resultOr(JsonNode otherwise) {
            if (error != null) {
                throw error;
            }
            return result.isMissingNode() ? otherwise : result;
        }

        private ArmReply answerWithResult(ArmCall call) {
            if (done) {
                JsonNode ended = resultOr(MissingNode.getInstance());
                return links().has(Trait.ENDS_EMPTY) ? ArmReply.empty(204) : ArmReply.ok(ended);
            }
            return ArmReply.empty(202).with(pace()).with(Map.of("Location", address(links().result(), call)));
        }

        private ArmReply status(ArmCall call) {
            ObjectNode body = Json.object();
            if (!links().has(Trait.STATUS_ALONE)) {
                body.put("name", id).put("startTime", startedAt.toString());
                if (done) {
                    body.put("endTime", dueAt.toString());
                }
            }
            body.put("status", status());
            if (error != null) {
                body.set("error", error.error());
            } else if (!result.isMissingNode()) {
                body.withObject("/properties").set("output", result);
            }
            ArmReply reply = ArmReply.ok(body).with(done ? Map.of() : pace());
            return links().has(Trait.STATUS_ALONE)
                    ? reply.with(Map.of("Azure-AsyncOperation", address(links().status(), call)))
                    : reply;
        }

        private String status() {
            if (!done) {
                return links().running();
            }
            return error == null
                    ? "Succeeded"
                    : failure.map(OperationFailure::status).orElse("Failed");
        }
    }
}
