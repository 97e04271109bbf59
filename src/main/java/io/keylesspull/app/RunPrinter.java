package io.keylesspull.app;

import io.keylesspull.engine.Problem;
import io.keylesspull.engine.RunEvent;
import io.keylesspull.setup.ProvenMachine;
import java.util.List;

/** Prints what happens in an unattended run, each event as it comes. Events come one at a time. */
interface RunPrinter {

    void event(RunEvent event);

    /** A run that ended without a machine left unproven. */
    void proven(List<ProvenMachine> machines);

    /** Something that stood in the way before a run could begin. */
    void problem(Problem problem);

    /** What a cancelled run has made and not taken away. @param resourceIds may be empty */
    void cancelled(List<String> resourceIds);
}
