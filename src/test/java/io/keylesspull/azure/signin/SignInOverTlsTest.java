package io.keylesspull.azure.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keylesspull.azure.http.Transport;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Kind;
import io.keylesspull.azure.model.DeviceCode;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.azure.resource.AzureAccount;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.network.Network;
import io.keylesspull.network.NetworkOptions;
import io.keylesspull.practice.Faults;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.directory.PracticeApp;
import io.keylesspull.practice.directory.Refusal;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.PracticeServer;
import io.keylesspull.practice.wire.RequestMatcher;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Signing in by TLS with Azure's own host names. The directory is the practice cloud's, reached as a user reaches
 * theirs: by the proxy in HTTPS_PROXY and a file of certificates.
 */
@Timeout(120)
class SignInOverTlsTest {

    private static final String CLAIMS = "{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}";

    private static final Faults FAULTS = new Faults();

    @TempDir
    private static Path certificates;

    private static PracticeCloud cloud;
    private static PracticeServer server;
    private static Network network;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<DeviceCode> prompts = new CopyOnWriteArrayList<>();
    private final List<Fault> set = new ArrayList<>();
    private final Map<String, String> variables = new HashMap<>();

    @TempDir
    private Path folder;

    private TestBrowser browser;

    private static void makeCertificates() throws Exception {
        for (String name : List.of("app", "other")) {
            assertThat(new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "keytool")
                                            .toString(),
                                    "-genkeypair",
                                    "-keyalg",
                                    "RSA",
                                    "-keysize",
                                    "2048",
                                    "-dname",
                                    "CN=" + name,
                                    "-alias",
                                    name,
                                    "-storetype",
                                    "PKCS12",
                                    "-storepass",
                                    "changeit",
                                    "-keystore",
                                    certificates.resolve(name + ".pfx").toString())
                            .inheritIO()
                            .start()
                            .waitFor())
                    .isZero();
        }
    }

    @BeforeAll
    static void serve() throws Exception {
        makeCertificates();
        cloud = FAULTS.start(Pace.INSTANT, Time.system(), new Random(1));
        server = cloud.serve(0, new SecureRandom());
        Path authority = Files.writeString(certificates.resolve("ca.pem"), server.certificate());
        network = Network.open(
                NetworkOptions.of(Optional.empty(), Optional.empty(), Optional.of(authority)),
                certificates.resolve("settings.json"),
                Map.of("HTTPS_PROXY", server.proxy().toString()),
                ProxySelector.of(null));
        FAULTS.tokens().register(registered("app"));
    }

    @AfterAll
    static void stop() {
        server.close();
        cloud.close();
    }

    @BeforeEach
    void open() {
        browser = new TestBrowser(network, threads);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        set.forEach(Fault::remove);
    }

    @Test
    void theBrowserSignsInWithACodeThatIsGoodForThisProgramAlone() throws Exception {
        AzureAccount account = signIn(SignInMethod.BROWSER);

        assertThat(account.account().name()).isEqualTo("admin@practice.onmicrosoft.com");
        assertThat(account.subscriptions().all()).isNotEmpty();
        assertThat(browser.lastPage().get(10, TimeUnit.SECONDS)).contains("You are signed in");
        assertThat(browser.opened())
                .singleElement()
                .asString()
                .startsWith("https://login.microsoftonline.com/organizations/oauth2/v2.0/authorize?")
                .contains("code_challenge_method=S256", "response_mode=form_post", "prompt=select_account")
                .contains("redirect_uri=http%3A%2F%2Flocalhost%3A");
    }

    @Test
    void aRedirectOfSomebodyElseIsNotTakenForTheDirectorys() throws Exception {
        CompletableFuture<Integer> forged = new CompletableFuture<>();
        Browser intruded = address -> {
            int port = Integer.parseInt(
                    address.toString().replaceFirst(".*redirect_uri=http%3A%2F%2Flocalhost%3A(\\d+).*", "$1"));
            forged.complete(status("http://localhost:" + port + "/?code=forged&state=guessed"));
            browser.open(address);
        };

        AzureAccount account =
                signIns(intruded).signIn(SignInMethod.BROWSER, Optional.empty(), AzureCloud.PUBLIC, prompts::add);

        assertThat(forged).isCompletedWithValue(404);
        assertThat(account.account().tenantId()).isEqualTo(cloud.tenantId());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "access_denied|0|the user canceled the authentication|The sign-in was cancelled",
                "access_denied|65004|User declined to consent to access the app.|Nobody has given this app consent",
                "interaction_required|53003|Access has been blocked by Conditional Access.|A Conditional Access policy",
            })
    void aRefusalInTheBrowserIsReportedAtOnceWithItsReason(String error, int code, String words, String what)
            throws Exception {
        set.add(FAULTS.tokens().refuse("authorize", Occasions.always(), new Refusal(error, code, words, "")));

        assertThat(words(signInFails(SignInMethod.BROWSER))).startsWith(what);
        assertThat(browser.lastPage().get(10, TimeUnit.SECONDS)).contains("You are not signed in");
    }

    @Test
    void aSignInInTheBrowserCanBeCancelledAndThenNothingListensAnyMore() throws Exception {
        CompletableFuture<URI> opened = new CompletableFuture<>();
        Future<AzureAccount> signIn = threads.submit(() -> signIns(opened::complete)
                .signIn(SignInMethod.BROWSER, Optional.empty(), AzureCloud.PUBLIC, prompts::add));
        String redirect = "http://localhost:"
                + opened.get(60, TimeUnit.SECONDS)
                        .toString()
                        .replaceFirst(".*redirect_uri=http%3A%2F%2Flocalhost%3A(\\d+).*", "$1");
        assertThat(status(redirect)).isEqualTo(404);

        signIn.cancel(true);
        threads.shutdownNow();

        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(catchThrowableOfType(IOException.class, () -> status(redirect)))
                .isNotNull();
    }

    @Test
    void withoutABrowserThatIsSaid() {
        AzureException e = catchThrowableOfType(
                AzureException.class,
                () -> signIns(SignInEnvironment.bare().browser())
                        .signIn(SignInMethod.BROWSER, Optional.empty(), AzureCloud.PUBLIC, prompts::add));

        assertThat(e.kind()).isEqualTo(Kind.NO_BROWSER);
        assertThat(words(e)).startsWith("No browser can be opened here");
    }

    @Test
    void theDeviceCodeIsShownWithItsPageAndTime() throws Exception {
        AzureAccount account = signIn(SignInMethod.DEVICE_CODE);

        assertThat(account.subscriptions().all()).isNotEmpty();
        assertThat(prompts).singleElement().satisfies(code -> {
            assertThat(code.userCode()).hasSize(9);
            assertThat(code.verificationUri()).hasHost("microsoft.com");
            assertThat(code.validity()).hasMinutes(15);
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "authorization_declined|0|The end user denied the request|The sign-in was cancelled",
                "expired_token|0|The device code has expired|The code has expired",
                "expired_token|70019|Verification code expired.|The code has expired",
                "invalid_grant|53003|Access has been blocked by Conditional Access.|A Conditional Access policy",
                "invalid_grant|530033|Blocked.|A Conditional Access policy",
                "invalid_grant|50097|Device authentication is required.|The directory accepts this sign-in from",
                "invalid_grant|53000|Device is not in required state.|The directory accepts this sign-in from",
                "interaction_required|50076|You must use multi-factor authentication.|The directory asks for multi",
                "interaction_required|50079|You must enroll in multi-factor.|The directory asks for multi",
                "invalid_grant|50020|User account does not exist in tenant.|This account is not in the directory",
                "invalid_grant|50057|The user account is disabled.|This account is disabled",
                "invalid_grant|65001|The user has not consented to use the app.|Nobody has given this app consent",
                "invalid_grant|50105|The user is not assigned to a role.|This account may not use the app",
                "invalid_grant|50173|The grant has been revoked.|Your sign-in has ended",
                "unauthorized_client|700016|Application was not found.|The directory does not know this app",
            })
    void whatTheDirectoryRefusesHasItsOwnWords(String error, int code, String words, String what) {
        set.add(FAULTS.tokens().refuse("device_code", Occasions.always(), new Refusal(error, code, words, "")));

        AzureException refused = signInFails(SignInMethod.DEVICE_CODE);

        assertThat(refused.code()).isEqualTo(code == 0 ? error : "AADSTS" + code);
        assertThat(words(refused)).startsWith(what);
    }

    @Test
    void aDirectoryThatDoesNotExistIsSaid() {
        AzureException e = catchThrowableOfType(
                AzureException.class,
                () -> signIns(browser)
                        .signIn(
                                SignInMethod.DEVICE_CODE,
                                Optional.of("contoso.example"),
                                AzureCloud.PUBLIC,
                                prompts::add));

        assertThat(e.code()).isEqualTo("AADSTS90002");
        assertThat(words(e)).startsWith("There is no such directory");
    }

    @Test
    void theCodeIsWaitedForUntilItIsEntered() throws Exception {
        Fault pending = FAULTS.tokens()
                .refuse(
                        "device_code",
                        Occasions.first(1),
                        new Refusal("authorization_pending", 70016, "Authorization is pending.", ""));

        signIn(SignInMethod.DEVICE_CODE);

        assertThat(pending.fired()).isEqualTo(1);
        assertThat(prompts).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BROWSER", "DEVICE_CODE"})
    void aClaimsChallengeOfAzureIsAnsweredBySigningInAgainWithTheClaims(SignInMethod method) throws Exception {
        AzureAccount account = signIn(method);
        set.add(FAULTS.http()
                .add(
                        RequestMatcher.to("management.azure.com").path("/subscriptions"),
                        Occasions.first(1),
                        HttpFault.claimsChallenge(CLAIMS)));
        // Without the person, the directory cannot confirm it.
        set.add(FAULTS.tokens()
                .refuse(
                        "refresh_token",
                        sent -> sent.get("claims")
                                .filter(claims -> claims.contains("acrs"))
                                .isPresent(),
                        Occasions.first(2),
                        new Refusal("interaction_required", 50076, "You must use multi-factor.", CLAIMS)));

        assertThat(account.subscriptions().all()).isNotEmpty();

        if (method == SignInMethod.BROWSER) {
            assertThat(browser.opened()).hasSize(2);
            assertThat(browser.opened().get(1).toString()).contains("acrs");
        } else {
            assertThat(prompts).hasSize(2);
        }
    }

    @Test
    void theEnvironmentsSecretSignsIn() throws Exception {
        setVariables("AZURE_CLIENT_SECRET", PracticeApp.SECRET);

        AzureAccount account = signIn(SignInMethod.ENVIRONMENT);

        assertThat(account.account().name()).isEqualTo(PracticeApp.CLIENT_ID);
        assertThat(account.subscriptions().all()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AZURE_CLIENT_SECRET|wrong|Azure does not accept the secret",
                "AZURE_CLIENT_ID|11111111-2222-3333-4444-555555555555|The directory does not know this app",
                "AZURE_TENANT_ID|contoso.example|There is no such directory",
            })
    void wrongVariablesAreReportedByWhatIsWrong(String name, String value, String what) {
        setVariables("AZURE_CLIENT_SECRET", PracticeApp.SECRET);
        variables.put(name, value);

        assertThat(words(signInFails(SignInMethod.ENVIRONMENT))).startsWith(what);
    }

    @Test
    void anExpiredSecretIsSaid() {
        setVariables("AZURE_CLIENT_SECRET", PracticeApp.SECRET);
        set.add(FAULTS.tokens()
                .refuse(
                        "client_credentials",
                        Occasions.always(),
                        new Refusal("invalid_client", 7000222, "The provided client secret keys are expired.", "")));

        assertThat(words(signInFails(SignInMethod.ENVIRONMENT)))
                .startsWith("The secret of this app registration has expired");
    }

    @ParameterizedTest
    @CsvSource({
        "AZURE_TENANT_ID AZURE_CLIENT_ID,AZURE_CLIENT_SECRET",
        "AZURE_TENANT_ID,'AZURE_CLIENT_ID, AZURE_CLIENT_SECRET'",
        "AZURE_CLIENT_ID AZURE_CLIENT_SECRET,AZURE_TENANT_ID",
        "'','AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET'"
    })
    void missingVariablesAreNamed(String set, String missing) {
        Arrays.stream(set.split(" ")).filter(name -> !name.isEmpty()).forEach(name -> variables.put(name, "x"));

        assertThat(words(signInFails(SignInMethod.ENVIRONMENT)))
                .startsWith("Environment variables for signing in are missing: " + missing + ".");
    }

    @Test
    void aDirectoryInTheEnvironmentThatIsNoneIsReported() throws Exception {
        setVariables("AZURE_CLIENT_SECRET", "x");
        variables.put("AZURE_TENANT_ID", "bad tenant");

        assertThat(words(signInFails(SignInMethod.ENVIRONMENT)))
                .startsWith("The environment variable AZURE_TENANT_ID is not the ID or the domain of a directory.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.pfx", "app.pem"})
    void theEnvironmentsCertificateSignsIn(String file) throws Exception {
        setVariables("AZURE_CLIENT_CERTIFICATE_PATH", certificate(file));
        variables.put("AZURE_CLIENT_CERTIFICATE_PASSWORD", "changeit");

        AzureAccount account = signIn(SignInMethod.ENVIRONMENT);

        assertThat(account.account().name()).isEqualTo(PracticeApp.CLIENT_ID);
        assertThat(account.subscriptions().all()).isNotEmpty();
    }

    @Test
    void aCertificateThatIsNotRegisteredIsSaid() throws Exception {
        setVariables("AZURE_CLIENT_CERTIFICATE_PATH", certificate("other.pem"));

        AzureException e = signInFails(SignInMethod.ENVIRONMENT);

        assertThat(e.code()).isEqualTo("AADSTS700027");
        assertThat(words(e)).startsWith("The directory does not know the certificate");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none.pem|The certificate cannot be read",
                "app.pfx|The password does not open the certificate",
                "certificate-only.pem|The file",
                "text.pem|The file",
                "locked.pem|The private key in",
            })
    void aCertificateThatCannotBeUsedIsSaidBeforeTheDirectoryIsAsked(String file, String what) throws Exception {
        setVariables("AZURE_CLIENT_CERTIFICATE_PATH", certificate(file));

        assertThat(words(signInFails(SignInMethod.ENVIRONMENT)))
                .startsWith(what)
                .contains(file);
    }

    private void setVariables(String name, String value) {
        variables.put("AZURE_TENANT_ID", cloud.tenantId());
        variables.put("AZURE_CLIENT_ID", PracticeApp.CLIENT_ID);
        variables.put(name, value);
    }

    /** A file with the app's certificate, or with something like it. */
    private String certificate(String file) throws Exception {
        String certificate = pem("CERTIFICATE", registered("app").getEncoded());
        String key = pem(
                "PRIVATE KEY",
                store("app").getKey("app", "changeit".toCharArray()).getEncoded());
        switch (file) {
            case "other.pem" ->
                Files.writeString(
                        folder.resolve(file),
                        pem(
                                        "PRIVATE KEY",
                                        store("other")
                                                .getKey("other", "changeit".toCharArray())
                                                .getEncoded())
                                + pem("CERTIFICATE", registered("other").getEncoded()));
            case "app.pfx" -> Files.copy(certificates.resolve(file), folder.resolve(file));
            case "app.pem" -> Files.writeString(folder.resolve(file), key + certificate);
            case "certificate-only.pem" -> Files.writeString(folder.resolve(file), certificate);
            case "text.pem" -> Files.writeString(folder.resolve(file), "no certificate");
            case "locked.pem" ->
                Files.writeString(
                        folder.resolve(file), certificate + key.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"));
            default -> {}
        }
        return folder.resolve(file).toString();
    }

    private static String pem(String type, byte[] content) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + type
                + "-----\n";
    }

    private static X509Certificate registered(String name) throws Exception {
        return (X509Certificate) store(name).getCertificate(name);
    }

    private static KeyStore store(String name) throws Exception {
        return KeyStore.getInstance(certificates.resolve(name + ".pfx").toFile(), "changeit".toCharArray());
    }

    private AzureAccount signIn(SignInMethod method) throws Exception {
        return signIns(browser).signIn(method, Optional.empty(), AzureCloud.PUBLIC, prompts::add);
    }

    private AzureException signInFails(SignInMethod method) {
        AzureException e = catchThrowableOfType(AzureException.class, () -> signIn(method));
        assertThat(e.kind()).isEqualTo(Kind.NOT_SIGNED_IN);
        return e;
    }

    private SignIns signIns(Browser with) {
        return new SignIns(
                Transport.over(network, Time.system(), new Random(2)),
                threads,
                new SignInEnvironment(with, variables, new Texts(Locale.ENGLISH)),
                Optional.empty());
    }

    private static String words(AzureException e) {
        Problem problem = AzureFailures.problem(Text.of("setup.subject.account"), e);
        Texts english = new Texts(Locale.ENGLISH);
        return Stream.of(problem.what(), problem.meaning(), problem.remedy())
                .map(english::render)
                .reduce((one, other) -> one + " " + other)
                .orElseThrow();
    }

    private static int status(String address) throws IOException {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
