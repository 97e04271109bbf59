package io.keylesspull.real;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.PracticeClouds;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.machine.host.PracticeMachines;
import io.keylesspull.practice.machine.ssh.SshHook;
import io.keylesspull.practice.machine.state.AptLock;
import io.keylesspull.remote.SshException;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** The product at work on practice machines. */
final class PracticeBench extends Bench {

    private static final String UPDATE = "apt-get -o DPkg::Lock::Timeout=600 update";
    private static final String INSTALL = "apt-get -o DPkg::Lock::Timeout=600 install -y ";

    private final PracticeMachines machines;
    private final String azureCli;

    /** @param azureCli the version of the Azure CLI that real machines get too */
    static PracticeBench of(String azureCli, Pace pace, Path folder, Time time)
            throws AzureException, InterruptedException, IOException, SshException {
        ClockInHand clock = new ClockInHand();
        AtomicReference<PracticeMachines> machines = new AtomicReference<>();
        PracticeCloud cloud = PracticeClouds.start(pace, clock, internet -> {
            machines.set(new PracticeMachines(pace, clock, internet, new Random(7), SshHook.NONE));
            return machines.get();
        });
        return new PracticeBench(cloud, machines.get(), azureCli, clock, folder, time);
    }

    private PracticeBench(
            PracticeCloud cloud, PracticeMachines machines, String azureCli, ClockInHand clock, Path folder, Time time)
            throws AzureException, InterruptedException, IOException, SshException {
        super(cloud, machines, clock, folder, time);
        this.machines = machines;
        this.azureCli = azureCli;
    }

    @Override
    void prepare(String machineId, Set<Part> parts) {
        machines.machine(machineId).offerAzureCli(azureCli);
        // Its first start is over, as it is on real machines when the product comes.
        onMachine(machineId, "cloud-init status --wait");
        if (parts.contains(Part.DOCKER)) {
            onMachine(machineId, UPDATE, INSTALL + "docker.io");
        }
        if (parts.contains(Part.AZURE_CLI)) {
            installAzureCli(machineId);
        }
        if (parts.contains(Part.DOCKER_GROUP)) {
            onMachine(machineId, "usermod -aG docker " + ADMIN);
        }
    }

    /** Where it comes from is forgotten afterwards, as on the machines that real ones start from. */
    private void installAzureCli(String machineId) {
        onMachine(
                machineId,
                INSTALL + "ca-certificates curl gnupg",
                "mkdir -p /etc/apt/keyrings",
                "curl -sSfL -o /root/microsoft.asc https://packages.microsoft.com/keys/microsoft.asc",
                "gpg --dearmor --yes -o /etc/apt/keyrings/microsoft.gpg /root/microsoft.asc",
                "chmod go+r /etc/apt/keyrings/microsoft.gpg");
        machines.machine(machineId).putFile("/etc/apt/sources.list.d/azure-cli.sources", """
                Types: deb
                URIs: https://packages.microsoft.com/repos/azure-cli/
                Suites: bookworm
                Components: main
                Architectures: amd64
                Signed-by: /etc/apt/keyrings/microsoft.gpg
                """);
        onMachine(
                machineId,
                UPDATE,
                INSTALL + "azure-cli",
                "rm -f /etc/apt/sources.list.d/azure-cli.sources /etc/apt/keyrings/microsoft.gpg");
    }

    @Override
    void holdAptLock(String machineId, AptLock.File file, Duration duration) {
        machines.machine(machineId).holdAptLock(file, duration);
    }

    /** Its Docker is one of before. */
    @Override
    void keepImagesInContainerd(String machineId) {}

    @Override
    void cutPower(String machineId) {
        reboot(machineId);
    }

    @Override
    void replaceHostKeys(String machineId) {
        machines.machine(machineId).replaceHostKeys();
    }

    @Override
    void forbidForwarding(String machineId) {
        machines.machine(machineId).putFile("/etc/ssh/sshd_config.d/10-jump-host.conf", "AllowTcpForwarding no\n");
    }

    @Override
    void fillDisk(String machineId) {
        machines.machine(machineId).fillDisk();
    }

    @Override
    void haveAzureCli(String machineId, String version) {
        machines.machine(machineId).offerAzureCli(version);
        installAzureCli(machineId);
    }
}
