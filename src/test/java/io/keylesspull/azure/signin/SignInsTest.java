package io.keylesspull.azure.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import io.keylesspull.azure.http.Clouds;
import io.keylesspull.azure.http.SdkCall;
import io.keylesspull.azure.http.Transport;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.DeviceCode;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.azure.resource.AzureAccount;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.text.Text;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Signing in to the practice directory, over the wire. */
@Timeout(120)
class SignInsTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<DeviceCode> prompts = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    private PracticeCloud cloud;

    @BeforeEach
    void open() {
        cloud = PracticeCloud.start(Pace.INSTANT, Time.system(), new Random(1));
    }

    @AfterEach
    void close() {
        cloud.close();
        threads.shutdownNow();
    }

    @Test
    void withoutAKeyringTheSignInStaysInMemoryAndThatIsReported() throws Exception {
        // Only Linux can be without; the tests' own session bus is one that does not exist.
        assumeTrue(System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux"));

        AzureAccount account = signIns(Optional.of(folder))
                .signIn(SignInMethod.DEVICE_CODE, Optional.empty(), AzureCloud.PUBLIC, prompts::add);
        account.subscriptions();

        Text notice = account.notice().orElseThrow();
        assertThat(notice.key()).isEqualTo("azure.notice.memoryOnly");
        assertThat(notice.arguments())
                .containsAnyOf(Text.of("azure.keyring.library"), Text.of("azure.keyring.refuses"));
        assertThat(prompts).hasSize(1);
        assertThat(files()).isEmpty();
    }

    @Test
    void whereNothingIsToBeRememberedNothingIsSaid() throws Exception {
        AzureAccount account = signIns(Optional.empty())
                .signIn(SignInMethod.DEVICE_CODE, Optional.empty(), AzureCloud.PUBLIC, prompts::add);

        assertThat(account.notice()).isEmpty();
    }

    @Test
    void aFolderThatCannotBeMadeIsReported() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        AzureAccount account = signIns(Optional.of(file.resolve("sign-in")))
                .signIn(SignInMethod.DEVICE_CODE, Optional.empty(), AzureCloud.PUBLIC, prompts::add);

        assertThat(account.notice().orElseThrow().key()).isEqualTo("azure.notice.notSaved");
        assertThat(account.account().tenantId()).isEqualTo(cloud.tenantId());
    }

    @Test
    void aRefusedTokenIsReplacedWithoutAnotherPrompt() throws Exception {
        AtomicReference<SignedInAccount> account = new AtomicReference<>();
        TokenCredential credential = new CredentialFactory(
                        AzureCloud.PUBLIC, Optional.empty(), transport().pipelines(threads), threads)
                .person(
                        new DeviceCodePrompt(prompts::add),
                        new MemoryTokens(),
                        () -> Optional.ofNullable(account.get()),
                        account::set);
        TokenRequestContext request = new TokenRequestContext().addScopes(Clouds.scope(AzureCloud.PUBLIC));
        String first = token(credential, request);
        assertThat(token(credential, request)).isEqualTo(first);

        request.setClaims("{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1\"}}}");

        assertThat(token(credential, request)).isNotEqualTo(first);
        assertThat(prompts).hasSize(1);
    }

    /** Without it the cache fails in the middle of a sign-in, on every system. */
    @Test
    void theClassThatTheTokenCacheNeedsAndDoesNotBringIsThere() {
        assertThatCode(() -> Class.forName("com.nimbusds.jose.util.StandardCharset"))
                .doesNotThrowAnyException();
    }

    private static String token(TokenCredential credential, TokenRequestContext request) throws Exception {
        return SdkCall.get(() -> credential.getToken(request)).getToken();
    }

    private SignIns signIns(Optional<Path> memory) {
        return new SignIns(transport(), threads, SignInEnvironment.bare(), memory);
    }

    private Transport transport() {
        return Transport.routed(cloud.route(), Time.system(), new Random(2));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }
}
