package io.keylesspull.real;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.machine.Hypervisor.CommandOutput;
import io.keylesspull.practice.machine.Hypervisor.Script;
import io.keylesspull.practice.machine.Hypervisor.Spec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A Debian system with its own systemd, network and disk. */
final class RealMachine {

    private static final int SSH_PORT = 22;
    private static final int SHUT_DOWN_SECONDS = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Sandbox sandbox;
    private final String name;
    private final String address;
    private final Spec spec;
    private final String layers;
    private final Path authority;
    private final String network;
    private boolean on;
    private boolean hasBooted;
    private int scripts;
    private Process process;

    /**
     * @param number its own in the sandbox
     * @param layers what lies below its disk, by overlay's rules
     * @param network the sandbox's bridge that is its virtual network
     */
    RealMachine(Sandbox sandbox, int number, Spec spec, String layers, Path authority, String network) {
        this.sandbox = sandbox;
        // Name and public address are the control plane's, and other clouds' machines have the same.
        this.name = "vm" + number;
        // From the range for tests of networks (RFC 2544).
        this.address = "198.18." + number / 200 + "." + (number % 200 + 1);
        this.spec = spec;
        this.layers = layers;
        this.authority = authority;
        this.network = network;
    }

    Spec spec() {
        return spec;
    }

    /** In the sandbox. If it has a public one, that leads here, as in Azure; if not, it is seen to come from here. */
    String address() {
        return address;
    }

    private boolean isPublic() {
        return !spec.publicIp().isEmpty();
    }

    /** Whether a connection to its SSH server can be opened from outside of its network. */
    boolean isReached() {
        return sandbox.answers(address, SSH_PORT) || sandbox.answers(spec.privateIp(), SSH_PORT);
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

    /** Empty while it is off or its SSH server does not answer, and if it is private. */
    synchronized Optional<InetSocketAddress> sshServer() {
        if (!on || !isPublic()) {
            return Optional.empty();
        }
        boot();
        return sandbox.answers(address, SSH_PORT) ? Optional.of(sandbox.door(address, SSH_PORT)) : Optional.empty();
    }

    /** @throws IllegalStateException where it is off */
    synchronized CommandOutput runAsRoot(String script) {
        bootIfOn();
        return inside("/bin/sh", "-c", script);
    }

    private void bootIfOn() {
        if (!on) {
            throw new IllegalStateException("the machine " + spec.name() + " is off");
        }
        boot();
    }

    /**
     * As Azure's agent runs a script of managed Run Command: agent.py.
     *
     * @throws IllegalStateException where it is off, or goes off meanwhile
     * @throws InterruptedException after the agent was stopped
     */
    CommandOutput runByAgent(Script script) throws InterruptedException {
        String unit;
        Process running;
        synchronized (this) {
            bootIfOn();
            unit = "run-command-" + ++scripts;
            running = begin(
                            "systemd-run",
                            "--quiet",
                            "--wait",
                            "--pipe",
                            "--collect",
                            // What a script leaves running goes on.
                            "--property=KillMode=process",
                            "--unit=" + unit,
                            "python3",
                            "/var/lib/waagent/run-command-handler/agent.py")
                    .orElseThrow();
        }
        ObjectNode asked = JSON.createObjectNode()
                .put("name", unit)
                .put("script", script.text())
                .putPOJO("environment", script.environment())
                .putPOJO("arguments", script.arguments())
                .putPOJO("timeout", script.timeout().map(Duration::toSeconds).orElse(null));
        CompletableFuture<CommandOutput> ended = CompletableFuture.supplyAsync(() -> output(running, asked.toString()));
        try {
            CommandOutput agent = ended.get();
            if (agent.exitStatus() != 0) {
                throw new IllegalStateException("the agent ended with " + agent);
            }
            JsonNode result = JSON.readTree(agent.stdout());
            return new CommandOutput(
                    result.get("exitCode").asInt(),
                    result.get("output").asText(),
                    result.get("error").asText());
        } catch (InterruptedException stopped) {
            stop(unit);
            throw stopped;
        } catch (ExecutionException | JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The extension kills its process group: internal/pid/pid.go. */
    private synchronized void stop(String unit) {
        if (on) {
            inside("/bin/sh", "-c", "kill -KILL -- -$(systemctl show --property=MainPID --value " + unit + ")");
        }
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
                    sandbox.folder().getFileName().toString(),
                    spec.privateIp(),
                    network,
                    isPublic() ? "public" : "private");
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
        return inside("systemctl", "is-system-running", "--wait").stdout().matches("(?s)(running|degraded).*");
    }

    private void provision() throws IOException, InterruptedException {
        Path seed = Files.createDirectory(sandbox.folder().resolve(name));
        Files.writeString(seed.resolve("name"), spec.name() + "\n");
        Files.writeString(seed.resolve("user"), spec.adminUser() + "\n");
        Files.writeString(seed.resolve("front"), Sandbox.FRONT + "\n");
        Files.writeString(seed.resolve("authorized_keys"), String.join("\n", spec.authorizedKeys()) + "\n");
        Files.copy(authority, seed.resolve("ca.crt"));
        for (String script : List.of("provision.sh", "agent.py")) {
            Files.copy(Path.of(sandbox.script(script)), seed.resolve(script));
        }
        sandbox.run("mkdir", "-p", disk());
        sandbox.run("cp", "-r", seed.toString(), disk() + "/seed");
    }

    private CommandOutput inside(String... argv) {
        return begin(argv)
                .map(running -> output(running, ""))
                .orElseGet(() -> new CommandOutput(1, "", "the machine has no first process"));
    }

    /** Empty where it has none that could start it. */
    private Optional<Process> begin(String... argv) {
        // boot.sh becomes unshare, whose child is the machine's first process.
        Optional<ProcessHandle> init = process.children()
                .findFirst()
                .flatMap(unshare -> unshare.children().findFirst());
        if (init.isEmpty()) {
            return Optional.empty();
        }
        List<String> all = new ArrayList<>(List.of(
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
                "PATH=/usr/sbin:/usr/bin:/sbin:/bin"));
        all.addAll(List.of(argv));
        try {
            return Optional.of(new ProcessBuilder(all).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CommandOutput output(Process running, String input) {
        try {
            CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> text(running.getErrorStream()));
            try (OutputStream in = running.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
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
