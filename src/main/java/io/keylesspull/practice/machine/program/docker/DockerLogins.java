package io.keylesspull.practice.machine.program.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.machine.shell.MachineProgram;
import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.shell.TextOutput;
import io.keylesspull.practice.machine.state.DockerEngine;
import io.keylesspull.practice.machine.state.FileTree;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One Unix user's {@code ~/.docker/config.json} and the credential helpers that it names. Behaves as docker 28.2.2 did
 * in front of a daemon that recorded its requests.
 */
public final class DockerLogins {

    /** The user name by which a helper marks a refresh token. */
    private static final String TOKEN_USER = "<token>";

    private static final String NOT_FOUND = "credentials not found in native keychain";
    private static final String HUB = "docker.io";
    private static final String HUB_KEY = "https://index.docker.io/v1/";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A helper refused to store a credential. */
    public static final class NotKept extends Exception {
        NotKept(String message) {
            super(message);
        }

        @Override
        public String getMessage() {
            return Objects.requireNonNull(super.getMessage());
        }
    }

    /** @param error as Go tells it */
    private record Answer(int status, String error, String out) {}

    private final ProgramCall call;
    private final String path;

    DockerLogins(ProgramCall call) {
        this.call = call;
        this.path = call.user().home() + "/.docker/config.json";
    }

    private static String key(String host) {
        return host.equals(HUB) ? HUB_KEY : host;
    }

    /** An empty object if there is no file, or it cannot be read: docker goes on without it. */
    private ObjectNode read() {
        return DockerConfigText.read(call).config();
    }

    /**
     * As docker does it: a new file beside the old one, moved into its place. The old one hands its mode on, and root's
     * also its owner.
     *
     * @throws NotKept in docker's words
     */
    private void write(ObjectNode config) throws NotKept {
        FileTree files = call.machine().files();
        String folder = FileTree.parent(path);
        if (files.node(folder).isEmpty()) {
            if (!files.visible(call.user(), FileTree.parent(folder))
                    .filter(home -> home.writableBy(call.user()))
                    .isPresent()) {
                throw new NotKept("mkdir " + folder + ": permission denied");
            }
            files.makeDirectory(folder, call.user().name(), 0700);
        }
        String beside = path + "1495219599";
        Optional<FileTree.Node> old = files.node(path);
        if (!files.reachableBy(call.user(), beside)
                || !files.node(folder).orElseThrow().writableBy(call.user())) {
            throw new NotKept("open " + beside + ": permission denied");
        }
        if (call.machine().diskFull()) {
            throw new NotKept("write " + beside + ": no space left on device");
        }
        if (old.filter(FileTree.Node::directory).isPresent()) {
            throw new NotKept("rename " + beside + " " + path + ": file exists");
        }
        if (!files.replaceableBy(call.user(), path)) {
            throw new NotKept("rename " + beside + " " + path + ": operation not permitted");
        }
        files.put(
                path,
                text(config, "").getBytes(StandardCharsets.UTF_8),
                old.filter(file -> call.user().isRoot())
                        .map(FileTree.Node::owner)
                        .orElse(call.user().name()),
                old.map(FileTree.Node::mode).orElse(0600));
    }

    /** JSON in Go's formatting, as docker writes it. */
    private static String text(JsonNode node, String indent) {
        if (!node.isContainerNode() || node.isEmpty()) {
            return node.toString();
        }
        String deeper = indent + "\t";
        String inside = node.isArray()
                ? toText(node, deeper)
                : node.properties().stream()
                        .map(e -> deeper + JsonNodeFactory.instance.textNode(e.getKey()) + ": "
                                + text(e.getValue(), deeper))
                        .collect(Collectors.joining(",\n"));
        return (node.isArray() ? "[\n" : "{\n") + inside + "\n" + indent + (node.isArray() ? "]" : "}");
    }

    private static String toText(JsonNode array, String indent) {
        StringBuilder lines = new StringBuilder();
        array.forEach(
                n -> lines.append(lines.isEmpty() ? "" : ",\n").append(indent).append(text(n, indent)));
        return lines.toString();
    }

    private Optional<String> helper(String key) {
        ObjectNode config = read();
        return Optional.ofNullable(config.path("credHelpers")
                        .path(key)
                        .asText(config.path("credsStore").asText(null)))
                .filter(name -> !name.isEmpty());
    }

    /** This user's login for a registry. A helper that fails is ignored, as by docker. */
    Optional<DockerEngine.Login> login(String host) throws IOException, InterruptedException {
        Optional<String> helper = helper(key(host));
        if (helper.isPresent()) {
            Answer answer = ask(helper.get(), "get", key(host));
            if (answer.out().equals(NOT_FOUND)) {
                return Optional.empty();
            }
            Optional<DockerEngine.Login> given = answer.status() == 0 ? given(answer.out()) : Optional.empty();
            if (given.isPresent()) {
                return given;
            }
        }
        return kept(read().path("auths").path(key(host)));
    }

    private static Optional<DockerEngine.Login> given(String json) {
        try {
            JsonNode answer = JSON.readTree(json);
            String user = answer.path("Username").asText("");
            String secret = answer.path("Secret").asText("");
            return user.isEmpty() || secret.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new DockerEngine.Login(user, secret, user.equals(TOKEN_USER)));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Optional<DockerEngine.Login> kept(JsonNode auth) {
        String decoded;
        try {
            decoded = new String(Base64.getDecoder().decode(auth.path("auth").asText("")), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int colon = decoded.indexOf(':');
        String token = auth.path("identitytoken").asText("");
        return colon < 0
                ? Optional.empty()
                : Optional.of(new DockerEngine.Login(
                        decoded.substring(0, colon),
                        token.isEmpty() ? decoded.substring(colon + 1) : token,
                        !token.isEmpty()));
    }

    /** @throws NotKept with the words of the helper, if it refuses */
    void keep(String host, DockerEngine.Login login) throws IOException, InterruptedException, NotKept {
        try {
            store(host, login);
        } catch (NotKept e) {
            throw new NotKept("Error saving credentials: " + e.getMessage());
        }
    }

    private void store(String host, DockerEngine.Login login) throws IOException, InterruptedException, NotKept {
        Optional<String> helper = helper(key(host));
        if (helper.isPresent()) {
            String user = login.identityToken() ? TOKEN_USER : login.username();
            Answer answer = ask(
                    helper.get(),
                    "store",
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("ServerURL", key(host))
                            .put("Username", user)
                            .put("Secret", login.secret())
                            .toString());
            if (answer.status() != 0) {
                throw new NotKept(
                        "error storing credentials - err: " + answer.error() + ", out: `" + answer.out() + "`");
            }
            return;
        }
        ObjectNode config = read();
        String pair = login.username() + ":" + (login.identityToken() ? "" : login.secret());
        ObjectNode auth = config.withObject("/auths")
                .putObject(key(host))
                .put("auth", Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        if (login.identityToken()) {
            auth.put("identitytoken", login.secret());
        }
        write(config);
    }

    /**
     * Removes every spelling of that server; the rest of the file stays.
     *
     * @throws NotKept in docker's words, if the file cannot be written
     */
    void forget(String host) throws IOException, InterruptedException, NotKept {
        Optional<String> helper = helper(key(host));
        if (helper.isPresent()) {
            ask(helper.get(), "erase", key(host));
        }
        ObjectNode config = read();
        if (config.get("auths") instanceof ObjectNode auths) {
            int before = auths.size();
            List<String> spellings = List.of(key(host), "http://" + host, "https://" + host);
            auths.remove(spellings.subList(helper.isPresent() ? 1 : 0, spellings.size()));
            if (auths.size() != before) {
                write(config);
            }
        }
    }

    private Answer ask(String helper, String verb, String input) throws IOException, InterruptedException {
        String name = "docker-credential-" + helper;
        Optional<MachineProgram> program = call.shell().find(call.machine(), name);
        if (program.isEmpty()) {
            return new Answer(1, "exec: \"" + name + "\": executable file not found in $PATH", "");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status = program.get()
                .run(call.with(name, List.of(verb))
                        .with(
                                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                                new TextOutput(out),
                                call.err())
                        .with(call.user(), Map.of()));
        return new Answer(
                status,
                "exit status " + status,
                out.toString(StandardCharsets.UTF_8).strip());
    }
}
