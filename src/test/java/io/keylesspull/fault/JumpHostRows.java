package io.keylesspull.fault;

import static io.keylesspull.fault.Row.run;
import static io.keylesspull.fault.Setup.THROUGH_JUMP_HOST;
import static io.keylesspull.practice.fault.Occasions.always;
import static io.keylesspull.practice.fault.Occasions.first;

import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.machine.ssh.SshFault;
import java.util.List;

/** A machine that only a jump host reaches. */
final class JumpHostRows {

    private static final String FORBIDDING = "/etc/ssh/sshd_config.d/10-jump-host.conf";

    private JumpHostRows() {}

    static List<Row> rows() {
        return List.of(
                run("the jump host restarts in the middle", THROUGH_JUMP_HOST, world -> goesDown(world, first(2)), """
                        proven after 17..25 s; met 2 times
                        waits: 1 × the connection to the machine was lost; the step looks at what is there and goes on
                        waits: 2 × there is no connection through the jump host yet
                        undo: as before
                        """),
                run(
                        "the jump host goes down in the middle",
                        THROUGH_JUMP_HOST,
                        world -> goesDown(world, always()),
                        """
                        failed after 300..320 s; met 25..36 times
                        waits: 1 × the connection to the machine was lost; the step looks at what is there and goes on
                        waits: 25..35 × there is no connection through the jump host yet
                        pull: practicejump.japaneast.cloudapp.azure.com refuses connections on port 22: nothing listens
                        there, or a firewall turns them away. Without the jump host nothing can be done on the machine.
                        Check the jump host’s name and port, that it runs, and that it lets this computer in.
                        left: …
                        undo: as before
                        """),
                run(
                        "the jump host forbids connections to other machines",
                        THROUGH_JUMP_HOST,
                        world -> {
                            world.jumpHost().putFile(FORBIDDING, "AllowTcpForwarding no\n");
                            world.whenMended(
                                    () -> world.jumpHost().state().files().remove(FORBIDDING));
                        },
                        """
                        failed after 0..1 s
                        connect: The jump host practicejump.japaneast.cloudapp.azure.com (port 22) does not open
                        connections to other machines; ‹address› (port 22) cannot be reached through it. Without the
                        jump host nothing can be done on the machine. Ask whoever runs the jump host to allow TCP
                        forwarding (AllowTcpForwarding, PermitOpen in sshd_config), or use another one.
                        left: roleAssignments, virtualMachines/practicePrivate (changed)
                        undo: as before
                        """),
                run(
                        "the machine's subnet becomes private and has no NAT gateway",
                        THROUGH_JUMP_HOST,
                        world -> world.untilMended(
                                world.faults().arm().makePrivate(world.id("/virtualNetworks/practiceJumpVNET"))),
                        """
                        failed after 0..1 s
                        check: Machine “practicePrivate” may have no way out of its network. …
                        docker: Machine “practicePrivate” does not reach azure.archive.ubuntu.com. …
                        left: …
                        undo: as before
                        """),
                run(
                        "another machine has the private address",
                        THROUGH_JUMP_HOST,
                        world -> world.untilMended(
                                world.faults().machines().ssh("practicePrivate", always(), SshFault.OTHER_HOST_KEYS)),
                        """
                        failed after 0..1 s; met 1 times
                        connect: The server at ‹address› (port 22) is not the expected machine: …
                        left: roleAssignments, virtualMachines/practicePrivate (changed)
                        undo: as before
                        """));
    }

    /** Its connections end while an image is pulled, and new ones are refused. */
    private static void goesDown(World world, Occasions refused) {
        world.beforeCommand("^docker pull ", () -> {
            world.untilMended(world.faults().machines().ssh("practiceJump", refused, SshFault.REFUSED));
            world.jumpHost().reboot();
        });
    }
}
