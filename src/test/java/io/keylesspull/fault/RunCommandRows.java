package io.keylesspull.fault;

import static io.keylesspull.fault.RequestRows.azure;
import static io.keylesspull.fault.Row.run;
import static io.keylesspull.fault.Setup.BY_RUN_COMMAND;
import static io.keylesspull.fault.Setup.THERE;
import static io.keylesspull.practice.fault.Occasions.always;
import static io.keylesspull.practice.fault.Occasions.first;
import static io.keylesspull.practice.fault.Occasions.only;

import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.RequestMatcher;
import java.util.List;

/** A machine that is reached by Run Command. */
final class RunCommandRows {

    private static final RequestMatcher SCRIPTS = azure().path("/runCommands/");
    private static final HttpFault BUSY = HttpFault.refusal(
            409,
            "Conflict",
            "Run command extension execution is in progress. "
                    + "Please wait for completion before invoking a run command.");

    private RunCommandRows() {}

    static List<Row> rows() {
        return List.of(
                run(
                        "the machine's agent runs somebody else's script for a while",
                        BY_RUN_COMMAND,
                        world -> world.http(SCRIPTS.method("PUT"), first(3), BUSY),
                        """
                        proven after 35..36 s; met 3 times
                        waits: 3 × the machine’s agent runs another script
                        check: Machine “practiceBare” is set up by Run Command. …
                        undo: as before
                        """),
                run(
                        "the machine's agent is busy for ever",
                        BY_RUN_COMMAND,
                        world -> world.http(SCRIPTS.method("PUT"), always(), BUSY),
                        """
                        failed after 600..601 s; met 15..30 times
                        waits: 15..30 × the machine’s agent runs another script
                        check: Machine “practiceBare” is set up by Run Command. …
                        connect: Azure refuses to change this now: machine “practiceBare”. …
                        left: …
                        undo: as before
                        """),
                run(
                        "a script takes too long, and Azure kills it",
                        BY_RUN_COMMAND,
                        world -> world.http(SCRIPTS.method("GET"), only(4), ended("TimedOut", -1)),
                        """
                        failed after 0..1 s; met 1 times
                        check: Machine “practiceBare” is set up by Run Command. …
                        docker: A command on machine “practiceBare” did not end within 1800 seconds: …
                        left: …
                        undo: as before
                        """),
                run(
                        "the result of a script is cut off",
                        BY_RUN_COMMAND,
                        world -> world.http(SCRIPTS.method("GET"), only(5), ended("Failed", 1)),
                        """
                        proven after 5..6 s; met 1 times
                        waits: 1 × the result of a command did not come; the step looks at what is there and goes on
                        check: Machine “practiceBare” is set up by Run Command. …
                        undo: as before
                        """),
                run(
                        "the machine's agent does not run",
                        BY_RUN_COMMAND,
                        world -> world.untilMended(world.faults().arm().agentsDead()),
                        """
                        failed after 0..1 s
                        check: Machine “practiceBare” is set up by Run Command. …
                        check: The VM agent of machine “practiceBare” does not report to Azure. …
                        undo: nothing to undo
                        """),
                run(
                        "the machine's agent dies in the middle",
                        BY_RUN_COMMAND,
                        world -> world.before(
                                SCRIPTS.method("PUT"),
                                () -> world.untilMended(world.faults().arm().agentsDead())),
                        """
                        failed after 900..930 s; met 1 times
                        check: Machine “practiceBare” is set up by Run Command. …
                        connect: The VM agent of machine “practiceBare” does not report to Azure. …
                        left: …
                        undo: as before
                        """),
                run(
                        "the machine's agent dies before the host keys are read",
                        THERE,
                        world -> world.before(
                                azure().method("POST").path("/runCommand"),
                                () -> world.untilMended(world.faults().arm().agentsDead())),
                        """
                        failed after 600..620 s; met 1 times
                        host-keys: The VM agent of machine “practiceBare” does not report to Azure. …
                        left: …
                        undo: as before
                        """),
                run(
                        "the machine is stopped in the middle",
                        BY_RUN_COMMAND,
                        world -> world.http(
                                SCRIPTS.method("PUT"),
                                only(6),
                                HttpFault.refusal(
                                        409,
                                        "OperationNotAllowed",
                                        "Cannot modify extensions in the VM when the VM is not running.")),
                        """
                        failed after 0..1 s; met 1 times
                        check: Machine “practiceBare” is set up by Run Command. …
                        docker: Azure refuses to change this now: machine “practiceBare”. … OperationNotAllowed: …
                        left: …
                        undo: as before
                        """));
    }

    /** A script that Azure did not let come to its end. */
    static HttpFault ended(String state, int exitCode) {
        return HttpFault.json(
                200,
                "{\"location\": \"japaneast\", \"properties\": {\"provisioningState\": \"Succeeded\", "
                        + "\"instanceView\": {\"executionState\": \"" + state + "\", \"exitCode\": " + exitCode
                        + ", \"output\": \"\", \"error\": \"\"}}}");
    }
}
