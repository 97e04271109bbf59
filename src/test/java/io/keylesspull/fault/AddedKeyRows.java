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
                        "x"),
                run(
                        "the machine's agent dies before the key is added",
                        ADDED_KEY,
                        world -> world.before(
                                SCRIPTS.method("PUT"),
                                () -> world.untilMended(world.faults().arm().agentsDead())),
                        "x"),
                run(
                        "the result of the script that adds the key is cut off",
                        ADDED_KEY,
                        world -> world.http(SCRIPTS.method("GET"), only(3), cutOff()),
                        "x"),
                run(
                        "no room on the machine's disk for the key",
                        ADDED_KEY,
                        world -> {
                            world.machine().fillDisk();
                            world.whenMended(world.machine()::freeDisk);
                        },
                        "x"),
                undo(
                        "no room on the machine's disk to remove the key",
                        ADDED_KEY,
                        world -> world.before(SCRIPTS.method("PUT"), () -> {
                            world.machine().fillDisk();
                            world.whenMended(world.machine()::freeDisk);
                        }),
                        "x"),
                undo(
                        "the result of the script that removes the key is cut off",
                        ADDED_KEY,
                        world -> world.http(SCRIPTS.method("GET"), first(1), cutOff()),
                        "x"),
                undo(
                        "the machine's agent is dead when the key is removed",
                        ADDED_KEY,
                        world -> world.untilMended(world.faults().arm().agentsDead()),
                        "x"));
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
