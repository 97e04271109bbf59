package io.keylesspull.practice.machine.program.az;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.machine.program.docker.Docker;
import io.keylesspull.practice.machine.program.docker.DockerLogins;
import io.keylesspull.practice.machine.program.docker.RegistryClient;
import io.keylesspull.practice.machine.program.net.MachineHttpClient;
import io.keylesspull.practice.machine.shell.MachineProgram;
import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.shell.TextOutput;
import io.keylesspull.practice.machine.state.AzProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code az acr login}: exchanges the machine's identity for a docker login. The order of requests and the wording are
 * those of the Azure CLI's {@code acr} command module.
 */
final class AcrLogin {

    private static final String USER = "00000000-0000-0000-0000-000000000000";
    private static final String LIST_VERSION = "2021-04-01";
    private static final String REGISTRY_VERSION = "2023-07-01";

    private static final int NOT_FOUND = 3;

    /** An error of Azure, with the CLI's wording and exit status. */
    private static final class Refused extends Exception {

        private static final long serialVersionUID = 1;

        private final int status;

        Refused(MachineHttpClient.Answer answer) {
            super(words(answer.json().path("error")));
            status = answer.status() == 404 ? NOT_FOUND : 1;
        }

        private static String words(JsonNode error) {
            String code = error.path("code").asText();
            String message = error.path("message").asText();
            return "(" + code + ") " + message + "\nCode: " + code + "\nMessage: " + message;
        }
    }

    private final ProgramCall call;
    private final MachineHttpClient http;
    private final AzOptions options;

    AcrLogin(ProgramCall call) {
        this.call = call;
        this.http = new MachineHttpClient(call.machine());
        this.options = AzOptions.parse(call.args(), List.of("--name -n", "--suffix"), Set.of("--expose-token", "-t"));
    }

    int run() throws IOException, InterruptedException {
        if (!options.incomplete().isEmpty()) {
            return call.fail(2, "ERROR: argument " + options.incomplete().get(0) + ": expected one argument");
        }
        if (!options.unknown().isEmpty()) {
            return call.fail(2, "ERROR: unrecognized arguments: " + String.join(" ", options.unknown()));
        }
        if (!options.has("--name")) {
            return call.fail(2, "ERROR: the following arguments are required: --name/-n");
        }
        boolean expose = options.has("--expose-token") || options.has("-t");
        if (!expose && dockerProblem().isPresent()) {
            return call.fail(
                    1,
                    "ERROR: An error occurred: DOCKER_COMMAND_ERROR\n"
                            + dockerProblem().orElseThrow());
        }
        Optional<AzProfile.SignedIn> signedIn =
                call.machine().azureProfile(call.user().name()).signedIn();
        if (signedIn.isEmpty()) {
            return call.fail(1, AzCommand.PLEASE_LOG_IN);
        }
        try {
            return logIn(signedIn.get(), registryName(), expose);
        } catch (AzCommand.NoIdentity e) {
            return call.fail(1, "ERROR: " + e.getMessage());
        } catch (Refused e) {
            return call.fail(e.status, "ERROR: " + e.getMessage());
        } catch (UncheckedIOException e) {
            return AzCommand.noAnswer(call, e);
        }
    }

    private Optional<String> dockerProblem() throws IOException, InterruptedException {
        Optional<MachineProgram> docker = call.shell().find(call.machine(), "docker");
        String verify = "Please verify if Docker client is installed and running.";
        if (docker.isEmpty()) {
            return Optional.of(verify);
        }
        ByteArrayOutputStream stderr = new ByteArrayOutputStream();
        docker.get()
                .run(call.with("docker", List.of("ps"))
                        .with(call.in(), new TextOutput(OutputStream.nullOutputStream()), new TextOutput(stderr)));
        return stderr.size() == 0
                ? Optional.empty()
                : Optional.of(
                        verify + "\n" + stderr.toString(StandardCharsets.UTF_8).strip());
    }

    private String registryName() throws IOException {
        String name = options.get("--name").orElseThrow();
        String lower = name.toLowerCase(Locale.ROOT);
        if (!lower.equals(name)) {
            call.err()
                    .line("WARNING: Uppercase characters are detected in the registry name. When using its"
                            + " server url in docker commands, to avoid authentication errors, use all lowercase.");
        }
        String suffix = AzCommand.registrySuffix(call);
        if (lower.endsWith(suffix)) {
            call.err().line("WARNING: The login server endpoint suffix '" + suffix + "' is automatically omitted.");
            return lower.substring(0, lower.length() - suffix.length());
        }
        return lower;
    }

    private int logIn(AzProfile.SignedIn as, String name, boolean expose)
            throws IOException, InterruptedException, AzCommand.NoIdentity, Refused {
        String token = AzCommand.token(call, as.query());
        Optional<String> found = lookUp(as, name, token);
        String host = found.orElse(
                name + options.get("--suffix").map(s -> "-" + s).orElse("") + AzCommand.registrySuffix(call));
        if (found.isPresent() && options.has("--suffix")) {
            call.err()
                    .line("WARNING: Obtained registry login server '" + host
                            + "' from service. The specified suffix '"
                            + options.get("--suffix").orElseThrow() + "' is ignored.");
        }
        Optional<MachineHttpClient.Answer> ping = ping(host);
        if (ping.isEmpty()) {
            return call.fail(
                    1,
                    "ERROR: Could not connect to the registry login server '" + host
                            + "'. Please verify that"
                            + " the registry exists and the URL 'https://" + host
                            + "/v2/' is reachable from your environment.\n"
                            + "Try running 'az acr check-health -n " + name + " --yes' to diagnose this issue.");
        }
        if (ping.get().status() == 403) {
            return call.fail(
                    1,
                    "ERROR: Looks like you don't have access to registry '" + host + "'. To see configured"
                            + " firewall rules, run 'az acr show --query networkRuleSet --name " + name
                            + "'. Please refer to"
                            + " https://aka.ms/acr/errors#connectivity_forbidden_error for more information.");
        }
        Map<String, String> challenge = RegistryClient.challenge(ping.get());
        if (ping.get().status() != 401 || challenge.isEmpty()) {
            return refused(
                    as, name, "CONNECTIVITY_CHALLENGE_ERROR\nRegistry '" + host + "' did not issue a challenge.");
        }
        MachineHttpClient.Answer exchange = http.postForm(
                "https://" + host + "/oauth2/exchange",
                Map.of(
                        "grant_type",
                        "access_token",
                        "service",
                        challenge.getOrDefault("service", host),
                        "tenant",
                        as.tenantId(),
                        "access_token",
                        AzCommand.token(call, as.query())));
        String refreshToken = exchange.json().path("refresh_token").asText("");
        if (!exchange.isOk() || refreshToken.isEmpty()) {
            return refused(
                    as,
                    name,
                    "CONNECTIVITY_REFRESH_TOKEN_ERROR\nAccess to registry '" + host
                            + "' was denied. Response code: " + exchange.status()
                            + ". Please try running 'az login' again to refresh permissions.");
        }
        return expose ? expose(host, refreshToken) : dockerLogin(host, refreshToken);
    }

    private Optional<MachineHttpClient.Answer> ping(String host) {
        try {
            MachineHttpClient.Answer answer = http.get("https://" + host + "/v2/", Map.of());
            // No registry answers its root with 404: there is none.
            return answer.status() == 404 ? Optional.empty() : Optional.of(answer);
        } catch (UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /**
     * A sign-in without subscriptions searches in one whose id is the tenant's, and gives up if Azure does not know it,
     * as version 2.45 did.
     */
    private Optional<String> lookUp(AzProfile.SignedIn as, String name, String token) throws Refused {
        String subscription = as.subscriptions().isEmpty()
                ? as.tenantId()
                : as.subscriptions().get(0).id();
        Map<String, String> headers = Map.of("Authorization", "Bearer " + token);
        String filter = "resourceType eq 'Microsoft.ContainerRegistry/registries' and name eq '" + name + "'";
        MachineHttpClient.Answer list = http.get(
                AzCommand.arm(call) + "/subscriptions/" + subscription + "/resources?$filter="
                        + MachineHttpClient.encode(filter) + "&api-version=" + LIST_VERSION,
                headers);
        if (!list.isOk()) {
            throw new Refused(list);
        }
        for (JsonNode resource : list.json().path("value")) {
            if (resource.path("name").asText().equalsIgnoreCase(name)
                    && resource.path("type").asText().equalsIgnoreCase("Microsoft.ContainerRegistry/registries")) {
                MachineHttpClient.Answer registry = http.get(
                        AzCommand.arm(call) + resource.path("id").asText() + "?api-version=" + REGISTRY_VERSION,
                        headers);
                String loginServer =
                        registry.json().path("properties").path("loginServer").asText("");
                return loginServer.isEmpty() ? Optional.empty() : Optional.of(loginServer);
            }
        }
        return Optional.empty();
    }

    private int refused(AzProfile.SignedIn as, String name, String error) throws IOException {
        String where = as.subscriptions().isEmpty()
                ? "N/A(tenant level account)"
                : as.subscriptions().get(0).name();
        call.err()
                .line("WARNING: Unable to get AAD authorization tokens with message: "
                        + call.machine().world().time().now() + " An error occurred: " + error);
        call.err()
                .line("WARNING: Unable to get admin user credentials with message: The resource with name '" + name
                        + "' and type 'Microsoft.ContainerRegistry/registries' could not be found in subscription '"
                        + where
                        + "'.");
        return call.fail(
                1,
                "ERROR: Unable to authenticate using AAD or admin login credentials. Please specify both "
                        + "username and password in non-interactive mode.");
    }

    private int expose(String host, String refreshToken) throws IOException {
        call.err()
                .line("WARNING: You can perform manual login using the provided access token below, for example: "
                        + "'docker login loginServer -u " + USER + " -p accessToken'");
        ObjectNode result = JsonNodeFactory.instance
                .objectNode()
                .put("accessToken", refreshToken)
                .put("loginServer", host);
        return AzCommand.print(call, result);
    }

    private int dockerLogin(String host, String refreshToken) throws IOException, InterruptedException {
        try {
            Docker.logIn(call, host, USER, refreshToken);
        } catch (RegistryClient.Refusal e) {
            return call.fail(1, "ERROR: Error response from daemon: " + e.getMessage() + "\nERROR: Login failed.");
        } catch (DockerLogins.NotKept e) {
            return call.fail(1, "ERROR: " + e.getMessage() + "\nERROR: Login failed.");
        }
        call.out().line("Login Succeeded");
        return 0;
    }
}
