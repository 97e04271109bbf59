package io.keylesspull.azure.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import io.keylesspull.azure.http.Transport;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.IdentityInfo;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.ResourceListener;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.azure.resource.AzureAccount;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import java.net.ConnectException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** The program runs on a machine in Azure, and signs in as one of the machine's identities. */
@Timeout(120)
class ManagedIdentitySignInTest {

    private static final String GROUP = "practiceMachines";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, String> variables = new HashMap<>();

    private PracticeCloud cloud;
    private AzureSubscription azure;
    private MachineInfo machine;

    @BeforeEach
    void open() throws Exception {
        cloud = PracticeCloud.start(Pace.INSTANT, Time.system(), new Random(1));
        azure = new SignIns(transport(), threads, SignInEnvironment.bare(), Optional.empty())
                .signIn(SignInMethod.DEVICE_CODE, Optional.empty(), AzureCloud.PUBLIC, code -> {})
                .subscription(cloud.subscriptionId());
        machine = azure.machines().find(GROUP, "practiceBare").orElseThrow();
    }

    @AfterEach
    void close() {
        cloud.close();
        threads.shutdownNow();
    }

    @Test
    void theOnlyIdentityOfTheMachineSignsIn() throws Exception {
        IdentityInfo identity = attach("only");

        assertThat(signIn(onMachine()).account().name()).isEqualTo(identity.clientId());
    }

    @Test
    void ofSeveralIdentitiesTheEnvironmentNamesOne() throws Exception {
        IdentityInfo first = attach("first");
        attach("second");

        assertThat(what(onMachine())).isEqualTo("This machine has several managed identities.");
        variables.put("AZURE_CLIENT_ID", first.clientId());
        assertThat(signIn(onMachine()).account().name()).isEqualTo(first.clientId());
    }

    @Test
    void aMachineWithoutAnIdentityIsSaid() {
        assertThat(what(onMachine())).isEqualTo("This machine does not have that managed identity.");
    }

    @Test
    void aComputerThatIsNotInAzureIsSaid() {
        HttpClient nowhere = request -> Mono.error(new ConnectException("Network is unreachable"));

        assertThat(what(new Transport(() -> nowhere, Time.system(), new Random(2))))
                .isEqualTo("This computer has no managed identity.");
    }

    private IdentityInfo attach(String name) throws Exception {
        IdentityInfo identity = azure.identities().create(GROUP, name, machine.location(), ResourceListener.none());
        machine = azure.machines().addUserIdentity(machine, identity.id());
        return identity;
    }

    private AzureAccount signIn(Transport on) throws Exception {
        return new SignIns(
                        on,
                        threads,
                        new SignInEnvironment(SignInEnvironment.bare().browser(), variables, new Texts(Locale.ENGLISH)),
                        Optional.empty())
                .signIn(SignInMethod.MANAGED_IDENTITY, Optional.empty(), AzureCloud.PUBLIC, code -> {});
    }

    private String what(Transport on) {
        return new Texts(Locale.ENGLISH)
                .render(catchThrowableOfType(AzureException.class, () -> signIn(on))
                        .explanation()
                        .orElseThrow()
                        .what());
    }

    private Transport transport() {
        return Transport.routed(cloud.route(), Time.system(), new Random(2));
    }

    /** The practice cloud knows by a header which machine asks. */
    private Transport onMachine() {
        HttpClient client = transport().client().get();
        String id = azure.machines().id(GROUP, "practiceBare");
        return new Transport(
                () -> request -> client.send(request.setHeader(HttpHeaderName.fromString(Request.MACHINE), id)),
                Time.system(),
                new Random(2));
    }
}
