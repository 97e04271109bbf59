package io.keylesspull.practice.machine.program.az;

import io.keylesspull.practice.machine.program.net.MachineHttpClient;
import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.state.AzProfile;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code az acr repository show --image}: shows one tag or manifest, by the machine's identity. */
final class AcrRepositoryShow {

    private final ProgramCall call;
    private final MachineHttpClient http;
    private final AzOptions options;

    AcrRepositoryShow(ProgramCall call) {
        this.call = call;
        this.http = new MachineHttpClient(call.machine());
        this.options = AzOptions.parse(call.args(), List.of("--name -n", "--image -t", "--suffix"), Set.of());
    }

    int run() throws IOException, InterruptedException {
        if (!options.incomplete().isEmpty()) {
            return call.fail(2, "ERROR: argument " + options.incomplete().get(0) + ": expected one argument");
        }
        Optional<AzProfile.SignedIn> signedIn =
                call.machine().azureProfile(call.user().name()).signedIn();
        if (signedIn.isEmpty()) {
            return call.fail(1, AzCommand.PLEASE_LOG_IN);
        }
        String[] image = options.get("--image").orElse("").split("[@:]", 2);
        if (!options.has("--name") || image.length < 2) {
            return call.fail(2, "ERROR: the following arguments are required: --name/-n, --image/-t");
        }
        String host = options.get("--name").orElseThrow().toLowerCase(Locale.ROOT)
                + options.get("--suffix").map(hash -> "-" + hash).orElse("")
                + AzCommand.registrySuffix(call);
        try {
            return show(signedIn.get(), host, image[0], image[1]);
        } catch (AzCommand.NoIdentity e) {
            return call.fail(1, "ERROR: " + e.getMessage());
        }
    }

    private int show(AzProfile.SignedIn as, String host, String repository, String reference)
            throws IOException, InterruptedException, AzCommand.NoIdentity {
        MachineHttpClient.Answer exchange = http.postForm(
                "https://" + host + "/oauth2/exchange",
                Map.of(
                        "grant_type",
                        "access_token",
                        "service",
                        host,
                        "tenant",
                        as.tenantId(),
                        "access_token",
                        AzCommand.token(call, as.query())));
        MachineHttpClient.Answer access = http.postForm(
                "https://" + host + "/oauth2/token",
                Map.of(
                        "grant_type",
                        "refresh_token",
                        "service",
                        host,
                        "scope",
                        "repository:" + repository + ":metadata_read",
                        "refresh_token",
                        exchange.json().path("refresh_token").asText("")));
        boolean byDigest = reference.startsWith("sha256:");
        MachineHttpClient.Answer answer = http.get(
                "https://" + host + "/acr/v1/" + repository + (byDigest ? "/_manifests/" : "/_tags/") + reference,
                Map.of(
                        "Authorization",
                        "Bearer " + access.json().path("access_token").asText("")));
        return switch (answer.status()) {
            case 200 -> AzCommand.print(call, answer.json().path(byDigest ? "manifest" : "tag"));
            case 404 ->
                call.fail(
                        1,
                        byDigest
                                ? "ERROR: manifest " + reference + " is not found. Correlation ID: 0."
                                : "ERROR: the specified tag does not exist. Correlation ID: 0.");
            default -> call.fail(1, "ERROR: Unable to get repository attributes. Response code: " + answer.status());
        };
    }
}
