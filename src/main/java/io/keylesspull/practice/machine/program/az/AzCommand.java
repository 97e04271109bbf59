package io.keylesspull.practice.machine.program.az;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.machine.program.net.MachineHttpClient;
import io.keylesspull.practice.machine.program.net.Unreachable;
import io.keylesspull.practice.machine.shell.MachineProgram;
import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.state.AzProfile;
import io.keylesspull.practice.machine.state.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The part of the {@code az} command that machines need to sign in with their identity. */
public final class AzCommand implements MachineProgram {

    static final String PLEASE_LOG_IN = "ERROR: Please run 'az login' to setup account.";
    private static final String IMDS = "http://169.254.169.254/metadata/identity/oauth2/token"
            + "?resource=https%3A%2F%2Fmanagement.core.windows.net%2F&api-version=2018-02-01";
    private static final String GUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    private static final Duration START = Duration.ofMillis(900);

    /** The metadata service gave no token. */
    static final class NoIdentity extends Exception {
        NoIdentity(String message) {
            super(message);
        }
    }

    @Override
    public int run(ProgramCall call) throws IOException, InterruptedException {
        call.spend(START);
        makeFolder(call);
        List<String> args = call.args();
        String two = args.size() < 2 ? String.join(" ", args) : args.get(0) + " " + args.get(1);
        if (args.isEmpty()) {
            return call.fail(1, "usage: az [-h] {login,logout,account,acr,cloud,version} ...");
        }
        switch (args.get(0)) {
            case "--version", "-v":
                return versionText(call);
            case "version":
                return version(call);
            case "login":
                return login(call.with("az login", args.subList(1, args.size())));
            case "logout":
                return logout(call.with("az logout", args.subList(1, args.size())));
            default:
                break;
        }
        ProgramCall rest = call.with("az " + two, args.subList(Math.min(2, args.size()), args.size()));
        return switch (two) {
            case "acr login" -> new AcrLogin(rest).run();
            case "acr repository" -> acrRepository(rest);
            case "cloud set" -> cloudSet(rest);
            case "cloud show" ->
                print(
                        rest,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put(
                                        "name",
                                        call.machine()
                                                .azureProfile(call.user().name())
                                                .cloud()));
            case "account show" -> accountShow(rest);
            case "account list" -> accountList(rest);
            default -> call.fail(2, "ERROR: '" + args.get(0) + "' is misspelled or not recognized by the system.");
        };
    }

    /** Whatever the command, as seen with 2.45. */
    private static void makeFolder(ProgramCall call) {
        FileTree files = call.machine().files();
        String folder = call.user().home() + "/.azure";
        if (files.node(folder).isEmpty()) {
            files.makeDirectory(folder, call.user().name(), 0755);
            files.makeDirectory(folder + "/logs", call.user().name(), 0755);
            for (String name : List.of("az.json", "az.sess", "commandIndex.json", "versionCheck.json")) {
                files.put(
                        folder + "/" + name,
                        "{}".getBytes(StandardCharsets.UTF_8),
                        call.user().name(),
                        0600);
            }
        }
    }

    private static int acrRepository(ProgramCall call) throws IOException, InterruptedException {
        List<String> args = call.args();
        return !args.isEmpty() && args.get(0).equals("show")
                ? new AcrRepositoryShow(call.with("az acr repository show", args.subList(1, args.size()))).run()
                : call.fail(2, "ERROR: the following arguments are required: _subcommand");
    }

    static String installedVersion(ProgramCall call) {
        return call.machine().packages().azureCliInstalled().orElse("0.0.0");
    }

    /** Whether the installed version is at least this one. */
    static boolean atLeast(ProgramCall call, String version) {
        return Arrays.compare(numbers(installedVersion(call)), numbers(version)) >= 0;
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }

    private static int versionText(ProgramCall call) throws IOException {
        call.out()
                .lines(
                        "azure-cli                         " + installedVersion(call),
                        "",
                        "core                              " + installedVersion(call),
                        "telemetry                          1.1.0",
                        "",
                        "Python location '/opt/az/bin/python3'",
                        "",
                        "Your CLI is up-to-date.");
        return 0;
    }

    private static int version(ProgramCall call) throws IOException {
        ObjectNode versions = JsonNodeFactory.instance
                .objectNode()
                .put("azure-cli", installedVersion(call))
                .put("azure-cli-core", installedVersion(call))
                .put("azure-cli-telemetry", "1.1.0");
        versions.putObject("extensions");
        return print(call, versions);
    }

    /** Prints in the format of {@code -o}, after {@code --query} of one field. */
    static int print(ProgramCall call, JsonNode result) throws IOException {
        AzOptions options = AzOptions.parse(call.args(), List.of(), Set.of());
        JsonNode shown = options.get("--query").map(q -> field(result, q)).orElse(result);
        switch (options.get("--output").orElse("json")) {
            case "none":
                break;
            case "tsv":
                for (JsonNode row : shown.isMissingNode() || shown.isArray() ? shown : List.of(shown)) {
                    List<String> cells = new ArrayList<>();
                    (row.isValueNode() ? List.of(row) : row).forEach(n -> cells.add(n.asText()));
                    call.out().line(String.join("\t", cells));
                }
                break;
            default:
                call.out()
                        .line(
                                shown.isMissingNode()
                                        ? "null"
                                        : shown.isEmpty() && shown.isArray() ? "[]" : shown.toPrettyString());
                break;
        }
        return 0;
    }

    /** A field by name, by names with dots, or of each element; quoted names are taken literally. */
    private static JsonNode field(JsonNode from, String query) {
        if (query.startsWith("[].")) {
            ArrayNode fields = JsonNodeFactory.instance.arrayNode();
            from.forEach(n -> fields.add(field(n, query.substring(3))));
            return fields;
        }
        if (query.startsWith("\"") || query.startsWith("'")) {
            return from.path(query.substring(1, query.length() - 1));
        }
        JsonNode node = from;
        for (String name : query.split("\\.")) {
            node = node.path(name);
        }
        return node;
    }

    /** The control plane of the cloud that was chosen with {@code az cloud set}. */
    static String arm(ProgramCall call) {
        return switch (cloud(call)) {
            case "AzureUSGovernment" -> "https://management.usgovcloudapi.net";
            case "AzureChinaCloud" -> "https://management.chinacloudapi.cn";
            default -> "https://management.azure.com";
        };
    }

    /** How login servers end in the cloud that was chosen. */
    static String registrySuffix(ProgramCall call) {
        return switch (cloud(call)) {
            case "AzureUSGovernment" -> ".azurecr.us";
            case "AzureChinaCloud" -> ".azurecr.cn";
            default -> ".azurecr.io";
        };
    }

    private static String cloud(ProgramCall call) {
        return call.machine().azureProfile(call.user().name()).cloud();
    }

    private static int cloudSet(ProgramCall call) throws IOException {
        String name = AzOptions.parse(call.args(), List.of("--name -n"), Set.of())
                .get("--name")
                .orElse("");
        if (!Set.of("AzureCloud", "AzureChinaCloud", "AzureUSGovernment").contains(name)) {
            return call.fail(1, "ERROR: The cloud '" + name + "' is not registered.");
        }
        call.machine().azureProfile(call.user().name()).cloud(name);
        return 0;
    }

    /** Prints nothing on success, also for a name that nobody is signed in with. */
    private static int logout(ProgramCall call) throws IOException {
        AzProfile profile = call.machine().azureProfile(call.user().name());
        AzOptions options = AzOptions.parse(call.args(), List.of("--username -u"), Set.of());
        if (!options.unknown().isEmpty()) {
            return call.fail(2, "ERROR: unrecognized arguments: " + String.join(" ", options.unknown()));
        }
        Optional<String> name =
                options.get("--username").or(() -> profile.signedIn().map(AzProfile.SignedIn::userName));
        if (name.isEmpty()) {
            return call.fail(1, "ERROR: There are no active accounts.");
        }
        profile.signOut(name.get());
        return 0;
    }

    private static int accountShow(ProgramCall call) throws IOException {
        AzProfile profile = call.machine().azureProfile(call.user().name());
        Optional<AzProfile.Entry> active =
                profile.entries().stream().filter(profile::isDefault).findFirst();
        if (active.isEmpty()) {
            return call.fail(
                    1,
                    profile.entries().isEmpty()
                            ? PLEASE_LOG_IN
                            : "ERROR: No subscription found. Run 'az account set' to select a subscription.");
        }
        return print(call, account(profile, active.get(), "environmentName"));
    }

    private static int accountList(ProgramCall call) throws IOException {
        AzProfile profile = call.machine().azureProfile(call.user().name());
        if (profile.entries().isEmpty() && !call.has("--only-show-errors")) {
            call.err().line("WARNING: Please run \"az login\" to access your accounts.");
        }
        ArrayNode accounts = JsonNodeFactory.instance.arrayNode();
        profile.entries().forEach(e -> accounts.add(account(profile, e, "cloudName")));
        return print(call, accounts);
    }

    private static ObjectNode account(AzProfile profile, AzProfile.Entry entry, String cloudField) {
        AzProfile.Subscription subscription = entry.subscription();
        ObjectNode account = JsonNodeFactory.instance
                .objectNode()
                .put(cloudField, profile.cloud())
                .put("homeTenantId", subscription.tenantId())
                .put("id", subscription.id())
                .put("isDefault", profile.isDefault(entry))
                .put("name", subscription.name())
                .put("state", "Enabled")
                .put("tenantId", subscription.tenantId());
        account.putObject("user")
                .put("assignedIdentityInfo", entry.as().label())
                .put("name", entry.as().userName())
                .put("type", "servicePrincipal");
        return account;
    }

    private static int login(ProgramCall call) throws IOException, InterruptedException {
        AzOptions options = AzOptions.parse(
                call.args(),
                List.of("--username -u", "--client-id", "--object-id", "--resource-id"),
                Set.of("--identity", "-i", "--allow-no-subscriptions"));
        List<String> unknown = new ArrayList<>(options.unknown());
        for (String name : List.of("--client-id", "--object-id", "--resource-id")) {
            if (options.has(name) && !atLeast(call, "2.69.0")) {
                unknown.add(name + " " + options.get(name).orElseThrow());
            }
        }
        if (!unknown.isEmpty()) {
            return call.fail(2, "ERROR: unrecognized arguments: " + String.join(" ", unknown));
        }
        if (!options.has("--identity") && !options.has("-i")) {
            return call.fail(1, "ERROR: practice machines sign in with --identity only: they have no browser");
        }
        if (options.has("--username") && atLeast(call, "2.73.0")) {
            return call.fail(
                    1,
                    "ERROR: Passing the managed identity ID with --username is no longer supported. "
                            + "Use --client-id, --object-id or --resource-id instead.");
        }
        try {
            return signIn(call, options);
        } catch (NoIdentity e) {
            return call.fail(1, "ERROR: " + e.getMessage());
        } catch (UncheckedIOException e) {
            return noAnswer(call, e);
        }
    }

    /** Azure is not reached. */
    static int noAnswer(ProgramCall call, UncheckedIOException cause) throws IOException {
        return call.fail(
                1,
                "ERROR: The command failed with an unexpected error. Here is the traceback:\nERROR: "
                        + Unreachable.of("management.azure.com", cause).inPython());
    }

    private static int signIn(ProgramCall call, AzOptions options)
            throws IOException, InterruptedException, NoIdentity {
        String query = identityQuery(options);
        String token;
        try {
            token = token(call, query);
        } catch (NoIdentity e) {
            // Before 2.69 one option took any kind of id, and the CLI tried one after the other.
            if (!options.has("--username") || !query.startsWith("&client_id=")) {
                throw e;
            }
            query = query.replace("&client_id=", "&object_id=");
            token = token(call, query);
        }
        MachineHttpClient.Answer answer = new MachineHttpClient(call.machine())
                .get(arm(call) + "/subscriptions?api-version=2022-12-01", Map.of("Authorization", "Bearer " + token));
        if (!answer.isOk()) {
            return call.fail(
                    1,
                    "ERROR: (" + answer.json().path("error").path("code").asText("Unknown") + ") "
                            + answer.json().path("error").path("message").asText());
        }
        String tenant = JwtClaims.claim(token, "tid");
        List<AzProfile.Subscription> subscriptions = new ArrayList<>();
        answer.json()
                .path("value")
                .forEach(s -> subscriptions.add(new AzProfile.Subscription(
                        s.path("subscriptionId").asText(),
                        s.path("displayName").asText(),
                        s.path("tenantId").asText(tenant))));
        if (subscriptions.isEmpty() && !options.has("--allow-no-subscriptions")) {
            return call.fail(
                    1,
                    "ERROR: No access was configured for the " + (atLeast(call, "2.69.0") ? "managed identity" : "VM")
                            + ", hence no subscriptions were found. "
                            + "If this is expected, use '--allow-no-subscriptions' to have tenant level access.");
        }
        String label = query.isEmpty()
                ? "MSI"
                : "MSI"
                        + query.replaceFirst("&client_id=", "Client-")
                                .replaceFirst("&object_id=", "Object-")
                                .replaceFirst("&msi_res_id=.*", "Resource");
        AzProfile.SignedIn as = new AzProfile.SignedIn(query, label, tenant, List.copyOf(subscriptions));
        AzProfile profile = call.machine().azureProfile(call.user().name());
        profile.signIn(as);
        List<String> found = as.subscriptions().isEmpty()
                ? List.of(tenant)
                : as.subscriptions().stream().map(AzProfile.Subscription::id).toList();
        ArrayNode accounts = JsonNodeFactory.instance.arrayNode();
        profile.entries().stream()
                .filter(e -> found.contains(e.subscription().id()))
                .forEach(e -> accounts.add(account(profile, e, "environmentName")));
        return print(call, accounts);
    }

    private static String identityQuery(AzOptions options) {
        for (Map.Entry<String, String> kind : Map.of(
                        "--client-id", "client_id", "--object-id", "object_id", "--resource-id", "msi_res_id")
                .entrySet()) {
            if (options.has(kind.getKey())) {
                return "&" + kind.getValue() + "="
                        + MachineHttpClient.encode(options.get(kind.getKey()).orElseThrow());
            }
        }
        return options.get("--username")
                .map(id -> (id.matches(GUID) ? "&client_id=" : "&msi_res_id=") + MachineHttpClient.encode(id))
                .orElse("");
    }

    /** A token of the identity for the control plane. */
    static String token(ProgramCall call, String query) throws NoIdentity, InterruptedException {
        call.spend(Duration.ofMillis(200));
        MachineHttpClient.Answer answer;
        try {
            answer = new MachineHttpClient(call.machine()).get(IMDS + query, Map.of("Metadata", "true"));
        } catch (UncheckedIOException e) {
            throw new NoIdentity("Failed to connect to MSI. Please make sure MSI is configured correctly and check the"
                    + " network connection.\nError detail: HTTPConnectionPool(host='169.254.169.254', port=80): Max"
                    + " retries exceeded with url: /metadata/identity/oauth2/token");
        }
        String token = answer.json().path("access_token").asText("");
        if (!answer.isOk() || token.isEmpty()) {
            throw new NoIdentity("Failed to connect to MSI. Please make sure MSI is configured correctly.\n"
                    + "Get Token request returned http error: " + answer.status() + ", reason: "
                    + answer.json().path("error_description").asText("Bad Request"));
        }
        return token;
    }
}
