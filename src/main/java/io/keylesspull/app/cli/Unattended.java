package io.keylesspull.app.cli;

import io.keylesspull.azure.model.DeviceCode;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.setup.cost.Costs;
import io.keylesspull.setup.export.Format;
import io.keylesspull.setup.plan.LeftBehind;
import io.keylesspull.setup.plan.Review;
import io.keylesspull.setup.plan.UndoList;
import io.keylesspull.setup.report.Report;
import io.keylesspull.setup.report.TargetEnd;
import io.keylesspull.setup.report.TargetEnds;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.ProvenCluster;
import io.keylesspull.setup.session.ProvenMachine;
import io.keylesspull.setup.session.ProvenScaleSet;
import io.keylesspull.setup.session.Session;
import io.keylesspull.setup.session.SetupRun;
import io.keylesspull.setup.session.StoredRun;
import io.keylesspull.setup.step.Check;
import io.keylesspull.setup.step.UndoChoice;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Sets up a request, resumes or undoes a run, or shows a plan, without a window. An interrupt of the calling thread
 * cancels the work.
 */
final class Unattended {

    private final SessionsFactory sessions;
    private final SessionOptions options;
    private final RunPrinter printer;
    private final Consumer<DeviceCode> prompt;
    private final Passphrases passphrases;
    private final Optional<Path> report;
    private final Texts texts;
    private final Duration afterCancel;

    /**
     * @param report the file that a report of the run is written to; empty: none is
     * @param texts the language of the report
     * @param afterCancel how long to wait for a cancelled run to end
     */
    Unattended(
            SessionsFactory sessions,
            SessionOptions options,
            RunPrinter printer,
            Consumer<DeviceCode> prompt,
            Passphrases passphrases,
            Optional<Path> report,
            Texts texts,
            Duration afterCancel) {
        this.sessions = sessions;
        this.options = options;
        this.printer = printer;
        this.prompt = prompt;
        this.passphrases = passphrases;
        this.report = report;
        this.texts = texts;
        this.afterCancel = afterCancel;
    }

    /**
     * Shows what a request would do.
     *
     * @param script the file to save the same work to, as a shell script; empty: it is printed
     * @return the exit status
     */
    int plan(SetupRequest request, Optional<Path> script) {
        return signedIn(request, session -> {
            Review review = session.review(request);
            printer.changes(review.changes());
            printer.checks(review.checks());
            printer.cost(
                    session.cost(review, Costs.currency(Locale.getDefault(Locale.Category.FORMAT))),
                    session.practice());
            if (script.isPresent()) {
                SavedScript.write(script.get(), review.exports().text(Format.BASH));
                printer.notice(Text.of("app.plan.script", script.get().toString()));
            } else {
                printer.commands(review.byHand());
            }
            return review.blocked() ? ExitStatus.FAILED : ExitStatus.PROVEN;
        });
    }

    /**
     * Writes a request in a format. Problems that would stop a run are reported.
     *
     * @return the exit status
     */
    int export(SetupRequest request, Format format, Consumer<String> to) {
        return signedIn(request, session -> {
            Review review = session.review(request);
            to.accept(review.exports().text(format));
            review.checks().stream()
                    .filter(Check::isBad)
                    .flatMap(check -> check.problem().stream())
                    .forEach(printer::problem);
            return review.blocked() ? ExitStatus.FAILED : ExitStatus.PROVEN;
        });
    }

    /** Makes the checks alone. @return the exit status */
    int check(SetupRequest request) {
        return signedIn(request, session -> {
            List<Check> checks = session.check(request);
            printer.checks(checks);
            boolean bad = checks.stream().anyMatch(Check::isBad);
            printer.notice(Text.of(bad ? "app.check.fails" : "app.check.passes"));
            return bad ? ExitStatus.FAILED : ExitStatus.PROVEN;
        });
    }

    /** @return the exit status */
    int run(SetupRequest request) {
        return signedIn(request, session -> {
            Review review = session.review(request);
            printer.checks(review.checks());
            if (review.blocked()) {
                printer.refused();
                return ExitStatus.FAILED;
            }
            return setUp(request, events -> session.start(request, events), new RunState());
        });
    }

    /** Resumes a run. @return the exit status */
    int resume(StoredRun run) {
        SetupRequest request = run.request().orElseThrow();
        return signedIn(
                request,
                session -> setUp(request, events -> session.resume(run, events), run.left()),
                () -> notBegun(Purpose.SETUP, run, RunPrinter.Optionals.ASKED));
    }

    /**
     * Undoes a run.
     *
     * @param consent asked with the list of what the undo does
     * @return the exit status
     */
    int undo(StoredRun run, Consent consent) {
        return signedIn(
                run.request().orElseThrow(),
                session -> {
                    UndoList list = session.undoList(run);
                    printer.undoList(list, consent.asked());
                    if (list.isEmpty() && list.stays().isEmpty()) {
                        return nothingLeft(session, run, consent.asked());
                    }
                    if (list.isEmpty()) {
                        printer.notUndone();
                        return ExitStatus.PROVEN;
                    }
                    Optional<Set<UndoChoice>> choices = consent.to(list);
                    if (choices.isEmpty()) {
                        printer.notUndone();
                        return ExitStatus.FAILED;
                    }
                    RunState left = run.left();
                    Ended ended = await(events -> session.undo(run, choices.get(), events), left);
                    synchronized (printer) {
                        if (ended.result() == RunResult.SUCCEEDED) {
                            printer.undone(LeftBehind.of(left));
                            notChosen(list, choices.get());
                            return reported(ended, ExitStatus.PROVEN);
                        }
                        return reported(ended, stopped(Purpose.UNDO, ended, left, consent.asked()));
                    }
                },
                () -> notBegun(Purpose.UNDO, run, consent.asked()));
    }

    /** Cancelled before an earlier run went on or was undone. */
    private void notBegun(Purpose purpose, StoredRun run, RunPrinter.Optionals optionals) {
        printer.cancelled(new RunPrinter.Stopped(purpose, run.id(), LeftBehind.of(run.left()), List.of(), optionals));
    }

    private void notChosen(UndoList list, Set<UndoChoice> choices) {
        List<UndoChoice> kept = list.asked().stream()
                .map(UndoList.Option::choice)
                .filter(choice -> !choices.contains(choice))
                .toList();
        if (!kept.isEmpty()) {
            printer.notice(Text.of("app.undone.machines"));
        }
        kept.stream()
                .filter(choice -> choice.what() == UndoChoice.What.POWER)
                .forEach(choice -> printer.notice(Text.of("app.undone.running", choice.machine())));
    }

    /** Records that nothing is left of a run. */
    private int nothingLeft(Session session, StoredRun run, RunPrinter.Optionals optionals)
            throws Failure, InterruptedException {
        RunState left = run.left();
        if (!left.isEmpty()) {
            Ended ended = await(events -> session.undo(run, Set.of(), events), left);
            if (ended.result() != RunResult.SUCCEEDED) {
                synchronized (printer) {
                    return stopped(Purpose.UNDO, ended, left, optionals);
                }
            }
        }
        printer.nothingToUndo(Text.of(left.madeNothing() ? "app.nothingMade" : "app.nothingLeft"));
        return ExitStatus.PROVEN;
    }

    /** Asks whether to go ahead with an undo. */
    interface Consent {

        /** What is known of the optional changes before anybody is asked. */
        RunPrinter.Optionals asked();

        /** @return which optional changes to undo too; empty if the undo is refused */
        Optional<Set<UndoChoice>> to(UndoList list) throws InterruptedException;
    }

    /** Starts a run that publishes its events to a listener. */
    @FunctionalInterface
    private interface RunStarter {
        SetupRun start(Consumer<RunEvent> listener) throws Failure, InterruptedException;
    }

    private record Ended(SetupRun run, RunResult result, TargetEnds targets) {}

    /** @param left what earlier attempts left behind */
    private int setUp(SetupRequest request, RunStarter starter, RunState left) throws Failure, InterruptedException {
        Ended ended = await(starter, left);
        synchronized (printer) {
            List<ProvenMachine> machines = ended.run().proven();
            List<ProvenCluster> clusters = ended.run().provenClusters();
            Optional<ProvenScaleSet> scaleSet = ended.run().provenScaleSet();
            if (ended.result() == RunResult.SUCCEEDED
                    && machines.size() == request.machines().size()
                    && clusters.size() == request.clusters().size()
                    && scaleSet.isPresent() == request.scaleSet().isPresent()) {
                printer.proven(machines, clusters, scaleSet);
                return reported(ended, ExitStatus.PROVEN);
            }
            return reported(ended, stopped(Purpose.SETUP, ended, left, RunPrinter.Optionals.ASKED));
        }
    }

    private int stopped(Purpose purpose, Ended ended, RunState state, RunPrinter.Optionals optionals) {
        List<TargetEnd> targets =
                purpose == Purpose.SETUP ? ended.targets().of(ended.run().request(), proven(ended.run())) : List.of();
        RunPrinter.Stopped stopped =
                new RunPrinter.Stopped(purpose, ended.run().id(), LeftBehind.of(state), targets, optionals);
        if (ended.result() == RunResult.CANCELLED) {
            printer.cancelled(stopped);
            List<String> deploying = LeftBehind.deploying(state);
            if (purpose == Purpose.SETUP && !deploying.isEmpty()) {
                printer.notice(Text.of(
                        options.practice().isPresent() ? "app.deploying.practice" : "app.deploying",
                        String.join(", ", deploying)));
            }
            return ExitStatus.CANCELLED;
        }
        printer.failed(stopped);
        return ExitStatus.FAILED;
    }

    private static List<TargetEnd.Proven> proven(SetupRun run) {
        List<TargetEnd.Proven> proven = new ArrayList<>();
        run.proven()
                .forEach(machine ->
                        proven.add(new TargetEnd.Proven(machine.name(), machine.image(), machine.digest(), List.of())));
        run.provenClusters()
                .forEach(cluster -> proven.add(
                        new TargetEnd.Proven(cluster.name(), cluster.image(), cluster.digest(), cluster.pools())));
        run.provenScaleSet()
                .ifPresent(set -> proven.add(new TargetEnd.Proven(set.name(), set.image(), set.digest(), List.of())));
        return proven;
    }

    private Ended await(RunStarter starter, RunState left) throws Failure, InterruptedException {
        TargetEnds targets = new TargetEnds();
        SetupRun run = starter.start(event -> {
            synchronized (printer) {
                left.accept(event);
                targets.accept(event);
                printer.event(event);
            }
        });
        return new Ended(run, await(run), targets);
    }

    /** Writes the report, if one is wanted. @return the same exit status */
    private int reported(Ended ended, int status) throws Failure {
        if (report.isPresent()) {
            ended.run().report().save(report.get(), texts, ZoneId.systemDefault());
            printer.notice(Text.of("app.report.written", report.get().toString()));
        }
        return status;
    }

    private RunResult await(SetupRun run) {
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
            // After a second Ctrl-C, or when the wait is over, the program ends at once.
            return RunResult.CANCELLED;
        }
    }

    /** Work with a session. Returns the exit status. */
    @FunctionalInterface
    private interface SessionWork {
        int with(Session session) throws Failure, InterruptedException;
    }

    private int signedIn(SetupRequest request, SessionWork work) {
        return signedIn(request, work, printer::interrupted);
    }

    /** @param interrupted says that the program was interrupted before the work had begun */
    private int signedIn(SetupRequest request, SessionWork work, Runnable interrupted) {
        try (SessionsFactory.OpenSessions open = sessions.open(options)) {
            if (report.isPresent()) {
                Report.requireWritable(report.get());
            }
            Session session = options.practice().isPresent()
                    ? open.sessions().practice(request.signIn().tenant())
                    : open.sessions().azure(request.signIn(), prompt);
            session.notice().ifPresent(printer::notice);
            passphrases.ask(session, request);
            return work.with(session);
        } catch (Failure e) {
            printer.problem(e.problem());
            return ExitStatus.FAILED;
        } catch (InterruptedException e) {
            // The program ends here; the exit status reports the interrupt.
            interrupted.run();
            return ExitStatus.CANCELLED;
        }
    }
}
