package io.keylesspull.practice.machine.program.docker;

import io.keylesspull.practice.machine.program.net.MachineHttpClient;
import io.keylesspull.practice.machine.program.net.Unreachable;
import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.state.DockerReference;
import java.util.Locale;

/** How a Docker daemon asks a registry for an image, and how it words what goes wrong. */
interface PullWords {

    /** Of Docker itself, for every login, and for pulls and pushes before version 29. */
    PullWords CLASSIC = new ClassicWords();

    /** The words of the machine's version: from 29 on containerd pulls and pushes. */
    static PullWords of(ProgramCall call, DockerReference reference) {
        return Docker.sinceTwentyNine(call) ? new ContainerdWords(reference) : CLASSIC;
    }

    /** Whether the request for the image itself tells how to authenticate, and not one for {@code /v2/}. */
    boolean asksForTheImageAtOnce();

    /** The registry does not answer. @param asked the request that failed */
    RegistryClient.Refusal unreachable(Asked asked, Unreachable why);

    /**
     * The registry gives no token.
     *
     * @param asked what the token is for
     * @param token the request for the token
     * @param anonymous whether it was sent without a login
     */
    RegistryClient.Refusal noToken(Asked asked, Asked token, boolean anonymous, MachineHttpClient.Answer answer);

    /** The registry refuses the request that begins a pull or a push. */
    RegistryClient.Refusal refused(Asked asked, MachineHttpClient.Answer answer);

    /** The registry refuses a manifest. */
    RegistryClient.Refusal noManifest(Asked asked, DockerReference reference, MachineHttpClient.Answer answer);

    /** What is pulled is there for other platforms alone. */
    RegistryClient.Refusal noPlatform();

    /** The registry refuses a later request. */
    RegistryClient.Refusal interrupted(Asked asked, MachineHttpClient.Answer answer);

    RegistryClient.Refusal diskFull();

    /** A request. @param method in upper case */
    record Asked(String method, String url) {

        String host() {
            return url.replaceFirst("^https://", "").replaceFirst("/.*$", "");
        }

        /** As Go prints it, such as {@code Head "https://…"}. */
        @Override
        public String toString() {
            return method.charAt(0) + method.substring(1).toLowerCase(Locale.ROOT) + " \"" + url + "\"";
        }
    }
}
