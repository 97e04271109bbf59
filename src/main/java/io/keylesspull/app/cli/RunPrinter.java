package io.keylesspull.app.cli;

import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.setup.cost.CostEstimate;
import io.keylesspull.setup.plan.LeftBehind;
import io.keylesspull.setup.plan.Review;
import io.keylesspull.setup.plan.UndoList;
import io.keylesspull.setup.report.TargetEnd;
import io.keylesspull.setup.request.Violation;
import io.keylesspull.setup.session.ProvenCluster;
import io.keylesspull.setup.session.ProvenMachine;
import io.keylesspull.setup.session.ProvenScaleSet;
import io.keylesspull.setup.session.StoredRun;
import io.keylesspull.setup.step.Check;
import io.keylesspull.setup.step.Script;
import io.keylesspull.text.Text;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Prints the progress and the results of unattended work. Not thread-safe: callers hold its lock. */
interface RunPrinter {

    /** The setup file cannot be used. @param violations at least one */
    void invalid(Path file, List<Violation> violations);

    /** A remark that stops nothing. */
    void notice(Text text);

    /** What a run would do. */
    void changes(List<Review.Entry> changes);

    /** What was checked before anything is made, with the problems found. */
    void checks(List<Check> checks);

    /** What the resources that a run would make cost. */
    void cost(CostEstimate estimate, boolean practice);

    /** The same work by hand. */
    void commands(List<Script.Line> commands);

    /** The run was not started because a check failed. */
    void refused();

    void event(RunEvent event);

    /** The run succeeded, and the pull is proven on every machine and in every cluster. */
    void proven(List<ProvenMachine> machines, List<ProvenCluster> clusters, Optional<ProvenScaleSet> scaleSet);

    /**
     * A run or an undo that did not come to its end.
     *
     * @param left may be empty
     * @param targets what a run came to; none of an undo
     * @param optionals what was said of an undo; {@link Optionals#ASKED} of a run
     */
    record Stopped(Purpose purpose, String run, LeftBehind left, List<TargetEnd> targets, Optionals optionals) {

        public Stopped {
            targets = List.copyOf(targets);
        }
    }

    void failed(Stopped stopped);

    void cancelled(Stopped stopped);

    /** All stored runs. */
    void runs(List<StoredRun> runs);

    /** A run's folder was deleted. */
    void removed(StoredRun run);

    /** What is said on the command line of what an undo takes back only if it is chosen. */
    enum Optionals {
        ASKED(""),
        ALL(" --yes --restore-machines"),
        NONE(" --yes");

        private final String options;

        Optionals(String options) {
            this.options = options;
        }

        /** How that is said, with a blank before it. */
        String options() {
            return options;
        }
    }

    /** What undoing a run would do. */
    void undoList(UndoList list, Optionals optionals);

    /** The undo has succeeded. */
    void undone(LeftBehind left);

    /** There was nothing to undo. @param why in words */
    void nothingToUndo(Text why);

    /** The user did not agree to the undo. */
    void notUndone();

    /** Cancelled before a new run could start. */
    void interrupted();

    /** A problem because of which a run could not start. */
    void problem(Problem problem);
}
