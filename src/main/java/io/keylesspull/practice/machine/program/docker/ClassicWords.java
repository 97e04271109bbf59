package io.keylesspull.practice.machine.program.docker;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.practice.machine.program.docker.RegistryClient.Refusal;
import io.keylesspull.practice.machine.program.net.MachineHttpClient;
import io.keylesspull.practice.machine.program.net.Unreachable;
import io.keylesspull.practice.machine.state.DockerReference;
import java.util.Locale;

/** The words of Docker's own client for registries, which passes on the code and the message of the registry. */
final class ClassicWords implements PullWords {

    @Override
    public boolean asksForTheImageAtOnce() {
        return false;
    }

    @Override
    public Refusal unreachable(Asked asked, Unreachable why) {
        return new Refusal("UNREACHABLE", asked + ": " + why.inGo());
    }

    @Override
    public Refusal noToken(Asked asked, Asked token, boolean anonymous, MachineHttpClient.Answer answer) {
        return refused(asked, answer);
    }

    @Override
    public Refusal refused(Asked asked, MachineHttpClient.Answer answer) {
        Refusal refusal = interrupted(asked, answer);
        return new Refusal(refusal.code(), asked + ": " + refusal.getMessage());
    }

    @Override
    public Refusal noManifest(Asked asked, DockerReference reference, MachineHttpClient.Answer answer) {
        Refusal refusal = interrupted(asked, answer);
        String words = switch (refusal.code()) {
            case "MANIFEST_UNKNOWN", "TAG_UNKNOWN" -> "manifest for " + reference + " not found: ";
            case "NAME_UNKNOWN" -> "repository " + reference.name() + " not found: ";
            case "DENIED" ->
                "pull access denied for " + reference.name()
                        + ", repository does not exist or may require 'docker login': ";
            default -> "";
        };
        return new Refusal(refusal.code(), words + refusal.getMessage());
    }

    /** moby/moby, distribution/pull_v2.go. */
    @Override
    public Refusal noPlatform() {
        return new Refusal("NO_PLATFORM", "no matching manifest for linux/amd64 in the manifest list entries");
    }

    @Override
    public Refusal interrupted(Asked asked, MachineHttpClient.Answer answer) {
        if (answer.status() >= 500) {
            return new Refusal("UNKNOWN", "received unexpected HTTP status: " + answer.statusLine());
        }
        JsonNode error = answer.json().path("errors").path(0);
        String code = error.path("code")
                .asText(answer.status() == 403 ? "DENIED" : answer.status() == 401 ? "UNAUTHORIZED" : "UNKNOWN");
        String message = error.path("message")
                .asText(
                        answer.status() == 401
                                ? "authentication required"
                                : "unexpected status code " + answer.status());
        return new Refusal(code, code.toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + message);
    }

    @Override
    public Refusal diskFull() {
        return new Refusal("NO_SPACE", "write /var/lib/docker/tmp/GetImageBlob402531: no space left on device");
    }
}
