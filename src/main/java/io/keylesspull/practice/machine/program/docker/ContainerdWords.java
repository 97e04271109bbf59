package io.keylesspull.practice.machine.program.docker;

import io.keylesspull.practice.machine.program.docker.RegistryClient.Refusal;
import io.keylesspull.practice.machine.program.net.MachineHttpClient;
import io.keylesspull.practice.machine.program.net.Unreachable;
import io.keylesspull.practice.machine.state.DockerReference;

/**
 * The words of containerd, which pulls and pushes for Docker from version 29 on. It names the status of an answer and
 * not what the registry says (Esri/arcgis-gitops#168, containerd/nerdctl#3601, microsoft/containerregistry#191).
 */
record ContainerdWords(DockerReference reference) implements PullWords {

    @Override
    public boolean asksForTheImageAtOnce() {
        return true;
    }

    @Override
    public Refusal unreachable(Asked asked, Unreachable why) {
        return unresolved("UNREACHABLE", "failed to do request: " + asked + ": " + why.inGo());
    }

    @Override
    public Refusal noToken(Asked asked, Asked token, boolean anonymous, MachineHttpClient.Answer answer) {
        return unresolved(
                "UNAUTHORIZED",
                "failed to authorize: failed to fetch " + (anonymous ? "anonymous" : "oauth") + " token: "
                        + unexpected(token, answer));
    }

    @Override
    public Refusal refused(Asked asked, MachineHttpClient.Answer answer) {
        return answer.status() == 401
                ? unresolved(
                        "DENIED",
                        (asked.method().equals("HEAD") ? "pull" : "push")
                                + " access denied, repository does not exist or may require authorization: "
                                + "authorization failed: no basic auth credentials")
                : unresolved("UNKNOWN", unexpected(asked, answer));
    }

    @Override
    public Refusal noManifest(Asked asked, DockerReference wanted, MachineHttpClient.Answer answer) {
        return answer.status() == 404 ? unresolved("MANIFEST_UNKNOWN", wanted + ": not found") : refused(asked, answer);
    }

    /** containerd/containerd, core/images/image.go. */
    @Override
    public Refusal noPlatform() {
        return new Refusal(
                "NO_PLATFORM",
                "failed to pull and unpack image \"" + reference.inFull()
                        + "\": no match for platform in manifest: not found");
    }

    @Override
    public Refusal interrupted(Asked asked, MachineHttpClient.Answer answer) {
        return new Refusal("UNKNOWN", "failed to copy: httpReadSeeker: failed open: " + unexpected(asked, answer));
    }

    @Override
    public Refusal diskFull() {
        return new Refusal(
                "NO_SPACE",
                "failed to copy: write /var/lib/containerd/io.containerd.content.v1.content/ingest/402531/data: "
                        + "no space left on device");
    }

    private Refusal unresolved(String code, String words) {
        return new Refusal(code, "failed to resolve reference \"" + reference.inFull() + "\": " + words);
    }

    private static String unexpected(Asked asked, MachineHttpClient.Answer answer) {
        return "unexpected status from " + asked.method() + " request to " + asked.url() + ": " + answer.statusLine();
    }
}
