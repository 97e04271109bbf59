package io.keylesspull.fault;

import static io.keylesspull.fault.RequestRows.azure;
import static io.keylesspull.fault.Row.run;
import static io.keylesspull.fault.Row.undo;
import static io.keylesspull.fault.Setup.ADDED_KEY;
import static io.keylesspull.practice.fault.Occasions.always;
import static io.keylesspull.practice.fault.Occasions.first;
import static io.keylesspull.practice.fault.Occasions.only;

import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.RequestMatcher;
import java.util.List;

/** A machine whose user gets the key by Run Command. */
final class AddedKeyRows {

    private static final RequestMatcher SCRIPTS = azure().path("/runCommands/");

    private AddedKeyRows() {}

    static List<Row> rows() {
        return List.of(
                run(
                        "the right to use Run Command was lost before the key is added",
                        ADDED_KEY,
                        world -> world.http(SCRIPTS.method("PUT"), always(), refusal()),
                        """
                        failed after 0..1 s; met 1 times
                        connect: You may not do that: machine “practiceBare”. … [AuthorizationFailed: …]
                        left: …
                        undo: as before
                        """),
                run(
                        "the machine's agent dies before the key is added",
                        ADDED_KEY,
                        world -> world.before(
                                SCRIPTS.method("PUT"),
                                () -> world.untilMended(world.faults().arm().agentsDead())),
                        """
                        failed after 900..930 s; met 1 times
                        connect: The VM agent of machine “practiceBare” does not report to Azure. …
                        left: …
                        undo: as before
                        """),
                run(
                        "the result of the script that adds the key is cut off",
                        ADDED_KEY,
                        world -> world.http(SCRIPTS.method("GET"), only(3), cutOff()),
                        """
                        proven after 5..6 s; met 1 times
                        waits: 1 × the result of a command did not come; the step looks at what is there and goes on
                        undo: as before
                        """),
                run(
                        "no room on the machine's disk for the key",
                        ADDED_KEY,
                        world -> {
                            world.machine().fillDisk();
                            world.whenMended(world.machine()::freeDisk);
                        },
                        """
                        failed after 0..1 s
                        connect: “tee -a .ssh/authorized_keys … ended with status 1 on machine “practiceBare”. … No
                        space left on device …
                        left: …
                        undo: as before
                        """),
                undo(
                        "no room on the machine's disk to remove the key",
                        ADDED_KEY,
                        world -> world.before(SCRIPTS.method("PUT"), () -> {
                            world.machine().fillDisk();
                            world.whenMended(world.machine()::freeDisk);
                        }),
                        """
                        failed after 0..1 s; met 1 times
                        remove-key: “sh -c … ended with status 1 on machine “practiceBare”. … No space left on device]
                        left: inside virtualMachines/practiceBare: file
                        undo: as before
                        """),
                undo(
                        "the result of the script that removes the key is cut off",
                        ADDED_KEY,
                        world -> world.http(SCRIPTS.method("GET"), first(1), cutOff()),
                        """
                        undone after 5..6 s; met 1 times
                        waits: 1 × the result of a command did not come; the step looks at what is there and goes on
                        undo: as before
                        """),
                undo(
                        "the machine's agent is dead when the key is removed",
                        ADDED_KEY,
                        world -> world.before(
                                SCRIPTS.method("PUT"),
                                () -> world.untilMended(world.faults().arm().agentsDead())),
                        """
                        failed after 900..930 s; met 1 times
                        remove-key: The VM agent of machine “practiceBare” does not report to Azure. …
                        left: inside virtualMachines/practiceBare: file
                        undo: as before
                        """));
    }

    private static HttpFault refusal() {
        return HttpFault.refusal(
                403,
                "AuthorizationFailed",
                "The client does not have authorization to perform action"
                        + " 'Microsoft.Compute/virtualMachines/runCommands/write'.");
    }

    private static HttpFault cutOff() {
        return RunCommandRows.ended("Failed", 1);
    }
}
