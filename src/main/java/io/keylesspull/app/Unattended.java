package io.keylesspull.app;

import io.keylesspull.azure.DeviceCode;
import io.keylesspull.engine.Failure;
import io.keylesspull.engine.RunEvent;
import io.keylesspull.engine.RunEvent.RunResult;
import io.keylesspull.practice.Pace;
import io.keylesspull.setup.AzCommands;
import io.keylesspull.setup.Check;
import io.keylesspull.setup.ProvenMachine;
import io.keylesspull.setup.Session;
import io.keylesspull.setup.SetupRequest;
import io.keylesspull.setup.SetupRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Carries out a request, or shows its plan, with nobody to ask. Interrupting the calling thread cancels it. */
final class Unattended {

    private final SessionsFactory sessions;
    private final Optional<Pace> practice;
    private final RunPrinter printer;
    private final Consumer<DeviceCode> prompt;

    Unattended(SessionsFactory sessions, Optional<Pace> practice, RunPrinter printer, Consumer<DeviceCode> prompt) {
        this.sessions = sessions;
        this.practice = practice;
        this.printer = printer;
        this.prompt = prompt;
    }

    /** @return the exit status */
    int plan(SetupRequest request) {
        return signedIn(request, session -> {
            printer.changes(session.changes(request));
            List<Check> checks = session.checks(request);
            printer.checks(checks);
            printer.commands(AzCommands.of(request));
            return anyBad(checks) ? ExitStatus.FAILED : ExitStatus.PROVEN;
        });
    }

    /**
     * @param afterCancel how long a cancelled run is waited for
     * @return the exit status
     */
    int run(SetupRequest request, Duration afterCancel) {
        return signedIn(request, session -> {
            List<Check> checks = session.checks(request);
            printer.checks(checks);
            if (anyBad(checks)) {
                printer.refused();
                return ExitStatus.FAILED;
            }
            Made made = new Made();
            SetupRun run = session.start(request, event -> {
                synchronized (printer) {
                    made.event(event);
                    printer.event(event);
                }
            });
            RunResult result = await(run, afterCancel);
            synchronized (printer) {
                return ended(request, run, result, made.left());
            }
        });
    }

    private int ended(SetupRequest request, SetupRun run, RunResult result, List<String> made) {
        if (result == RunResult.CANCELLED) {
            printer.cancelled(made);
            return ExitStatus.CANCELLED;
        }
        List<ProvenMachine> proven = run.proven();
        if (result == RunResult.SUCCEEDED && proven.size() == request.machines().size()) {
            printer.proven(proven);
            return ExitStatus.PROVEN;
        }
        printer.failed(made);
        return ExitStatus.FAILED;
    }

    private static RunResult await(SetupRun run, Duration afterCancel) {
        CompletableFuture<RunResult> result = run.result();
        try {
            try {
                return result.get();
            } catch (InterruptedException e) {
                run.cancel();
                return result.get(afterCancel.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a run never completes exceptionally", e);
        } catch (InterruptedException | TimeoutException e) {
            // Whoever asks twice, or would have to wait on, gets out at once.
            return RunResult.CANCELLED;
        }
    }

    private static boolean anyBad(List<Check> checks) {
        return checks.stream().anyMatch(check -> check.verdict() == Check.Verdict.BAD);
    }

    /** Something done with a session, that ends in an exit status. */
    @FunctionalInterface
    private interface Work {
        int with(Session session) throws Failure, InterruptedException;
    }

    private int signedIn(SetupRequest request, Work work) {
        try (SessionsFactory.Open open = sessions.open(practice);
             Session session = practice.isPresent() ? open.sessions().practice()
                     : open.sessions().azure(request.signIn(), prompt)) {
            return work.with(session);
        } catch (Failure e) {
            printer.problem(e.problem());
            return ExitStatus.FAILED;
        } catch (InterruptedException e) {
            // The program ends with this: nobody is left to be told of the interrupt but by the status.
            printer.interrupted();
            return ExitStatus.CANCELLED;
        }
    }

    /** What a run has begun to make, in that order. */
    private static final class Made {

        private final List<String> ids = new ArrayList<>();

        void event(RunEvent event) {
            String id = event instanceof RunEvent.ResourceCreating creating ? creating.resourceId()
                    : event instanceof RunEvent.ResourceCreated created ? created.resourceId() : "";
            if (!id.isEmpty() && ids.stream().noneMatch(id::equalsIgnoreCase)) {
                ids.add(id);
            }
        }

        List<String> left() {
            return List.copyOf(ids);
        }
    }
}
