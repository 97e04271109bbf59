package io.keylesspull.practice.machine.program.docker;

import io.keylesspull.practice.machine.program.net.MachineHttpClient;
import io.keylesspull.practice.machine.shell.MachineProgram;
import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.shell.TextOutput;
import io.keylesspull.practice.machine.state.DockerEngine;
import io.keylesspull.practice.machine.state.DockerReference;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The {@code docker} command. */
public final class Docker implements MachineProgram {

    private static final String SOCKET = "unix:///var/run/docker.sock";
    private static final Set<String> WITHOUT_DAEMON = Set.of("--version", "-v", "logout", "manifest");
    private static final int DAEMON_ERROR = 125;
    private static final int NOT_PERMITTED = 126;

    @Override
    public int run(ProgramCall call) throws IOException, InterruptedException {
        if (call.args().isEmpty()) {
            call.out().line("Usage:  docker [OPTIONS] COMMAND");
            return 0;
        }
        String verb = call.args().get(0);
        if (call.machine().packages().isInstalled("podman-docker")) {
            return podman(call, verb);
        }
        Optional<String> warning = DockerConfigText.read(call).warning();
        if (warning.isPresent()) {
            call.err().line("WARNING: Error " + warning.get());
        }
        ProgramCall rest =
                call.with("docker " + verb, call.args().subList(1, call.args().size()));
        if (verb.equals("image") && !rest.args().isEmpty()) {
            verb = rest.args().get(0).equals("ls")
                    ? "images"
                    : rest.args().get(0).equals("rm") ? "rmi" : rest.args().get(0);
            rest = rest.with(
                    "docker image " + verb, rest.args().subList(1, rest.args().size()));
        }
        Optional<String> unreachable = WITHOUT_DAEMON.contains(verb) ? Optional.empty() : unreachable(call);
        if (unreachable.isPresent()) {
            return unreachable(rest, verb, unreachable.get());
        }
        try {
            return switch (verb) {
                case "--version", "-v" -> say(call, "Docker version " + version(call) + ", build " + version(call));
                case "version" -> DockerText.version(rest, true);
                case "info" -> DockerText.info(rest);
                case "ps" -> say(rest, "CONTAINER ID   IMAGE     COMMAND   CREATED   STATUS    PORTS     NAMES");
                case "run" -> container(rest);
                case "pull" -> pull(rest);
                case "push" -> push(rest);
                case "manifest" -> manifest(rest);
                case "tag" -> tag(rest);
                case "images" -> DockerText.images(rest);
                case "inspect" -> DockerText.inspect(rest);
                case "rmi" -> remove(rest);
                case "login" -> login(rest);
                case "logout" -> logout(rest);
                default -> call.fail(1, "docker: '" + verb + "' is not a docker command.\nSee 'docker --help'");
            };
        } catch (RegistryClient.Refusal e) {
            return call.fail(1, "Error response from daemon: " + e.getMessage());
        }
    }

    /** As Debian's package podman-docker does it. */
    private static int podman(ProgramCall call, String verb) throws IOException {
        call.err().line("Emulate Docker CLI using podman. Create /etc/containers/nodocker to quiet msg.");
        return verb.equals("--version")
                ? say(call, "podman version 4.3.1")
                : call.fail(DAEMON_ERROR, "Error: practice machines have no containers of Podman");
    }

    static String version(ProgramCall call) {
        return call.machine().release().dockerVersion();
    }

    /** Whether it is one of the versions that word much otherwise and leave pulls to containerd. */
    static boolean sinceTwentyNine(ProgramCall call) {
        return Integer.parseInt(version(call).replaceFirst("\\..*", "")) >= 29;
    }

    /** Why the daemon cannot be used; empty if it can. */
    static Optional<String> unreachable(ProgramCall call) throws InterruptedException {
        if (call.machine().docker().rootlessOf(call.user().name())) {
            return Optional.empty();
        }
        if (!call.user().isRoot() && !call.user().groups().contains("docker")) {
            return Optional.of(
                    sinceTwentyNine(call)
                            ? "permission denied while trying to connect to the docker API at " + SOCKET
                            : "permission denied while trying to connect to the Docker daemon socket at " + SOCKET
                                    + ": Get \"http://%2Fvar%2Frun%2Fdocker.sock/v1.45/containers/json\": "
                                    + "dial unix /var/run/docker.sock: connect: permission denied");
        }
        if (!call.machine().docker().running() && call.machine().docker().socketOpen()) {
            call.spend(Duration.ofSeconds(1));
            call.machine().docker().start();
        }
        return call.machine().docker().running()
                ? Optional.empty()
                : Optional.of(
                        sinceTwentyNine(call)
                                ? "failed to connect to the docker API at " + SOCKET
                                        + "; check if the path is correct and if the daemon is running: dial unix "
                                        + "/var/run/docker.sock: connect: no such file or directory"
                                : "Cannot connect to the Docker daemon at " + SOCKET
                                        + ". Is the docker daemon running?");
    }

    private static int unreachable(ProgramCall call, String verb, String why) throws IOException {
        if (verb.equals("version")) {
            DockerText.version(call, false);
        }
        if (!verb.equals("run")) {
            return call.fail(1, why);
        }
        return call.fail(
                why.startsWith("permission") ? NOT_PERMITTED : DAEMON_ERROR,
                "docker: " + why + "\n\nRun 'docker run --help' for more information");
    }

    private static int say(ProgramCall call, String line) throws IOException {
        call.out().line(line);
        return 0;
    }

    private static Optional<DockerReference> image(ProgramCall call) throws IOException {
        List<String> plain =
                call.args().stream().filter(a -> !a.startsWith("-")).toList();
        if (plain.isEmpty()) {
            call.err().line("\"" + call.name() + "\" requires at least 1 argument.");
            return Optional.empty();
        }
        Optional<DockerReference> reference = DockerReference.parse(plain.get(0));
        if (reference.isEmpty()) {
            call.err()
                    .line(
                            call.name().equals("docker run")
                                    ? "docker: invalid reference format."
                                    : "invalid reference format");
        }
        return reference;
    }

    private static int pull(ProgramCall call) throws IOException, InterruptedException, RegistryClient.Refusal {
        Optional<DockerReference> reference = image(call);
        if (reference.isEmpty()) {
            return 1;
        }
        boolean quiet = call.has("-q") || call.has("--quiet");
        if (!quiet
                && reference.get().digest() == null
                && !call.args().contains(reference.get().toString())) {
            call.out().line("Using default tag: latest");
        }
        TextOutput progress = quiet ? new TextOutput(OutputStream.nullOutputStream()) : call.out();
        new ImageTransfer(call, progress).pull(reference.get());
        return say(call, reference.get().toString());
    }

    /** Asks the registry, whatever the daemon has. A refusal reads like a missing image (docker/cli). */
    private static int manifest(ProgramCall call) throws IOException, InterruptedException {
        if (call.args().isEmpty() || !call.args().get(0).equals("inspect")) {
            return call.fail(1, "Usage:  docker manifest COMMAND");
        }
        Optional<DockerReference> reference = image(call.with(
                "docker manifest inspect", call.args().subList(1, call.args().size())));
        if (reference.isEmpty()) {
            return 1;
        }
        try {
            call.out()
                    .line(new String(
                            new ImageTransfer(call, call.out()).manifest(reference.get()), StandardCharsets.UTF_8));
            return 0;
        } catch (RegistryClient.Refusal e) {
            boolean unknown =
                    Set.of("UNAUTHORIZED", "MANIFEST_UNKNOWN", "NAME_UNKNOWN").contains(e.code());
            return call.fail(1, unknown ? "no such manifest: " + reference.get() : e.getMessage());
        }
    }

    private static int push(ProgramCall call) throws IOException, InterruptedException {
        Optional<DockerReference> reference = image(call);
        if (reference.isEmpty()) {
            return 1;
        }
        Optional<DockerEngine.Image> image =
                call.machine().docker().find(reference.get().toString());
        if (image.isEmpty()) {
            return call.fail(
                    1,
                    "An image does not exist locally with the tag: "
                            + reference.get().name());
        }
        try {
            new ImageTransfer(call, call.out()).push(reference.get(), image.get());
            return 0;
        } catch (RegistryClient.Refusal e) {
            boolean neverLoggedIn =
                    new DockerLogins(call).login(reference.get().host()).isEmpty()
                            && !e.code().equals("UNREACHABLE");
            return call.fail(1, neverLoggedIn ? "no basic auth credentials" : e.getMessage());
        }
    }

    private static int tag(ProgramCall call) throws IOException {
        Optional<DockerEngine.Image> image = call.args().size() != 2
                ? Optional.empty()
                : call.machine().docker().find(call.args().get(0));
        if (image.isEmpty()) {
            return call.fail(1, "Error response from daemon: No such image: " + String.join(" ", call.args()));
        }
        Optional<DockerReference> target = DockerReference.parse(call.args().get(1));
        if (target.isEmpty()) {
            return call.fail(
                    1,
                    "Error parsing reference: \"" + call.args().get(1)
                            + "\" is not a valid repository/tag: invalid reference format");
        }
        call.machine().docker().tag(target.get(), image.get());
        return 0;
    }

    /** Continues after an unknown image; with force that is no failure, although docker prints an error. */
    private static int remove(ProgramCall call) throws IOException {
        List<String> names =
                call.args().stream().filter(a -> !a.startsWith("-")).toList();
        if (names.isEmpty()) {
            return call.fail(1, "\"" + call.name() + "\" requires at least 1 argument.");
        }
        boolean force = call.has("-f") || call.has("--force");
        DockerEngine docker = call.machine().docker();
        int status = 0;
        for (String name : names) {
            List<DockerReference> references = docker.names(name);
            boolean byId = references.size() > 1;
            if (references.isEmpty()) {
                call.err()
                        .line("Error response from daemon: No such image: "
                                + DockerReference.parse(name)
                                        .map(DockerReference::toString)
                                        .orElse(name));
                status = force ? status : 1;
            } else if (byId && !force) {
                String id = docker.find(name).orElseThrow().id().substring(7, 19);
                status = call.fail(
                        1,
                        "Error response from daemon: conflict: unable to delete " + id
                                + " (must be forced) - image is referenced in multiple repositories");
            }
            for (DockerReference reference : byId && !force ? List.<DockerReference>of() : references) {
                for (String line : docker.remove(reference)) {
                    call.out().line(line);
                }
            }
        }
        return status;
    }

    private static int container(ProgramCall call) throws IOException, InterruptedException {
        Optional<DockerReference> reference = image(call);
        if (reference.isEmpty()) {
            return DAEMON_ERROR;
        }
        if (call.machine().docker().find(reference.get().toString()).isEmpty()) {
            call.err().line("Unable to find image '" + reference.get() + "' locally");
            try {
                new ImageTransfer(call, call.err()).pull(reference.get());
            } catch (RegistryClient.Refusal e) {
                return call.fail(
                        DAEMON_ERROR,
                        "docker: Error response from daemon: " + e.getMessage()
                                + "\n\nRun 'docker run --help' for more information");
            }
        }
        call.spend(Duration.ofMillis(400));
        if (reference.get().repository().endsWith("hello-world")) {
            call.out()
                    .print("\nHello from Docker!\nThis message shows that your installation appears to be working"
                            + " correctly.\n\n");
        }
        return 0;
    }

    private static int login(ProgramCall call) throws IOException, InterruptedException, RegistryClient.Refusal {
        String username = null;
        String password = null;
        String host = "docker.io";
        for (int i = 0; i < call.args().size(); i++) {
            String arg = call.args().get(i);
            if (arg.equals("-u") || arg.equals("--username")) {
                username = call.args().get(++i);
            } else if (arg.equals("-p") || arg.equals("--password")) {
                password = call.args().get(++i);
                call.err().line("WARNING! Using --password via the CLI is insecure. Use --password-stdin.");
            } else if (arg.equals("--password-stdin")) {
                password = new String(call.in().readAllBytes(), StandardCharsets.UTF_8).strip();
            } else if (!arg.startsWith("-")) {
                host = hostname(arg);
            }
        }
        if (username == null || password == null) {
            return call.fail(1, "Error: Cannot perform an interactive login from a non TTY device");
        }
        try {
            logIn(call, host, username, password);
        } catch (DockerLogins.NotKept e) {
            return call.fail(1, e.getMessage());
        }
        call.err()
                .line("WARNING! Your credentials are stored unencrypted in '"
                        + call.user().home() + "/.docker/config.json'.");
        return say(call, "Login Succeeded");
    }

    /** Verifies the credentials at the registry and stores them for this user. */
    public static void logIn(ProgramCall call, String host, String username, String password)
            throws IOException, InterruptedException, RegistryClient.Refusal, DockerLogins.NotKept {
        MachineHttpClient http = new MachineHttpClient(call.machine());
        DockerEngine.Login given = new DockerEngine.Login(username, password, false);
        RegistryClient client = new RegistryClient(http, host, Optional.of(given), PullWords.CLASSIC);
        PullWords.Asked root = client.asked("GET", "/v2/");
        Optional<String> refreshToken = client.authenticate(null, root);
        MachineHttpClient.Answer check = client.send(root, Map.of(), new byte[0]);
        if (!check.isOk()) {
            throw PullWords.CLASSIC.refused(root, check);
        }
        new DockerLogins(call)
                .keep(
                        host,
                        refreshToken
                                .map(t -> new DockerEngine.Login(username, t, true))
                                .orElse(given));
    }

    /** Prints the same whether or not there was a login, as docker does. */
    private static int logout(ProgramCall call) throws IOException, InterruptedException {
        List<String> servers =
                call.args().stream().filter(a -> !a.startsWith("-")).toList();
        if (servers.size() > 1) {
            return call.fail(1, "\"docker logout\" requires at most 1 argument.");
        }
        String host = servers.isEmpty() ? "docker.io" : hostname(servers.get(0));
        call.out().line("Removing login credentials for " + (servers.isEmpty() ? "https://index.docker.io/v1/" : host));
        try {
            new DockerLogins(call).forget(host);
            return 0;
        } catch (DockerLogins.NotKept e) {
            // Docker says nothing of it either.
            return 0;
        }
    }

    private static String hostname(String server) {
        return server.replaceFirst("^https?://", "").replaceFirst("/.*$", "");
    }
}
