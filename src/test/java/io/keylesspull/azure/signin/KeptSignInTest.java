package io.keylesspull.azure.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keylesspull.azure.http.Transport;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.DeviceCode;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.azure.resource.AzureAccount;
import io.keylesspull.practice.Faults;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.directory.Refusal;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.time.Time;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who has signed in once is not asked again, until they sign out or the directory wants it. */
@Timeout(120)
class KeptSignInTest {

    private static final Optional<String> HOME = Optional.empty();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<DeviceCode> prompts = new CopyOnWriteArrayList<>();
    private final Faults faults = new Faults();

    @TempDir
    private Path folder;

    private PracticeCloud cloud;

    @BeforeEach
    void open() {
        cloud = faults.start(Pace.INSTANT, Time.system(), new Random(1));
    }

    @AfterEach
    void close() {
        cloud.close();
        threads.shutdownNow();
    }

    @Test
    void whoIsRememberedIsNotPromptedByTheNextStart() throws Exception {
        signIn(nextStart(), HOME);
        assertThat(prompts).hasSize(1);

        AzureAccount again = signIn(nextStart(), HOME);

        assertThat(again.subscriptions().all()).isNotEmpty();
        assertThat(prompts).hasSize(1);
    }

    @Test
    void theKeptSignInIsGoodForTheOtherDirectoriesOfTheAccount() throws Exception {
        signIn(nextStart(), HOME);

        signIn(nextStart(), Optional.of(cloud.tenantId()));

        assertThat(prompts).hasSize(1);
    }

    @Test
    void whoSignsOutIsPromptedAgainAndNothingOfTheSignInIsLeft() throws Exception {
        SignIns first = nextStart();
        signIn(first, HOME);
        assertThat(files()).isNotEmpty();

        first.signOut();

        assertThat(files()).isEmpty();
        signIn(nextStart(), HOME);
        assertThat(prompts).hasSize(2);
    }

    @Test
    void withoutAFolderTheSignInIsKeptUntilTheProgramEndsOrSignOut() throws Exception {
        SignIns inMemory =
                new SignIns(transport(), threads, SignInEnvironment.bare(), Optional.empty(), new FileKeyring());
        signIn(inMemory, HOME);
        signIn(inMemory, Optional.of(cloud.tenantId()));
        assertThat(prompts).hasSize(1);

        inMemory.signOut();

        signIn(inMemory, HOME);
        assertThat(prompts).hasSize(2);
    }

    @Test
    void manyRequestsAskOnceAndTheSignInIsGoodForRegistriesToo() throws Exception {
        AzureAccount account = signIn(nextStart(), HOME);
        List<Future<Integer>> requests = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Callable<Integer> listing = () -> account.subscriptions().all().size();
            requests.add(threads.submit(listing));
        }
        for (Future<Integer> request : requests) {
            assertThat(request.get()).isPositive();
        }
        assertThat(account.subscription(cloud.subscriptionId())
                        .images()
                        .repositories("practiceclassic.azurecr.io")
                        .all())
                .isNotEmpty();
        assertThat(prompts).hasSize(1);
    }

    @Test
    void aSignInThatHasEndedIsAskedForAgain() throws Exception {
        signIn(nextStart(), HOME);
        faults.tokens().expireSignIns();
        faults.tokens().expireAccessTokens();

        AzureAccount again = signIn(nextStart(), HOME);

        assertThat(again.subscriptions().all()).isNotEmpty();
        assertThat(prompts).hasSize(2);
    }

    @Test
    void whoGivesUpIsNotRemembered() throws Exception {
        faults.tokens()
                .refuse(
                        "device_code",
                        Occasions.first(1),
                        new Refusal("authorization_declined", 0, "End-user declined the authorization.", ""));

        AzureException gaveUp = catchThrowableOfType(AzureException.class, () -> signIn(nextStart(), HOME));

        assertThat(gaveUp.code()).isEqualTo("authorization_declined");
        assertThat(files()).isEmpty();
        signIn(nextStart(), HOME);
        assertThat(prompts).hasSize(2);
    }

    private AzureAccount signIn(SignIns signIns, Optional<String> tenant) throws Exception {
        return signIns.signIn(SignInMethod.DEVICE_CODE, tenant, AzureCloud.PUBLIC, prompts::add);
    }

    /** As the next start of the program. */
    private SignIns nextStart() {
        return new SignIns(transport(), threads, SignInEnvironment.bare(), Optional.of(folder), new FileKeyring());
    }

    private Transport transport() {
        return Transport.routed(cloud.route(), Time.system(), new Random(2));
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }
}
