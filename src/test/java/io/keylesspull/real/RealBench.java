package io.keylesspull.real;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.machine.state.AptLock;
import io.keylesspull.remote.SshException;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** The product at work on real machines. */
final class RealBench extends Bench {

    private static final String STAND_IN = "/usr/local/bin/az";

    private final RealMachines machines;

    /** @param disk what the machines start from; for {@link #prepare}, they have all parts but the docker group */
    static RealBench in(RealWorld world, Disk disk, Pace pace, Path folder, Time time)
            throws AzureException, InterruptedException, IOException, SshException {
        ClockInHand clock = new ClockInHand();
        return new RealBench(world.cloud(disk, pace, clock), clock, folder, time);
    }

    private RealBench(RealWorld.Cloud cloud, ClockInHand clock, Path folder, Time time)
            throws AzureException, InterruptedException, IOException, SshException {
        super(cloud.practice(), cloud.machines(), clock, folder, time);
        this.machines = cloud.machines();
    }

    RealMachine machine(String machineId) {
        return machines.machine(machineId);
    }

    @Override
    void prepare(String machineId, Set<Part> parts) {
        if (!parts.contains(Part.DOCKER)) {
            // From Debian 13 on its client is in another package.
            onMachine(machineId, "dpkg --purge docker.io docker-cli");
        }
        if (parts.contains(Part.DOCKER_GROUP)) {
            onMachine(machineId, "usermod -aG docker " + ADMIN);
        }
        // The prepared disk has used the CLI; the machine's users have not.
        onMachine(machineId, "rm -r -f /root/.azure /home/" + ADMIN + "/.azure");
    }

    @Override
    void holdAptLock(String machineId, AptLock.File file, Duration duration) {
        onMachine(
                machineId,
                "systemd-run --quiet python3 -c 'import fcntl, time; "
                        + "lock = open(\"" + file.path() + "\", \"w\"); fcntl.lockf(lock, fcntl.LOCK_EX); "
                        + "open(\"/run/locked\", \"w\"); time.sleep(" + duration.toSeconds() + ")'",
                "while [ ! -e /run/locked ]; do sleep 0.1; done");
    }

    @Override
    void keepImagesInContainerd(String machineId) {
        onMachine(
                machineId,
                "echo '{\"features\": {\"containerd-snapshotter\": true}}' > /etc/docker/daemon.json",
                "systemctl restart docker && docker info | grep -q io.containerd.snapshotter");
    }

    @Override
    void cutPower(String machineId) {
        machine(machineId).pullThePlug();
    }

    @Override
    void replaceHostKeys(String machineId) {
        onMachine(machineId, "rm /etc/ssh/ssh_host_*", "ssh-keygen -q -A", "systemctl restart ssh");
    }

    @Override
    void forbidForwarding(String machineId) {
        onMachine(
                machineId,
                "echo 'AllowTcpForwarding no' > /etc/ssh/sshd_config.d/10-jump-host.conf",
                "systemctl restart ssh");
    }

    @Override
    void fillDisk(String machineId) {
        onMachine(
                machineId,
                "mount -t tmpfs -o size=100k tmpfs /var/cache/apt/archives",
                "mkdir /var/cache/apt/archives/partial");
    }

    /** The machine's own, but that it tells another version and keeps to that version's options. */
    @Override
    void haveAzureCli(String machineId, String version) {
        onMachine(
                machineId,
                "cat > " + STAND_IN + " <<'END'",
                """
                #!/bin/bash
                # Stands in for another version of the Azure CLI, as its release notes describe it.
                case "$1" in
                  version) printf '{\\n  "azure-cli": "%s"\\n}\\n' "VERSION"; exit ;;
                  login)
                    arguments=()
                    for argument; do
                      case "$argument" in
                        --username)
                          echo 'ERROR: Passing the managed identity ID with --username is no longer supported. \
                Use --client-id, --object-id or --resource-id instead.' >&2
                          exit 1 ;;
                        --resource-id) arguments+=(--username) ;;
                        *) arguments+=("$argument") ;;
                      esac
                    done
                    exec /usr/bin/az "${arguments[@]}" ;;
                  *) exec /usr/bin/az "$@" ;;
                esac
                """.replace("VERSION", version).stripTrailing(),
                "END",
                "chmod +x " + STAND_IN);
    }
}
