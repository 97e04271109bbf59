package io.keylesspull.real;

import static org.awaitility.Awaitility.await;

import io.keylesspull.practice.machine.Hypervisor.CommandOutput;
import io.keylesspull.practice.machine.Hypervisor.Spec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A Debian system with its own systemd, network and disk. */
final class RealMachine {

    private static final int SSH_PORT = 22;
    private static final int SHUT_DOWN_SECONDS = 20;

    private final Sandbox sandbox;
    private final String name;
    private final String address;
    private final Spec spec;
    private final String layers;
    private final Path authority;
    private boolean on;
    private boolean hasBooted;
    private Process process;

    /** @param number its own in the sandbox @param layers what lies below its disk, by overlay's rules */
    RealMachine(Sandbox sandbox, int number, Spec spec, String layers, Path authority) {
        this.sandbox = sandbox;
        // Name and public address are the control plane's, and other clouds' machines have the same.
        this.name = "vm" + number;
        // From the range for tests of networks (RFC 2544).
        this.address = "198.18." + number / 200 + "." + (number % 200 + 1);
        this.spec = spec;
        this.layers = layers;
        this.authority = authority;
    }

    Spec spec() {
        return spec;
    }

    /** In the sandbox; its public one leads here, as in Azure. */
    String address() {
        return address;
    }

    synchronized void switchOn() {
        on = true;
    }

    /** Shuts down in order, as Azure has it done; the plug is pulled where that takes too long. */
    synchronized void switchOff() {
        on = false;
        if (process != null && process.isAlive()) {
            try {
                inside("systemctl", "poweroff");
                process.waitFor(SHUT_DOWN_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        pullThePlug();
    }

    /** The machine is gone in a moment, in the middle of whatever it does. */
    synchronized void pullThePlug() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            process = null;
        }
    }

    /** Empty while it is off or its SSH server does not answer. */
    synchronized Optional<InetSocketAddress> sshServer() {
        if (!on) {
            return Optional.empty();
        }
        boot();
        return sandbox.answers(address, SSH_PORT) ? Optional.of(sandbox.door(address, SSH_PORT)) : Optional.empty();
    }

    /** @throws IllegalStateException where it is off */
    synchronized CommandOutput runAsRoot(String script) {
        if (!on) {
            throw new IllegalStateException("the machine " + spec.name() + " is off");
        }
        boot();
        return inside("/bin/sh", "-c", script);
    }

    /** Ends the machine and deletes its disk, which takes memory. */
    synchronized void discard() {
        pullThePlug();
        try {
            // What was ended may write for a moment yet.
            sandbox.run(
                    "/bin/sh",
                    "-c",
                    "for try in 1 2 3 4 5; do rm -rf \"$1\" 2>/dev/null && break; sleep 0.2; done",
                    "discard",
                    disk());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String disk() {
        return "/run/machines/" + name;
    }

    /**
     * Takes away what belongs to one machine or one test run alone, shuts down, and makes a layer for others of its
     * disk.
     */
    synchronized void seal(String layer) throws IOException, InterruptedException {
        CommandOutput cleaned = runAsRoot("""
                set -e
                # New users have the index of commands that the Azure CLI makes when it first runs, which takes seconds.
                for home in /etc/skel /root; do
                  mkdir -p "$home/.azure"
                  cp /home/%1$s/.azure/commandIndex.json "$home/.azure/"
                done
                userdel --force --remove %1$s
                rm -f /etc/sudoers.d/90-admin /usr/local/share/ca-certificates/real.crt
                rm -rf /root/.docker /usr/bin/docker-credential-acr-*
                rm -f /etc/apt/sources.list.d/azure-cli.sources /etc/apt/keyrings/microsoft.gpg
                rm -rf /tmp/*
                apt-get clean
                """.formatted(spec.adminUser()));
        if (cleaned.exitStatus() != 0) {
            throw new IllegalStateException("the machine was not cleaned: " + cleaned.stderr());
        }
        switchOff();
        sandbox.run("mv", disk() + "/upper", layer);
    }

    private void boot() {
        if (process != null && process.isAlive()) {
            return;
        }
        try {
            if (!hasBooted) {
                provision();
            }
            process = sandbox.start(
                    sandbox.folder().resolve(name + ".log"),
                    "/bin/sh",
                    sandbox.script("boot.sh"),
                    name,
                    address,
                    layers,
                    sandbox.script("init.sh"),
                    Sandbox.FRONT,
                    sandbox.folder().getFileName().toString());
            await(spec.name() + " boots").atMost(Duration.ofMinutes(1)).until(() -> !process.isAlive() || isUp());
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        "no machine: " + Files.readString(sandbox.folder().resolve(name + ".log")));
            }
            hasBooted = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the boot of " + spec.name() + " was interrupted", e);
        }
    }

    private boolean isUp() {
        return sandbox.answers(address, SSH_PORT)
                && inside("systemctl", "is-system-running", "--wait").stdout().matches("(?s)(running|degraded).*");
    }

    private void provision() throws IOException, InterruptedException {
        Path seed = Files.createDirectory(sandbox.folder().resolve(name));
        Files.writeString(seed.resolve("name"), spec.name() + "\n");
        Files.writeString(seed.resolve("user"), spec.adminUser() + "\n");
        Files.writeString(seed.resolve("front"), Sandbox.FRONT + "\n");
        Files.writeString(seed.resolve("authorized_keys"), String.join("\n", spec.authorizedKeys()) + "\n");
        Files.copy(authority, seed.resolve("ca.crt"));
        Files.copy(Path.of(sandbox.script("provision.sh")), seed.resolve("provision.sh"));
        sandbox.run("mkdir", "-p", disk());
        sandbox.run("cp", "-r", seed.toString(), disk() + "/seed");
    }

    private CommandOutput inside(String... argv) {
        // boot.sh becomes unshare, whose child is the machine's first process.
        Optional<ProcessHandle> init = process.children()
                .findFirst()
                .flatMap(unshare -> unshare.children().findFirst());
        if (init.isEmpty()) {
            return new CommandOutput(1, "", "the machine has no first process");
        }
        String[] enter = {
            "nsenter",
            "--target",
            Long.toString(init.get().pid()),
            "--mount",
            "--net",
            "--pid",
            "--uts",
            "--ipc",
            "--",
            "env",
            "-i",
            "HOME=/root",
            "PATH=/usr/sbin:/usr/bin:/sbin:/bin"
        };
        String[] all = new String[enter.length + argv.length];
        System.arraycopy(enter, 0, all, 0, enter.length);
        System.arraycopy(argv, 0, all, enter.length, argv.length);
        try {
            Process running = new ProcessBuilder(all).start();
            running.getOutputStream().close();
            CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> text(running.getErrorStream()));
            String out = text(running.getInputStream());
            return new CommandOutput(running.waitFor(), out, err.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
