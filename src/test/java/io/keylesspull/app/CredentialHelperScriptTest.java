package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.wire.PracticeServer;
import io.keylesspull.remote.Command;
import io.keylesspull.setup.step.CredentialHelper;
import io.keylesspull.time.Time;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The very script that machines get, run by this computer's own shell and curl: over TLS to the registries of a
 * practice cloud, and to an instance metadata service that hands on the answers that a practice machine gets from its
 * own.
 */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS)
class CredentialHelperScriptTest {

    private static final String REGISTRY = "practiceclassic.azurecr.io";
    private static final String NO_ROLE = "practiceabac.azurecr.io";
    private static final String METADATA = "http://169.254.169.254";
    private static final String SETUP = """
            {"version": 1, "location": "japaneast", "resourceGroup": {"name": "practiceMachines", "create": false},
             "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
             "image": "aci-helloworld:v1", "machines": [{"name": "practiceDocker", "create": false}],
             "identity": {"kind": "user-assigned", "name": "myACRId"}, "azureCli": false}
            """;
    /** Stands before curl: writes down how it is called, and leads what is meant for 169.254.169.254 to the test. */
    private static final String SHIM = """
            #!/bin/sh
            printf '%%s\\n' "$*" >> "%s"
            for argument; do
              shift
              case $argument in %s/*) argument=http://%s/${argument#%s/} ;; esac
              set -- "$@" "$argument"
            done
            exec "%s" "$@"
            """;

    private record Said(int status, String out, String err) {}

    @TempDir
    private static Path folder;

    private static Path calls;
    private static ProgramInPractice program;
    private static PracticeServer server;
    private static HttpServer metadata;
    private static ExecutorService answering;
    private static CredentialHelper helper;

    @BeforeAll
    static void setUp() throws Exception {
        Path curl = Tool.find("curl");
        program = new ProgramInPractice(folder, Pace.INSTANT, Time.system());
        assertThat(program.setUp(SETUP)).as(program.printed()).isZero();
        server = program.cloud().serve(0, new SecureRandom());
        OnMachine machine = new OnMachine(program.cloud(), "practiceDocker");
        metadata = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        metadata.createContext("/", exchange -> handOn(exchange, machine));
        answering = Executors.newCachedThreadPool();
        metadata.setExecutor(answering);
        metadata.start();
        String clientId = machine.file("/root/.docker/config.json")
                .orElseThrow()
                .replaceAll("(?s).*acr-managed-identity-([0-9a-f-]{36}).*", "$1");
        helper = CredentialHelper.of(Optional.of(clientId));
        calls = folder.resolve("calls");
        String address = metadata.getAddress().getHostString() + ":"
                + metadata.getAddress().getPort();
        executable("curl", SHIM.formatted(calls, METADATA, address, METADATA, curl));
        Files.writeString(folder.resolve("ca.pem"), server.certificate());
    }

    @AfterAll
    static void close() {
        if (program != null) {
            metadata.stop(0);
            answering.shutdownNow();
            server.close();
            program.close();
        }
    }

    private static void handOn(HttpExchange exchange, OnMachine machine) throws IOException {
        List<String> argv = new ArrayList<>(List.of("curl", "--silent", "--write-out", " %{http_code}"));
        exchange.getRequestHeaders()
                .getOrDefault("Metadata", List.of())
                .forEach(value -> argv.addAll(List.of("--header", "Metadata: " + value)));
        argv.add(METADATA + exchange.getRequestURI());
        String answer;
        try {
            answer = machine.runs(Command.of(argv.toArray(String[]::new)).asConfidential())
                    .stdout();
        } catch (Exception e) {
            throw new IOException(e);
        }
        int blank = answer.lastIndexOf(' ');
        byte[] body = answer.substring(0, blank).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(Integer.parseInt(answer.substring(blank + 1)), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Path executable(String name, String text) throws IOException {
        Path file = folder.resolve("bin").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    private static Said run(CredentialHelper called, String input, String... arguments) throws Exception {
        Path file = executable(called.toString(), CredentialHelper.script());
        List<String> command = new ArrayList<>(List.of(file.toString()));
        command.addAll(Arrays.asList(arguments));
        return run(command, input);
    }

    private static Said run(List<String> command, String input) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().put("HTTPS_PROXY", server.proxy().toString());
        builder.environment().put("http_proxy", "http://127.0.0.1:1");
        builder.environment().put("CURL_CA_BUNDLE", folder.resolve("ca.pem").toString());
        Path err = Files.createTempFile(folder, "err", "");
        Process process = builder.redirectError(err.toFile()).start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String out = text(process.getInputStream());
        return new Said(process.waitFor(), out, Files.readString(err));
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static Said get(String server) throws Exception {
        return run(helper, server, "get");
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {REGISTRY, REGISTRY + "\n"})
    void dockerIsGivenAPasswordThatTheRegistryTakes(String input) throws Exception {
        Said said = get(input);

        assertThat(said.err()).isEmpty();
        assertThat(said.status()).isZero();
        JsonNode given = json(said.out());
        assertThat(given.path("ServerURL").asText()).isEqualTo(REGISTRY);
        assertThat(given.path("Username").asText()).isEqualTo("00000000-0000-0000-0000-000000000000");
        Said token = run(
                List.of(
                        "curl",
                        "--silent",
                        "--config",
                        "-",
                        "https://" + REGISTRY + "/oauth2/token?service=" + REGISTRY
                                + "&scope=repository:aci-helloworld:pull"),
                "user = \"" + given.path("Username").asText() + ":"
                        + given.path("Secret").asText() + "\"\n");
        assertThat(json(token.out()).path("access_token").asText())
                .as(token.toString())
                .startsWith("eyJ");
    }

    @Test
    void noTokenStandsOnACommandLine() throws Exception {
        String secret = json(get(REGISTRY).out()).path("Secret").asText();

        assertThat(secret).startsWith("eyJ");
        assertThat(Files.readString(calls))
                .contains("/oauth2/exchange")
                .contains("client_id=")
                .doesNotContain("eyJ")
                .doesNotContain(secret);
    }

    @Test
    void onAMachineWithoutTheIdentityTheMessageNamesTheHelperAndTheCause() throws Exception {
        CredentialHelper other = CredentialHelper.of(Optional.of("00000000-1111-2222-3333-444444444444"));
        Said said = run(other, REGISTRY, "get");

        String why = "the instance metadata service gives no token for the managed identity (400): Identity not found";
        assertThat(said).isEqualTo(new Said(1, why + "\n", other + ": " + why + "\n"));
    }

    @Test
    void anIdentityThatTheRegistryDoesNotKnowIsReportedAsSuch() throws Exception {
        Said said = get(NO_ROLE);

        assertThat(said.status()).isEqualTo(1);
        assertThat(said.out())
                .startsWith("the registry " + NO_ROLE
                        + " refuses the managed identity (401): it has no role there, or not yet")
                .hasLineCount(1);
        assertThat(said.err()).isEqualTo(helper + ": " + said.out());
    }

    @Test
    void aRegistryThatDoesNotAnswerIsReported() throws Exception {
        Said said = get("nosuchregistry.azurecr.io");

        assertThat(said.status()).isEqualTo(1);
        assertThat(said.out()).isEqualTo("the registry nosuchregistry.azurecr.io does not answer\n");
        assertThat(said.err()).contains("curl: (").endsWith(helper + ": " + said.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example.com",
                "azurecr.io",
                ".azurecr.io",
                "x.azurecr.io.evil.example.com",
                "x.azurecr.io.",
                "xazurecr.io",
                "x.azurecr.de",
                "https://x.azurecr.io",
                "169.254.169.254",
                "index.docker.io"
            })
    void nobodyButARegistryInAzureIsSentAToken(String server) throws Exception {
        String before = Files.exists(calls) ? Files.readString(calls) : "";

        Said said = get(server);

        assertThat(said.status()).isEqualTo(1);
        assertThat(said.out()).startsWith("not the login server of a registry");
        assertThat(Files.exists(calls) ? Files.readString(calls) : "").isEqualTo(before);
    }

    @Test
    void theRegistryThatItWasSetUpForIsServedWhereverItIs() throws Exception {
        assertThat(CredentialHelper.script(REGISTRY)).isEqualTo(CredentialHelper.script());
        assertThat(CredentialHelper.script("'; reboot; '")).isEqualTo(CredentialHelper.script());
        Path other = executable(
                "docker-credential-acr-managed-identity-other", CredentialHelper.script("acr.contoso.example"));

        assertThat(run(List.of(other.toString(), "get"), "acr.contoso.example").out())
                .doesNotContain("not the login server");
        assertThat(run(List.of(other.toString(), "get"), "evil.example.com").out())
                .startsWith("not the login server of a registry in Azure: evil.example.com");
    }

    @Test
    void theRegistrysOwnReasonIsPassedOn() throws Exception {
        Path curl = executable("fake/curl", """
                #!/bin/sh
                case $* in
                  *169.254.169.254*) printf '{"access_token":"t"} 200' ;;
                  *) printf '%s' '{"errors":[{"code":"DENIED","message":"client with IP is not allowed"}]} 403' ;;
                esac
                """);
        Path file = executable(helper.toString(), CredentialHelper.script());

        Said said = run(
                List.of("env", "PATH=" + curl.getParent() + ":" + System.getenv("PATH"), file.toString(), "get"),
                REGISTRY);

        assertThat(said.err())
                .isEqualTo(helper + ": the registry " + REGISTRY + " refuses the managed identity (403): client with IP"
                        + " is not allowed\n");
    }

    @Test
    void everyRequestIsBoundedInTimeAndProtocolAndReadsNobodysSettings() throws Exception {
        get(REGISTRY);

        assertThat(Files.readAllLines(calls))
                .filteredOn(call -> call.contains("--write-out"))
                .isNotEmpty()
                .allMatch(call -> call.startsWith("--disable ")
                        && call.contains(" --max-time 20 ")
                        && call.contains(" --retry-max-time 20 "))
                .allMatch(call ->
                        call.contains(call.contains("/oauth2/") && !call.contains("/metadata/") ? "=https" : "=http"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "a b", "x/../y", "host:1", "$(reboot)", "&x=1"})
    void whatIsNoLoginServerIsAskedForNothing(String input) throws Exception {
        Said said = run(helper, input, "get");

        assertThat(said.status()).isEqualTo(1);
        assertThat(said.out()).startsWith("not the login server of a registry: ");
    }

    @Test
    void nothingIsKeptForgottenOrListed() throws Exception {
        String login = "{\"ServerURL\":\"" + REGISTRY + "\",\"Username\":\"u\",\"Secret\":\"s\"}";

        assertThat(run(helper, login, "store")).isEqualTo(new Said(0, "", ""));
        assertThat(run(helper, REGISTRY, "erase")).isEqualTo(new Said(0, "", ""));
        assertThat(run(helper, "", "list")).isEqualTo(new Said(0, "{}\n", ""));
        String usage = "usage: " + helper + " get|store|erase|list\n";
        assertThat(run(helper, "")).isEqualTo(new Said(1, usage, helper + ": " + usage));
    }

    @Test
    void theListOfARegistryIsReadByTheFirstIdentityThatMayAndNoTokenIsShown() throws Exception {
        String other = "%2Fsubscriptions%2Fs%2FresourceGroups%2Fg%2Fproviders%2Fp%2Fi%2Fother";

        Said said = list(REGISTRY, "registry:catalog:*", "/acr/v1/_catalog?n=100", other);
        Said tags =
                list(REGISTRY, "repository:web/frontend:metadata_read", "/acr/v1/web/frontend/_tags?n=2", identity());
        Said by = list(REGISTRY, "registry:catalog:*", "/acr/v1/_catalog?n=100", other, identity());

        assertThat(said.status()).isEqualTo(1);
        assertThat(said.out()).contains("gives no token for the managed identity (400)");
        assertThat(unpacked(by)).isEqualTo("{\"repositories\":[\"aci-helloworld\",\"batch/report\",\"web/frontend\"]}");
        assertThat(json(unpacked(tags)).at("/tags/1/name").asText()).isEqualTo("1.1");
        assertThat(said.out() + said.err() + by.err() + tags.err()).doesNotContain("eyJ");
        assertThat(unpacked(by) + unpacked(tags)).doesNotContain("eyJ");
        assertThat(Files.readString(calls)).contains("/acr/v1/_catalog").doesNotContain("eyJ");
    }

    @Test
    void whoMayNotListARegistryOrDoesNotReachItIsSaid() throws Exception {
        assertThat(list(NO_ROLE, "registry:catalog:*", "/acr/v1/_catalog?n=100", identity())
                        .out())
                .startsWith("the registry " + NO_ROLE + " refuses the managed identity (401): ")
                .hasLineCount(1);
        assertThat(list("nosuchregistry.azurecr.io", "registry:catalog:*", "/acr/v1/_catalog?n=100", identity())
                        .out())
                .startsWith("the registry nosuchregistry.azurecr.io does not answer: curl: (");
    }

    /** The user-assigned identity that the setup gave to the machine. */
    private static String identity() {
        return program.resources().stream()
                .filter(id -> id.endsWith("/myACRId"))
                .findFirst()
                .orElseThrow()
                .replace("/", "%2F");
    }

    private static String unpacked(Said said) throws IOException {
        assertThat(said.status()).as(said.toString()).isZero();
        byte[] packed = Base64.getDecoder().decode(said.out().replaceFirst("^list ", ""));
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return text(in);
        }
    }

    private static Said list(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", listing() + "\nread_list \"$@\"", "sh"));
        command.addAll(Arrays.asList(arguments));
        return run(command, "");
    }

    private static String listing() throws IOException {
        try (InputStream in = CredentialHelper.class.getResourceAsStream("machine/read-list.sh")) {
            return text(in);
        }
    }

    @Test
    void theShellAndShellcheckFindNothingWrongWithTheScriptThatReadsLists() throws Exception {
        String file = executable("list", listing()).toString();

        assertThat(run(List.of("/bin/sh", "-n", file), "")).isEqualTo(new Said(0, "", ""));
        assertThat(run(List.of(Tool.find("shellcheck").toString(), "--shell=sh", file), ""))
                .isEqualTo(new Said(0, "", ""));
    }

    @Test
    void theShellAndShellcheckFindNothingWrongWithIt() throws Exception {
        String file = executable("script", CredentialHelper.script()).toString();

        assertThat(run(List.of("/bin/sh", "-n", file), "")).isEqualTo(new Said(0, "", ""));
        assertThat(run(List.of(Tool.find("shellcheck").toString(), "--shell=sh", file), ""))
                .isEqualTo(new Said(0, "", ""));
    }
}
