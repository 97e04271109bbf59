package io.keylesspull.azure.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpClient;
import io.keylesspull.azure.http.Transport;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.azure.resource.AzureAccount;
import io.keylesspull.practice.InMemoryHttpClient;
import io.keylesspull.practice.directory.Imds;
import io.keylesspull.practice.directory.ManagedIdentities.Attached;
import io.keylesspull.practice.directory.ManagedIdentities.Managed;
import io.keylesspull.practice.directory.TokenHook;
import io.keylesspull.practice.directory.Tokens;
import io.keylesspull.practice.wire.Response;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** The program runs on a machine in Azure, and signs in as one of the machine's identities. */
@Timeout(120)
class ManagedIdentitySignInTest {

    private static final String TENANT = "11111111-2222-3333-4444-555555555555";
    private static final Managed SYSTEM = new Managed("/vm/1", "client-s", "principal-s");
    private static final Managed FIRST = new Managed("/ids/a", "client-a", "principal-a");
    private static final Managed SECOND = new Managed("/ids/b", "client-b", "principal-b");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, String> variables = new HashMap<>();
    /** MSAL keeps one cache for the whole process, by audience: each test that gets a token has its own. */
    private AzureCloud cloud = AzureCloud.PUBLIC;

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    void theMachinesOwnIdentityComesFirst() throws Exception {
        cloud = AzureCloud.CHINA;

        AzureAccount account = signIn(machine(Optional.of(SYSTEM), FIRST));

        assertThat(account.account().name()).isEqualTo("client-s");
        assertThat(account.account().tenantId()).isEqualTo(TENANT);
    }

    @Test
    void theOnlyIdentityOfTheMachineNeedsNoName() throws Exception {
        cloud = AzureCloud.US_GOVERNMENT;

        assertThat(signIn(machine(Optional.empty(), FIRST)).account().name()).isEqualTo("client-a");
    }

    @Test
    void ofSeveralIdentitiesTheEnvironmentNamesOne() throws Exception {
        HttpClient machine = machine(Optional.empty(), FIRST, SECOND);

        assertThat(what(machine)).isEqualTo("This machine has several managed identities.");
        variables.put("AZURE_CLIENT_ID", "client-b");
        assertThat(signIn(machine).account().name()).isEqualTo("client-b");
    }

    @Test
    void anIdentityThatTheMachineDoesNotHaveIsSaid() {
        assertThat(what(machine(Optional.empty()))).isEqualTo("This machine does not have that managed identity.");
        variables.put("AZURE_CLIENT_ID", "client-of-nobody");
        assertThat(what(machine(Optional.of(SYSTEM), FIRST)))
                .isEqualTo("This machine does not have that managed identity.");
    }

    @Test
    void aComputerThatIsNotInAzureIsSaid() {
        assertThat(what(request -> Mono.error(new ConnectException("Network is unreachable"))))
                .isEqualTo("This computer has no managed identity.");
    }

    /**
     * Those that are not asked again for two minutes. Outside of Azure the address belongs to nobody: a proxy, a router
     * or another cloud may answer.
     */
    @ParameterizedTest
    @ValueSource(ints = {200, 302, 400, 403, 407})
    void whatAnswersInPlaceOfAzureIsNotTakenForIt(int status) {
        Response page = new Response(
                status,
                Map.of("content-type", "text/html", "location", "http://proxy.contoso.com/"),
                "<html>Access denied</html>".getBytes(StandardCharsets.UTF_8));
        AzureException refused =
                catchThrowableOfType(AzureException.class, () -> signIn(new InMemoryHttpClient(request -> page)));

        assertThat(new Texts(Locale.ENGLISH)
                        .render(refused.explanation().orElseThrow().what()))
                .isEqualTo("This computer is not a machine in Azure, or does not reach its metadata service.");
        assertThat(refused).hasMessage("HTTP status " + status);
    }

    /** MSAL asks again after 1, 2 and 4 seconds; the layers above it do not. */
    @ParameterizedTest
    @ValueSource(ints = {404, 503})
    void whatMayPassIsAskedForFourTimesInAll(int status) {
        AtomicInteger asked = new AtomicInteger();
        Response page = new Response(status, Map.of("content-type", "text/html"), new byte[0]);

        assertThat(what(new InMemoryHttpClient(request -> {
                    asked.incrementAndGet();
                    return page;
                })))
                .isEqualTo("This computer is not a machine in Azure, or does not reach its metadata service.");
        assertThat(asked).hasValue(4);
    }

    private static HttpClient machine(Optional<Managed> system, Managed... others) {
        Tokens tokens = new Tokens(new Random(1), Time.system(), TokenHook.NONE);
        return new InMemoryHttpClient(
                new Imds(tokens, id -> new Attached(system, List.of(others)), vm -> TENANT)::handle);
    }

    private AzureAccount signIn(HttpClient network) throws Exception {
        return new SignIns(
                        new Transport(() -> network, Time.system(), new Random(2)),
                        threads,
                        new SignInEnvironment(SignInEnvironment.bare().browser(), variables, new Texts(Locale.ENGLISH)),
                        Optional.empty())
                .signIn(SignInMethod.MANAGED_IDENTITY, Optional.empty(), cloud, code -> {});
    }

    private String what(HttpClient network) {
        return new Texts(Locale.ENGLISH)
                .render(catchThrowableOfType(AzureException.class, () -> signIn(network))
                        .explanation()
                        .orElseThrow()
                        .what());
    }
}
