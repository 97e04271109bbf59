package io.keylesspull.fault;

import static io.keylesspull.fault.RequestRows.azure;
import static io.keylesspull.fault.Row.run;
import static io.keylesspull.fault.Setup.MANY;
import static io.keylesspull.practice.fault.Occasions.always;
import static io.keylesspull.practice.fault.Occasions.first;

import io.keylesspull.practice.arm.OperationFailures;
import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.setup.request.SetupRequest;
import java.time.Duration;
import java.util.List;

/** Machines that are there, and so many of them that Azure hands a script to each. */
final class ManyRows {

    /** One more than are set up one by one. */
    static final int MACHINES = SetupRequest.MOST_ONE_BY_ONE + 1;

    private static final String ONE = "/virtualMachines/practice0007/runCommands/";

    private ManyRows() {}

    static List<Row> rows() {
        return List.of(
                run(
                        "the deployment of the scripts is refused",
                        MANY,
                        world -> world.http(
                                azure().method("PUT").path("/deployments/"),
                                always(),
                                HttpFault.refusal(409, "DeploymentQuotaExceeded", "800 deployments are there.")),
                        """
                        failed after 5..30 s; met 1..2 times
                        set-up: Azure refuses to change this now: deployment keyless-pull-…
                        left: mycontainerregistry.azurecr.io/aci-helloworld, registries/myContainerRegistry,
                        resourceGroups/myResourceGroup, roleAssignments, userAssignedIdentities/myACRId,
                        virtualMachines/practice0001 (changed), …
                        undo: as before
                        """),
                run(
                        "the deployment is cancelled in the portal before one script is sent",
                        MANY,
                        world -> {
                            world.untilMended(world.faults().arm().tooMany("PUT", ONE));
                            world.cancelDeployment(1);
                        },
                        """
                        failed after 15..60 s; met 1..100 times
                        waits: 1..3 × Azure runs the scripts on the machines: …
                        set-up: Azure has not sent the script to machine “practice0007”. …
                        left: …
                        undo: as before
                        """),
                run(
                        "the agent of one of the machines does not report",
                        MANY,
                        world -> world.untilMended(world.faults()
                                .arm()
                                .operation(
                                        "PUT",
                                        ONE,
                                        always(),
                                        OperationFailures.failed(
                                                "VMAgentStatusCommunicationError",
                                                "VM 'practice0007' has not reported status for VM agent or "
                                                        + "extensions."))),
                        """
                        failed after 15..60 s; met 1 times
                        waits: 1..3 × Azure runs the scripts on the machines: …
                        set-up: Azure answered with an error: machine “practice0007”. …
                        left: …
                        undo: as before
                        """),
                run(
                        "Azure has had too many changes of machines, from somebody else",
                        MANY,
                        world -> world.http(
                                azure().method("PATCH").path("/virtualMachines/"),
                                first(5),
                                HttpFault.status(429, Duration.ofSeconds(7))),
                        """
                        proven after 20..90 s; met 5 times
                        waits: 5 × Azure asks to wait: too many requests
                        waits: …
                        undo: as before
                        """),
                run(
                        "the result of one of the scripts is lost",
                        MANY,
                        world -> world.http(
                                azure().method("GET").path(ONE),
                                always(),
                                HttpFault.refusal(500, "InternalServerError", "It did not work.")),
                        """
                        failed after 50..90 s; met 6..12 times
                        waits: …
                        set-up: Azure answered with an error: machine “practice0007”. …
                        left: …
                        undo: as before
                        """),
                run(
                        "the role does not take effect in time",
                        MANY,
                        world -> world.untilMended(world.faults().arm().rolesWithoutEffectFor(Duration.ofHours(3))),
                        """
                        failed after 600..640 s; met 1 times
                        waits: 15..30 × Azure runs the scripts on the machines: …
                        set-up: After 10 minutes, registry mycontainerregistry.azurecr.io still refuses …
                        left: …
                        undo: as before
                        """));
    }
}
