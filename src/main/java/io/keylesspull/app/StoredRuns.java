package io.keylesspull.app;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.setup.plan.UndoList;
import io.keylesspull.setup.session.Runs;
import io.keylesspull.setup.session.StoredRun;
import io.keylesspull.setup.step.UndoChoice;
import io.keylesspull.text.Text;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the command line can do with the runs there are: list them, go on with one, take it back, forget it. */
final class StoredRuns {

    /** Names the latest run. */
    static final String LAST = "last";

    private final SessionsFactory sessions;
    private final Optional<Pace> practice;
    private final Unattended unattended;
    private final RunPrinter printer;
    private final Answers answers;

    StoredRuns(SessionsFactory sessions, Optional<Pace> practice, Unattended unattended, RunPrinter printer,
               Answers answers) {
        this.sessions = sessions;
        this.practice = practice;
        this.unattended = unattended;
        this.printer = printer;
        this.answers = answers;
    }

    /** @return the exit status, as of every method here */
    int list() {
        return withRuns(runs -> {
            printer.runs(runs.list());
            return ExitStatus.PROVEN;
        });
    }

    /** @param name of a run: its id, the beginning of one, or {@link #LAST} */
    int resume(String name) {
        return withRuns(runs -> {
            StoredRun run = find(runs, name);
            if (!run.canGoOn()) {
                throw Failure.of("app.notResumable", "", run.id());
            }
            return unattended.resume(run);
        });
    }

    /**
     * @param yes      whether to go ahead without asking
     * @param machines whether, unasked, also what was changed on machines that were there before is taken back
     */
    int undo(String name, boolean yes, boolean machines) {
        return withRuns(runs -> unattended.undo(find(runs, name), list -> yes ? Optional.of(all(list, machines))
                : asked(list)));
    }

    private static Set<UndoChoice> all(UndoList list, boolean machines) {
        Set<UndoChoice> choices = new LinkedHashSet<>();
        if (machines) {
            list.asked().forEach(option -> choices.add(option.choice()));
        }
        return choices;
    }

    private Optional<Set<UndoChoice>> asked(UndoList list) throws InterruptedException {
        if (!list.goes().isEmpty() && !answers.yes(Text.of("app.undo.ask"))) {
            return Optional.empty();
        }
        Set<UndoChoice> choices = new LinkedHashSet<>();
        for (UndoList.Option option : list.asked()) {
            if (answers.yes(Text.of("app.undo.askToo", option.what()))) {
                choices.add(option.choice());
            }
        }
        return list.goes().isEmpty() && choices.isEmpty() ? Optional.empty() : Optional.of(choices);
    }

    /** @param yes whether to go ahead without asking */
    int remove(String name, boolean yes) {
        return withRuns(runs -> {
            StoredRun run = find(runs, name);
            boolean nothingLost = run.traces().isEmpty() && run.problem().isEmpty();
            if (!yes && !answers.yes(Text.of(nothingLost ? "app.remove.ask" : "app.remove.askLeft", run.id()))) {
                return ExitStatus.FAILED;
            }
            runs.remove(run);
            printer.removed(run);
            return ExitStatus.PROVEN;
        });
    }

    private static StoredRun find(Runs runs, String name) throws Failure {
        List<StoredRun> all = runs.list();
        if (name.equals(LAST) && !all.isEmpty()) {
            return all.get(0);
        }
        List<StoredRun> fitting = all.stream().filter(run -> run.id().startsWith(name)).toList();
        if (fitting.size() != 1) {
            throw Failure.of(fitting.isEmpty() ? "app.noSuchRun" : "app.severalRuns", "", name);
        }
        return fitting.get(0);
    }

    @FunctionalInterface
    private interface Work {
        int with(Runs runs) throws Failure, InterruptedException;
    }

    private int withRuns(Work work) {
        try (SessionsFactory.Open open = sessions.open(practice)) {
            return work.with(open.sessions().runs(practice.isPresent()));
        } catch (Failure e) {
            printer.problem(e.problem());
            return ExitStatus.FAILED;
        } catch (InterruptedException e) {
            // The program ends with this: nobody is left to be told of the interrupt but by the status.
            printer.interrupted();
            return ExitStatus.CANCELLED;
        }
    }
}
