package io.keylesspull.setup.session;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.setup.report.Report;
import java.util.List;

/** The runs of this computer's user, kept one folder each. Every method reads the disk. */
public interface Runs {

    /** The latest first. Runs that cannot be read are included, with the problem. */
    List<StoredRun> list() throws Failure;

    /** A run to hand on. @throws Failure if its folder cannot be read, or nothing has happened in it */
    Report report(StoredRun run) throws Failure;

    /**
     * Forgets a run: its folder with all that is in it is deleted, the key that opens its machines too. Nothing in
     * Azure changes.
     *
     * @throws Failure where it cannot be deleted, is being worked on, or has the key of a machine that another run
     *     works on
     */
    void remove(StoredRun run) throws Failure;
}
