package io.keylesspull.practice.machine.program.docker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.state.DockerEngine;
import io.keylesspull.practice.machine.state.DockerReference;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What {@code docker} prints about itself and its images, with the format templates that scripts use. */
final class DockerText {

    private DockerText() {}

    private static Optional<String> format(ProgramCall call) {
        List<String> args = call.args();
        for (int i = 0; i < args.size(); i++) {
            if (args.get(i).startsWith("--format=") || args.get(i).startsWith("-f=")) {
                return Optional.of(args.get(i).substring(args.get(i).indexOf('=') + 1));
            }
            if ((args.get(i).equals("--format") || args.get(i).equals("-f")) && i + 1 < args.size()) {
                return Optional.of(args.get(i + 1));
            }
        }
        return Optional.empty();
    }

    static int version(ProgramCall call, boolean server) throws IOException {
        String version = Docker.version(call);
        Optional<String> format = format(call);
        if (format.isPresent()) {
            String text = format.get().replace("{{.Client.Version}}", version);
            call.out()
                    .line(
                            server
                                    ? text.replace("{{.Server.Version}}", version)
                                    : text.replace("{{.Server.Version}}", ""));
            return 0;
        }
        call.out()
                .lines(
                        "Client:",
                        " Version:           " + version,
                        " API version:       1.45",
                        " OS/Arch:           linux/amd64",
                        " Context:           default");
        if (server) {
            call.out()
                    .lines(
                            "",
                            "Server:",
                            " Engine:",
                            "  Version:          " + version,
                            "  API version:      1.45 (minimum version 1.24)",
                            "  OS/Arch:          linux/amd64");
        }
        return 0;
    }

    static int info(ProgramCall call) throws IOException {
        String version = Docker.version(call);
        Optional<String> format = format(call);
        if (format.isPresent()) {
            call.out().line(format.get().replace("{{.ServerVersion}}", version).replace("{{.OSType}}", "linux"));
            return 0;
        }
        call.out()
                .lines(
                        "Client:",
                        " Version:    " + version,
                        "",
                        "Server:",
                        " Images: " + call.machine().docker().images().size(),
                        " Server Version: " + version,
                        " Storage Driver: overlay2",
                        " Operating System: " + call.machine().release().prettyName(),
                        " Name: " + call.machine().hostname());
        return 0;
    }

    /** For {@code --digests}: docs.docker.com/reference/cli/docker/image/ls, "List image digests". */
    static int images(ProgramCall call) throws IOException {
        Optional<String> format = format(call);
        boolean quiet = call.has("-q") || call.has("--quiet");
        String wanted = call.args().stream()
                .filter(a -> !a.startsWith("-") && format.filter(a::equals).isEmpty())
                .findFirst()
                .orElse("");
        boolean digests = call.has("--digests");
        if (!quiet && format.isEmpty()) {
            call.out().line(row("REPOSITORY", "TAG", digests, "DIGEST", "IMAGE ID       CREATED       SIZE"));
        }
        DockerEngine docker = call.machine().docker();
        for (Map.Entry<String, DockerEngine.Image> entry : docker.images().entrySet()) {
            DockerReference reference = DockerReference.parse(entry.getKey()).orElseThrow();
            if (!wanted.isEmpty()
                    && !wanted.equals(reference.name())
                    && !wanted.equals(reference.toString())
                    && !docker.repoDigests(entry.getValue()).contains(wanted)) {
                continue;
            }
            String id = entry.getValue().id().substring(7, 19);
            String tag = reference.tag() == null ? "<none>" : reference.tag();
            String digest = docker.repoDigests(entry.getValue()).stream()
                    .filter(d -> d.startsWith(reference.name() + "@"))
                    .findFirst()
                    .map(d -> d.substring(d.indexOf('@') + 1))
                    .orElse("<none>");
            if (format.isPresent()) {
                call.out()
                        .line(format.get()
                                .replace("{{.Repository}}", reference.name())
                                .replace("{{.Tag}}", tag)
                                .replace("{{.Digest}}", digest)
                                .replace("{{.ID}}", id));
            } else {
                call.out()
                        .line(
                                quiet
                                        ? id
                                        : row(
                                                reference.name(),
                                                tag,
                                                digests,
                                                digest,
                                                "%s   2 weeks ago   %dB"
                                                        .formatted(
                                                                id,
                                                                entry.getValue().size())));
            }
        }
        return 0;
    }

    private static String row(String name, String tag, boolean digests, String digest, String rest) {
        String first = "%-41s %-9s ".formatted(name, tag);
        return digests ? first + "%-73s ".formatted(digest) + rest : first + rest;
    }

    static int inspect(ProgramCall call) throws IOException {
        Optional<String> format = format(call);
        List<String> names = call.args().stream()
                .filter(a -> !a.startsWith("-") && format.filter(a::equals).isEmpty() && !a.equals("image"))
                .toList();
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        int status = 0;
        for (String name : names) {
            Optional<DockerEngine.Image> image = call.machine().docker().find(name);
            if (image.isEmpty()) {
                status = 1;
                if (format.isPresent()) {
                    call.out().line("");
                }
                call.err()
                        .line(
                                call.name().startsWith("docker image")
                                        ? "Error response from daemon: No such image: "
                                                + DockerReference.parse(name)
                                                        .map(DockerReference::toString)
                                                        .orElse(name)
                                        : "Error: No such object: " + name);
                continue;
            }
            ObjectNode node = describe(call.machine().docker(), image.get());
            if (format.isPresent()) {
                call.out().line(filled(format.get(), node));
            }
            all.add(node);
        }
        if (format.isEmpty()) {
            call.out().line(all.isEmpty() ? "[]" : all.toPrettyString());
        }
        return status;
    }

    private static ObjectNode describe(DockerEngine docker, DockerEngine.Image image) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("Id", image.id());
        ArrayNode tags = node.putArray("RepoTags");
        docker.repoTags(image).forEach(tags::add);
        ArrayNode digests = node.putArray("RepoDigests");
        docker.repoDigests(image).forEach(digests::add);
        return node.put("Architecture", "amd64").put("Os", "linux").put("Size", image.size());
    }

    private static String filled(String format, ObjectNode node) {
        String text = format;
        for (String list : List.of("RepoDigests", "RepoTags")) {
            StringBuilder lines = new StringBuilder();
            node.get(list).forEach(n -> lines.append(n.asText()).append('\n'));
            text = text.replace("{{json ." + list + "}}", node.get(list).toString())
                    .replace("{{index ." + list + " 0}}", node.get(list).path(0).asText())
                    .replace("{{." + list + "}}", "[" + lines.toString().strip().replace('\n', ' ') + "]")
                    .replace(
                            "{{join ." + list + " \" \"}}",
                            lines.toString().strip().replace('\n', ' '))
                    .replace("{{range ." + list + "}}{{println .}}{{end}}", lines.toString());
        }
        return text.replace("{{.Id}}", node.get("Id").asText())
                .replace("{{.ID}}", node.get("Id").asText())
                .replace("{{.Architecture}}", "amd64")
                .replace("{{.Os}}", "linux")
                .replace("{{.Size}}", node.get("Size").asText())
                .replace("{{json .}}", node.toString());
    }
}
