package io.keylesspull.app.cli;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.setup.plan.LeftBehind;
import io.keylesspull.setup.plan.UndoList;
import io.keylesspull.setup.session.Runs;
import io.keylesspull.setup.session.StoredRun;
import io.keylesspull.setup.step.UndoChoice;
import io.keylesspull.text.Text;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The command line's work on stored runs: list them, resume one, undo one, remove one. */
final class StoredRuns {

    /** The name for the latest run. */
    static final String LAST = "last";

    private final SessionsFactory sessions;
    private final SessionOptions options;
    private final Unattended unattended;
    private final RunPrinter printer;
    private final Confirmation confirmation;

    StoredRuns(
            SessionsFactory sessions,
            SessionOptions options,
            Unattended unattended,
            RunPrinter printer,
            Confirmation confirmation) {
        this.sessions = sessions;
        this.options = options;
        this.unattended = unattended;
        this.printer = printer;
        this.confirmation = confirmation;
    }

    /** Lists the runs. Returns the exit status, as every method here does. */
    int list() {
        return withRuns((runs, others) -> {
            printer.runs(runs.list());
            if (!others.list().isEmpty()) {
                printer.notice(
                        Text.of(options.practice().isPresent() ? "app.runs.alsoAzure" : "app.runs.alsoPractice"));
            }
            return ExitStatus.PROVEN;
        });
    }

    /** @param name a run's id, the first characters of one, or {@link #LAST} */
    int resume(String name) {
        return withRuns((runs, others) -> {
            StoredRun run = readable(find(runs, name));
            if (run.cloudEnded()) {
                throw Failure.of(
                        "app.practiceOver",
                        "",
                        run.id(),
                        PracticeOption.prefix(options.practice()),
                        run.folder().resolve("setup.json").toString());
            }
            if (!run.canGoOn()) {
                throw Failure.of("app.notResumable", "", run.id(), PracticeOption.prefix(options.practice()));
            }
            return unattended.resume(run);
        });
    }

    /**
     * @param yes whether to go ahead without asking
     * @param machines whether to undo, without asking, also changes on machines that existed before the run
     */
    int undo(String name, boolean yes, boolean machines) {
        return withRuns((runs, others) -> {
            StoredRun run = readable(find(runs, name));
            if (run.cloudEnded()) {
                printer.nothingToUndo(Text.of("app.nothingLeft.practice"));
                return ExitStatus.PROVEN;
            }
            return unattended.undo(run, yes ? new Given(machines) : new Asking());
        });
    }

    /** Nothing is asked. @param machines whether all is taken back that is left to choice */
    private record Given(boolean machines) implements Unattended.Consent {

        @Override
        public RunPrinter.Optionals asked() {
            return machines ? RunPrinter.Optionals.ALL : RunPrinter.Optionals.NONE;
        }

        @Override
        public Optional<Set<UndoChoice>> to(UndoList list) {
            return Optional.of(all(list, machines));
        }
    }

    /** Whoever sits at the terminal is asked. */
    private final class Asking implements Unattended.Consent {

        @Override
        public RunPrinter.Optionals asked() {
            return RunPrinter.Optionals.ASKED;
        }

        @Override
        public Optional<Set<UndoChoice>> to(UndoList list) throws InterruptedException {
            return StoredRuns.this.asked(list);
        }
    }

    private static StoredRun readable(StoredRun run) throws Failure {
        if (run.problem().isPresent()) {
            throw new Failure(run.problem().get());
        }
        return run;
    }

    private static Set<UndoChoice> all(UndoList list, boolean machines) {
        Set<UndoChoice> choices = new LinkedHashSet<>();
        if (machines) {
            list.asked().forEach(option -> choices.add(option.choice()));
        }
        return choices;
    }

    private Optional<Set<UndoChoice>> asked(UndoList list) throws InterruptedException {
        if (!list.goes().isEmpty() && !confirmation.yes(Text.of("app.undo.ask"))) {
            return Optional.empty();
        }
        Set<UndoChoice> choices = new LinkedHashSet<>();
        for (UndoList.Question question : list.questions()) {
            if (confirmation.yes(Text.of("app.undo.askToo", question.what()))) {
                choices.addAll(question.choices());
            }
        }
        return list.goes().isEmpty() && choices.isEmpty() ? Optional.empty() : Optional.of(choices);
    }

    /** @param yes whether to go ahead without asking */
    int remove(String name, boolean yes) {
        return withRuns((runs, others) -> {
            StoredRun run = find(runs, name);
            if (!yes && !confirmation.yes(whetherToRemove(run))) {
                return ExitStatus.FAILED;
            }
            runs.remove(run);
            printer.removed(run);
            return ExitStatus.PROVEN;
        });
    }

    /** Says what is lost with the folder. */
    private static Text whetherToRemove(StoredRun run) {
        if (run.problem().isPresent()) {
            return Text.of(
                    "app.remove.askLeft", Text.of("app.remove.damaged", run.id()), Text.of("app.remove.damagedFolder"));
        }
        if (!run.leftSomethingToUndo()) {
            return Text.of("app.remove.ask", run.id());
        }
        LeftBehind left = LeftBehind.of(run.left());
        String is = left.changes().isEmpty() ? "made" : left.resources().isEmpty() ? "changed" : "both";
        return Text.of(
                "app.remove.askLeft",
                Text.of(
                        "app.remove." + is,
                        run.id(),
                        String.valueOf(left.resources().size()),
                        String.valueOf(left.changes().size())),
                Text.of(run.holdsKey() ? "app.remove.key" : "app.remove.list"));
    }

    private StoredRun find(Runs runs, String name) throws Failure {
        return find(runs, name, options.practice());
    }

    /** The runs that a name may mean. */
    static List<StoredRun> matching(Runs runs, String name) throws Failure {
        List<StoredRun> all = runs.list();
        return name.equals(LAST)
                ? all.stream().limit(1).toList()
                : all.stream().filter(run -> run.id().startsWith(name)).toList();
    }

    /** @param practice of which kind the runs are @throws Failure if the name means none, or several */
    static StoredRun find(Runs runs, String name, Optional<Pace> practice) throws Failure {
        List<StoredRun> fitting = matching(runs, name);
        if (fitting.size() != 1) {
            throw Failure.of(
                    fitting.isEmpty() ? "app.noSuchRun" : "app.severalRuns", "", name, PracticeOption.prefix(practice));
        }
        return fitting.get(0);
    }

    @FunctionalInterface
    private interface RunsWork {
        /** @param others in Azure if {@code runs} are in practice mode, and the other way round */
        int with(Runs runs, Runs others) throws Failure, InterruptedException;
    }

    private int withRuns(RunsWork work) {
        try (SessionsFactory.OpenSessions open = sessions.open(options)) {
            boolean practice = options.practice().isPresent();
            return work.with(open.sessions().runs(practice), open.sessions().runs(!practice));
        } catch (Failure e) {
            printer.problem(e.problem());
            return ExitStatus.FAILED;
        } catch (InterruptedException e) {
            // The program ends here; the exit status reports the interrupt.
            printer.interrupted();
            return ExitStatus.CANCELLED;
        }
    }
}
