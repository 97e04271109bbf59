package io.keylesspull.fault;

import static io.keylesspull.fault.RequestRows.put;
import static io.keylesspull.fault.Row.run;
import static io.keylesspull.fault.Setup.NEW;
import static io.keylesspull.fault.Setup.SHARED;
import static io.keylesspull.fault.Setup.THERE;
import static io.keylesspull.practice.fault.Occasions.always;
import static io.keylesspull.practice.fault.Occasions.first;
import static io.keylesspull.practice.fault.Occasions.only;

import io.keylesspull.practice.machine.ssh.CommandFault;
import io.keylesspull.practice.machine.ssh.SshFault;
import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.RequestMatcher;
import java.time.Duration;
import java.util.List;

/** Machines, and the way to them. */
final class MachineRows {

    private static final String INSTALL_DOCKER = "install -y docker.io";
    private static final String PULL = "^docker pull ";

    private static final RequestMatcher MANIFEST =
            RequestMatcher.to("*.azurecr.io").ofMachines().path("^/v2/aci-helloworld/man");

    private MachineRows() {}

    static List<Row> rows() {
        return List.of(
                run(
                        "SSH connections are refused three times",
                        SHARED,
                        world -> world.ssh(first(3), SshFault.REFUSED),
                        """
                        proven after 16..20 s; met 0..6 times
                        waits: 1..5 × the machine does not answer yet
                        undo: as before
                        """),
                run(
                        "SSH connections are refused for ever (new machine)",
                        NEW,
                        world -> world.ssh(always(), SshFault.REFUSED),
                        """
                        failed after 300 s; met 30..36 times
                        waits: 30..34 × the machine does not answer yet
                        connect: ‹address› refuses connections on port 22: nothing listens there, or a firewall turns
                        them away. Nothing could be done on the machine. Check that the machine has started and that its
                        SSH server runs.
                        left: disks, mycontainerregistry.azurecr.io/aci-helloworld, networkInterfaces/myDockerVMVMNic,
                        networkSecurityGroups/myDockerVMNSG, publicIPAddresses/myDockerVMPublicIP,
                        registries/myContainerRegistry, resourceGroups/myResourceGroup, roleAssignments,
                        userAssignedIdentities/myACRId, virtualMachines/myDockerVM, virtualNetworks/myDockerVMVNET
                        undo: as before
                        """),
                run(
                        "SSH connections are refused for ever (machine that was there)",
                        THERE,
                        world -> world.ssh(always(), SshFault.REFUSED),
                        """
                        failed after 44..60 s; met 4..10 times
                        waits: 4..8 × the machine does not answer yet
                        connect: ‹address› refuses connections on port 22: nothing listens there, or a firewall turns
                        them away. Nothing could be done on the machine. Check that the machine has started and that its
                        SSH server runs.
                        left: roleAssignments, virtualMachines/practiceBare (changed)
                        undo: as before
                        """),
                run(
                        "the machine's network security group lets others in",
                        THERE,
                        world -> world.untilMended(
                                world.faults().arm().changeRule(world.id("/practiceBareNSG"), "198.51.100.0/24")),
                        """
                        failed after 6..9 s
                        waits: 2 × the machine does not answer yet: port 22 is open to ‹address›/24 alone (rule
                        default-allow-ssh of network security group practiceBareNSG)
                        connect: Azure does not let you in on port 22 of machine “practiceBare”. Your address is
                        ‹address›/32, but port 22 is open to ‹address›/24 alone (rule default-allow-ssh of network
                        security group practiceBareNSG). Let the network security group allow your address, or start
                        from an address that it allows, and try again. [‹address› (port 22) did not finish …]
                        left: …
                        undo: as before
                        """),
                run(
                        "the subnet's network security group lets nobody in",
                        THERE,
                        world -> world.untilMended(world.faults().arm().closeSubnet(world.id("/practiceBareVNET"))),
                        """
                        failed after 6..9 s
                        waits: 2 × the machine does not answer yet: port 22 is closed by rule DenyAllInBound of network
                        security group practiceBareVNET-closed
                        connect: Azure does not let you in on port 22 of machine “practiceBare”. …
                        left: …
                        undo: as before
                        """),
                run(
                        "the network security group of a new machine is changed meanwhile",
                        NEW,
                        world -> world.before(
                                put(RequestRows.MACHINE),
                                () -> world.untilMended(world.faults()
                                        .arm()
                                        .changeRule(world.id("/myDockerVMNSG"), "198.51.100.0/24"))),
                        """
                        failed after 6..9 s; met 1 times
                        waits: 2 × the machine does not answer yet: port 22 is open to ‹address›/24 alone (rule
                        default-allow-ssh of network security group myDockerVMNSG)
                        connect: Azure does not let you in on port 22 of machine “myDockerVM”. …
                        left: …
                        undo: as before
                        """),
                run(
                        "an SSH connection is reset in the handshake",
                        SHARED,
                        world -> world.ssh(first(1), SshFault.RESET),
                        """
                        proven after 1..4 s; met 1 times
                        waits: 1 × the machine does not answer yet
                        undo: as before
                        """),
                run("SSH connections are reset for ever", THERE, world -> world.ssh(always(), SshFault.RESET), """
                        failed after 44..60 s; met 4..10 times
                        waits: 4..8 × the machine does not answer yet
                        connect: The connection to ‹address› (port 22) was accepted, and closed before SSH was set
                        up. No command was sent. … The machine’s other address was tried, too: … If your network does
                        not let SSH through, use a proxy (--ssh-proxy, …
                        left: roleAssignments, virtualMachines/practiceBare (changed)
                        undo: as before
                        """),
                run("no key is accepted", THERE, world -> world.ssh(always(), SshFault.AUTHENTICATION_REFUSED), """
                        failed after 0..1 s; met 1 times
                        connect: ‹address› (port 22) does not accept the user azureuser with the key ssh-ed25519
                        ‹fingerprint›. Nothing could be done on the machine. Check the user’s name and that the key
                        belongs to this machine. Another key can be named in sshKey. If the user exists, "addKey": true
                        in "ssh" has an existing machine’s user get the key by Run Command; undo removes it.
                        left: roleAssignments, virtualMachines/practiceBare (changed)
                        undo: as before
                        """),
                run("the host key is another one", THERE, world -> world.ssh(always(), SshFault.OTHER_HOST_KEYS), """
                        failed after 0..1 s; met 1 times
                        connect: The server at ‹address› (port 22) is not the expected machine: its host key
                        is ecdsa-sha2-nistp256 ‹fingerprint›, expected is ecdsa-sha2-nistp256 ‹fingerprint›,
                        ssh-ed25519 ‹fingerprint›, ssh-rsa ‹fingerprint›. Nothing was sent to it. Somebody in between
                        may pretend to be the machine, so nothing was sent. Do not go on from this network before you
                        know why. If the machine was rebuilt, try again.
                        left: roleAssignments, virtualMachines/practiceBare (changed)
                        undo: as before
                        """),
                run(
                        "the host key changes between two connections",
                        THERE,
                        world -> {
                            world.command("^az account show", first(1), CommandFault.resetBefore());
                            world.ssh(only(2), SshFault.OTHER_HOST_KEYS);
                        },
                        """
                        failed after 0..1 s; met 1 times
                        docker: The server at ‹address› (port 22) is not the expected machine: its host key
                        is ecdsa-sha2-nistp256 ‹fingerprint›, expected is ecdsa-sha2-nistp256 ‹fingerprint›,
                        ssh-ed25519 ‹fingerprint›, ssh-rsa ‹fingerprint›. Nothing was sent to it. Somebody in between
                        may pretend to be the machine, so nothing was sent. Do not go on from this network before you
                        know why. If the machine was rebuilt, try again.
                        left: inside virtualMachines/practiceBare: docker and group and package, roleAssignments,
                        virtualMachines/practiceBare (changed)
                        undo: as before
                        """),
                run(
                        "the connection is reset before a command",
                        SHARED,
                        world -> world.command("^az version", first(1), CommandFault.resetBefore()),
                        """
                        proven after 4..8 s; met 1 times
                        waits: 1 × the connection to the machine was lost; the step looks at what is there and goes on
                        undo: as before
                        """),
                run(
                        "the connection is reset while packages are installed",
                        THERE,
                        world -> world.command(INSTALL_DOCKER, first(1), CommandFault.resetAtOutput("Unpacking")),
                        """
                        proven after 4..8 s; met 1 times
                        waits: 1 × the connection to the machine was lost; the step looks at what is there and goes on
                        undo: as before
                        """),
                run(
                        "the connection is reset after the pull, before its exit status",
                        SHARED,
                        world -> world.command(PULL, first(1), CommandFault.resetAtEnd()),
                        """
                        proven after 4..8 s; met 1 times
                        waits: 1 × the connection to the machine was lost; the step looks at what is there and goes on
                        undo: as before
                        """),
                run(
                        "the machine restarts while packages are installed",
                        THERE,
                        world -> world.beforeCommand(
                                INSTALL_DOCKER, () -> world.machine().reboot()),
                        """
                        proven after 4..8 s; met 1 times
                        waits: 1 × the connection to the machine was lost; the step looks at what is there and goes on
                        undo: as before
                        """),
                run(
                                "the connection is half-open: nothing comes any more (docker pull)",
                                SHARED,
                                world -> world.command(PULL, first(1), CommandFault.halfOpen()),
                                """
                        proven after 5..8 s; met 1 times
                        waits: 1 × the connection to the machine was lost; the step looks at what is there
                        and goes on
                        undo: as before
                        """)
                        .slowly(),
                run(
                                "SSH connections are taken and nothing is said (half-open from the start)",
                                THERE,
                                world -> world.ssh(always(), SshFault.SILENT),
                                """
                        failed after 45..48 s; met 4..9 times
                        waits: 3..8 × the machine does not answer yet
                        connect: ‹address› (port 22) did not finish the SSH connection within 15 seconds. …
                        left: roleAssignments, virtualMachines/practiceBare (changed)
                        undo: as before
                        """)
                        .slowly(),
                run(
                        "a command never ends (docker pull)",
                        SHARED,
                        world -> {
                            world.beforeCommand(PULL, () -> world.time().pass(Duration.ofMinutes(31)));
                            world.command(PULL, first(1), CommandFault.neverEnds());
                        },
                        """
                        failed after 1859..1863 s; met 1 times
                        pull: On ‹address›, the command did not end within 1800 seconds and was asked to stop: docker
                        pull mycontainerregistry.azurecr.io/aci-helloworld:v1 It took far longer than it ever should.
                        Look at the machine, then try again.
                        left: inside virtualMachines/practiceDocker: account and digest and directory and file and
                        group and image and
                        package, mycontainerregistry.azurecr.io/aci-helloworld, registries/myContainerRegistry,
                        resourceGroups/myResourceGroup, roleAssignments, userAssignedIdentities/myACRId,
                        virtualMachines/practiceDocker (changed)
                        undo: as before
                        """),
                run(
                        "a command prints 8 MB",
                        THERE,
                        world -> world.command(PULL, first(1), CommandFault.flood(8L << 20, false)),
                        """
                        proven after 0..1 s; met 1 times
                        undo: as before
                        """),
                run(
                                "a command prints 1 GB",
                                THERE,
                                world -> world.command(PULL, first(1), CommandFault.flood(1L << 30, false)),
                                """
                        proven after 0..1 s; met 1 times
                        undo: as before
                        """)
                        .slowly(),
                run(
                        "the machine's disk is full",
                        THERE,
                        world -> world.beforeCommand(PULL, () -> {
                            world.machine().fillDisk();
                            world.whenMended(() -> world.machine().freeDisk());
                        }),
                        """
                        failed after 0..1 s; met 1 times
                        pull: The disk of machine “practiceBare” is full. There was no space for what “docker”
                        had to write. Free some space on the machine (the first command shows where, the second one how
                        much is Docker’s), or enlarge the disk, and try again. [Error response from daemon: failed to
                        copy: write ‹folder›/data: no space left on
                        device v1: Pulling from aci-helloworld e4f4a6cb4ebc: Pulling fs layer 920c94a383f0: Pulling fs
                        layer a8e76646ffc7: Pulling fs layer]
                        left: inside virtualMachines/practiceBare: account and digest and directory and docker and file
                        and group and
                        image and package, roleAssignments, virtualMachines/practiceBare (changed)
                        undo: as before
                        """),
                run(
                        "Docker's configuration on the machine cannot be read",
                        THERE,
                        world -> world.withFile("/home/azureuser/.docker", "config.json", "{ // our proxies"),
                        """
                        failed after 0..1 s
                        docker-config: Docker's configuration .docker/config.json on machine “practiceBare” is not JSON
                        that can be understood. A sign-in to the registry would replace the whole file, and other
                        sign-ins and proxies in it would be lost. So nothing was written. Correct the file (JSON has no
                        comments), or delete it if nothing in it is needed, and try again. [WARNING: Error parsing
                        config file (/home/azureuser/.docker/config.json): invalid character '/' looking for beginning
                        of object key string]
                        left: inside virtualMachines/practiceBare: digest and docker and group and image and package,
                        roleAssignments, virtualMachines/practiceBare (changed)
                        undo: as before
                        """),
                run(
                        "mcr.microsoft.com is blocked for the machine",
                        THERE,
                        world -> world.http(
                                RequestMatcher.to("mcr.microsoft.com").ofMachines(), always(), HttpFault.status(403)),
                        """
                        proven after 0..1 s; met 1..3 times
                        undo: as before
                        """),
                run(
                        "the metadata service answers 500 twice",
                        SHARED,
                        world -> world.http(
                                RequestMatcher.to("169.254.169.254").ofMachines(), first(2), HttpFault.status(500)),
                        """
                        proven after 14..18 s; met 2 times
                        waits: 2 × the machine cannot get a token for its identity yet
                        undo: as before
                        """),
                run(
                        "the metadata service answers 500 for ever",
                        SHARED,
                        world -> world.http(
                                RequestMatcher.to("169.254.169.254").ofMachines(), always(), HttpFault.status(500)),
                        """
                        failed after 179..183 s; met 11..17 times
                        waits: 11..15 × the machine cannot get a token for its identity yet
                        sign-in: Machine “practiceDocker” could not sign in to Azure with its managed identity. It
                        cannot get a token for the registry. Check that the identity is attached to the machine and that
                        nothing on it sends ‹address› through a proxy. [ERROR: Failed to connect to MSI. Please make
                        sure MSI is configured correctly. Get Token request returned http error: 500, reason: The
                        service cannot answer at the moment]
                        left: inside virtualMachines/practiceDocker: digest and directory and file and group and image
                        and package,
                        mycontainerregistry.azurecr.io/aci-helloworld, registries/myContainerRegistry,
                        resourceGroups/myResourceGroup, roleAssignments, userAssignedIdentities/myACRId,
                        virtualMachines/practiceDocker (changed)
                        undo: as before
                        """),
                run(
                        "the registry throttles the machine's pull twice (429)",
                        SHARED,
                        world -> world.http(MANIFEST, first(2), HttpFault.status(429)),
                        """
                        proven after 14..18 s; met 1..7 times
                        waits: 2 × the registry is busy or in trouble; it is asked again
                        undo: as before
                        """),
                run(
                        "the registry answers the machine's pull with 503 for ever",
                        SHARED,
                        world -> world.http(MANIFEST, always(), HttpFault.status(503)),
                        """
                        failed after 300 s; met 10..16 times
                        waits: 10..14 × the registry is busy or in trouble; it is asked again
                        pull: After 5 minutes, mycontainerregistry.azurecr.io still does not serve machine
                        “practiceDocker”. It is busy, or one of its services is in trouble. Wait a few minutes and try
                        again. Known trouble is listed at https://azure.status.microsoft. [Error response from daemon:
                        failed to resolve reference "mycontainerregistry.azurecr.io/aci-helloworld:v1": unexpected
                        status from HEAD request to
                        https://mycontainerregistry.azurecr.io/v2/aci-helloworld/manifests/v1: 503 Service Unavailable]
                        left: inside virtualMachines/practiceDocker: account and digest and directory and file and
                        group and image and
                        package, mycontainerregistry.azurecr.io/aci-helloworld, registries/myContainerRegistry,
                        resourceGroups/myResourceGroup, roleAssignments, userAssignedIdentities/myACRId,
                        virtualMachines/practiceDocker (changed)
                        undo: as before
                        """));
    }
}
