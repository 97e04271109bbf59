package io.keylesspull.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.azure.signin.TestBrowser;
import io.keylesspull.network.Network;
import io.keylesspull.network.NetworkOptions;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.directory.PracticeApp;
import io.keylesspull.practice.wire.PracticeServer;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The program itself, in a process of its own and not in practice mode, with the programs that it starts for a sign-in:
 * the browser and the Azure CLI. Behind its proxy, a practice cloud plays Azure.
 */
@Timeout(300)
class SignInOfTheProgramTest {

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private PracticeCloud cloud;
    private PracticeServer server;
    private Path commands;
    private Path authority;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux"));
        cloud = PracticeCloud.start(Pace.INSTANT, Time.system(), new Random());
        server = cloud.serve(0, new SecureRandom());
        commands = Files.createDirectory(folder.resolve("bin"));
        authority = Files.writeString(folder.resolve("ca.pem"), server.certificate());
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        if (server != null) {
            server.close();
            cloud.close();
        }
    }

    @Test
    void theSystemsBrowserIsOpenedAndSignsIn() throws Exception {
        Path opened = folder.resolve("opened");
        assertThat(new ProcessBuilder("mkfifo", opened.toString()).start().waitFor())
                .isZero();
        command("xdg-open", "echo \"$1\" > " + opened);
        TestBrowser browser = new TestBrowser(
                Network.open(
                        NetworkOptions.of(Optional.empty(), Optional.empty(), Optional.of(authority)),
                        folder.resolve("settings.json"),
                        Map.of("HTTPS_PROXY", server.proxy().toString()),
                        ProxySelector.of(null)),
                threads);
        // Reading waits until the program has opened its browser.
        threads.submit(() -> {
            browser.open(URI.create(Files.readString(opened).strip()));
            return null;
        });

        RealProgram.Ended ended = plan("browser");

        assertThat(ended.status()).as(ended.printed()).isZero();
        assertThat(browser.lastPage().get(10, TimeUnit.SECONDS)).contains("You are signed in");
    }

    @Test
    void aComputerWithoutABrowserSaysSoAtOnce() throws Exception {
        command("xdg-open", "exit 3");

        RealProgram.Ended ended = plan("browser");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.printed()).contains("No browser can be opened here to sign in.");
    }

    @Test
    void theAzureClisAccountSignsIn() throws Exception {
        command("az", """
                [ "$1 $2" = "account get-access-token" ] || exit 2
                echo '{"accessToken": "%s", "expiresOn": "2099-01-01 00:00:00.000000", "expires_on": 4070908800,'
                echo '"subscription": "%s", "tenant": "%s", "tokenType": "Bearer"}'
                """.formatted(token(), cloud.subscriptionId(), cloud.tenantId()));

        RealProgram.Ended ended = plan("azure-cli");

        assertThat(ended.status()).as(ended.printed()).isZero();
        assertThat(ended.printed()).contains("myDockerVM");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|The Azure CLI is not installed on this computer.",
                "ERROR: Please run 'az login' to setup account.|Nobody is signed in to the Azure CLI",
                "ERROR: AADSTS700082: The refresh token has expired. Please run: az login|that sign-in has ended",
                "ERROR: AADSTS90002: Tenant 'x' not found.|There is no such directory"
            })
    void whatIsWrongWithTheAzureCliIsSaid(String error, String words) throws Exception {
        if (!error.isEmpty()) {
            command("az", "echo \"" + error + "\" >&2\nexit 1");
        }

        RealProgram.Ended ended = plan("azure-cli");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.printed()).contains(words);
    }

    private void command(String name, String script) throws IOException {
        Path file = Files.writeString(commands.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private RealProgram.Ended plan(String method) throws IOException, InterruptedException {
        Path setup = Files.writeString(folder.resolve("setup.json"), """
                {"version": 1, "signIn": {"method": "%s"}, "subscription": "%s", "location": "japaneast",
                 "resourceGroup": {"name": "myResourceGroup"},
                 "registry": {"name": "myContainerRegistry", "importSample": true}, "image": "aci-helloworld:v1",
                 "machines": [{"name": "myDockerVM", "allowSshFrom": "203.0.113.24/32"}],
                 "identity": {"kind": "system-assigned"}}
                """.formatted(method, cloud.subscriptionId()));
        return new RealProgram(
                        folder,
                        Map.of(
                                "PATH",
                                commands.toString(),
                                "HTTPS_PROXY",
                                server.proxy().toString()))
                .run("--plan", setup.toString(), "--ca-file", authority.toString());
    }

    /** A token for the practice app. */
    private String token() throws IOException, InterruptedException {
        String body = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(cloud.route().resolve("/" + cloud.tenantId() + "/oauth2/v2.0/token"))
                                .header("Forwarded", "host=login.microsoftonline.com;proto=https")
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&client_id="
                                        + PracticeApp.CLIENT_ID + "&client_secret=" + PracticeApp.SECRET
                                        + "&scope=https%3A%2F%2Fmanagement.azure.com%2F.default"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        return new ObjectMapper().readTree(body).path("access_token").asText();
    }
}
