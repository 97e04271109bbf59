package io.keylesspull.app;

import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.setup.plan.Review;
import io.keylesspull.setup.plan.UndoList;
import io.keylesspull.setup.session.ProvenMachine;
import io.keylesspull.setup.session.StoredRun;
import io.keylesspull.setup.step.Check;
import io.keylesspull.setup.step.Script;
import io.keylesspull.text.Text;
import java.util.List;

/** Prints what happens without a window, each thing as it comes. One call at a time. */
interface RunPrinter {

    /** Something to be known that stands in nobody's way. */
    void notice(Text text);

    /** What a run would do. */
    void changes(List<Review.Entry> changes);

    /** What was looked at before anything is made, with the problems found. */
    void checks(List<Check> checks);

    /** The same work by hand. */
    void commands(List<Script.Line> commands);

    /** A run that was not begun, because a check was bad. */
    void refused();

    void event(RunEvent event);

    /** A run that ended without a machine left unproven. */
    void proven(List<ProvenMachine> machines);

    /** A run, or taking it back, that ended otherwise. @param resourceIds of what it made and what is left; may be empty */
    void failed(Purpose purpose, String run, List<String> resourceIds);

    /** A run, or taking it back, that was cancelled. @param resourceIds of what it made and what is left; may be empty */
    void cancelled(Purpose purpose, String run, List<String> resourceIds);

    /** The runs there are. */
    void runs(List<StoredRun> runs);

    /** A run's folder was deleted. */
    void removed(StoredRun run);

    /** What undoing a run would do. */
    void undoList(UndoList list);

    /** Nothing is left that is to be undone. */
    void undone();

    /** Undoing was not agreed to. */
    void notUndone();

    /** Cancelled before a run could begin. */
    void interrupted();

    /** Something that stood in the way before a run could begin. */
    void problem(Problem problem);
}
