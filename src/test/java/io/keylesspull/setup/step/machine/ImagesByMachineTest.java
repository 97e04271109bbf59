package io.keylesspull.setup.step.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keylesspull.azure.http.Transport;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.signin.SignInEnvironment;
import io.keylesspull.azure.signin.SignIns;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.practice.Faults;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.SetTime;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.wire.HttpFault;
import io.keylesspull.practice.wire.RequestMatcher;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lists of a registry that practiceJump reaches by a private endpoint, and its own identity may read. */
@Timeout(120)
class ImagesByMachineTest {

    private static final String SERVER = "practiceprivate.azurecr.io";
    private static final RequestMatcher SCRIPTS =
            RequestMatcher.to("management.azure.com").path("/runCommand");

    private final Faults faults = new Faults();
    private final SetTime time = new SetTime(Instant.parse("2026-03-01T10:00:00Z"));
    private final List<List<String>> pages = new ArrayList<>();
    private ExecutorService threads;
    private PracticeCloud cloud;
    private AzureSubscription azure;

    @BeforeEach
    void signIn() throws Exception {
        threads = Executors.newCachedThreadPool();
        cloud = faults.start(Pace.INSTANT, new Ticking(), new Random(1));
        azure = new SignIns(
                        Transport.routed(cloud.route(), Time.system(), new Random(2)),
                        threads,
                        SignInEnvironment.bare(),
                        Optional.empty())
                .signIn(SignInMethod.DEVICE_CODE, Optional.empty(), AzureCloud.PUBLIC, prompt -> {})
                .subscription(cloud.subscriptionId());
    }

    @AfterEach
    void close() {
        cloud.close();
        threads.shutdownNow();
    }

    private MachineInfo machine(String name) throws Exception {
        return azure.machines().find("practiceMachines", name).orElseThrow();
    }

    private ImagesByMachine read(String machine, String registry) throws Exception {
        RegistryInfo from =
                azure.registries().find("practiceRegistries", registry).orElseThrow();
        return new ImagesByMachine(azure::machines, machine(machine), from, time);
    }

    private boolean take(List<String> page) {
        pages.add(page);
        return true;
    }

    @Test
    void repositoriesAndTagsOfARegistryThatThisComputerDoesNotReachAreRead() throws Exception {
        ImagesByMachine images = read("practiceJump", "practiceprivate");

        assertThat(images.repositories().all()).containsExactly("aci-helloworld", "payroll/api");
        List<RegistryInfo.Tag> tags = images.tags("payroll/api").all();
        assertThat(tags).extracting(RegistryInfo.Tag::name).containsExactly("4.1");
        assertThat(tags.get(0).digest()).matches("sha256:[0-9a-f]{64}");
    }

    @Test
    void aLongListComesInPages() throws Exception {
        List<String> names =
                IntStream.range(0, 250).mapToObj("team/app%03d"::formatted).toList();
        names.forEach(name -> faults.image(SERVER, name, "v1"));

        read("practiceJump", "practiceprivate").repositories().read(this::take);

        assertThat(pages).hasSize(3);
        assertThat(pages.stream().flatMap(List::stream).filter(name -> name.startsWith("team/")))
                .containsExactlyElementsOf(names);
    }

    @Test
    void aPageThatIsLongerThanRunCommandReturnsIsReadInSmallerOnes() throws Exception {
        Random random = new Random(3);
        List<String> names = IntStream.range(0, 60)
                .mapToObj(i -> "x%02d".formatted(i)
                        + random.ints(200, 'a', 'z' + 1)
                                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append))
                .toList();
        names.forEach(name -> faults.image(SERVER, name, "v1"));

        assertThat(read("practiceJump", "practiceprivate").repositories().all())
                .hasSize(62)
                .containsAll(names);
    }

    @Test
    void tagsComeWithTheLatestFirst() throws Exception {
        IntStream.range(0, 90).forEach(i -> faults.image(SERVER, "team/api", "v%02d".formatted(i)));

        read("practiceJump", "practiceprivate")
                .tags("team/api")
                .map(RegistryInfo.Tag::name)
                .read(this::take);

        assertThat(pages).hasSize(3);
        assertThat(pages.stream().flatMap(List::stream)).containsExactlyElementsOf(downFrom(89));
    }

    @Test
    void soDoThoseThatThisComputerReads() throws Exception {
        IntStream.range(0, 250)
                .forEach(i -> faults.image("practiceclassic.azurecr.io", "team/api", "v%02d".formatted(i)));

        azure.images()
                .tags("practiceclassic.azurecr.io", "team/api")
                .map(RegistryInfo.Tag::name)
                .read(this::take);

        assertThat(pages).hasSize(3);
        assertThat(pages.stream().flatMap(List::stream)).containsExactlyElementsOf(downFrom(249));
    }

    private static List<String> downFrom(int last) {
        return IntStream.rangeClosed(0, last)
                .mapToObj(i -> "v%02d".formatted(last - i))
                .toList();
    }

    @Test
    void nothingMoreIsReadThanIsWanted() throws Exception {
        IntStream.range(0, 250).forEach(i -> faults.image(SERVER, "team/app" + i, "v1"));

        read("practiceJump", "practiceprivate").repositories().read(page -> {
            pages.add(page);
            return false;
        });

        assertThat(pages).hasSize(1);
    }

    @Test
    void aMachineWithoutAnIdentityIsReportedAndNotAsked() throws Exception {
        var asked = faults.http().watch(SCRIPTS, Occasions.always(), request -> {});

        assertThat(failureOf("practiceDocker", "practiceprivate"))
                .isEqualTo("Machine “practiceDocker” may not list the images of registry practiceprivate.");
        assertThat(asked.fired()).isZero();
    }

    @Test
    void anIdentityWithoutARoleIsReported() throws Exception {
        azure.machines().addSystemIdentity(machine("practiceDocker"));

        assertThat(failureOf("practiceDocker", "practiceprivate"))
                .isEqualTo("Machine “practiceDocker” may not list the images of registry practiceprivate.");
    }

    @Test
    void aMachineThatTheRegistrysFirewallRefusesIsReported() throws Exception {
        azure.machines().addSystemIdentity(machine("practiceBare"));

        assertThat(failureOf("practiceBare", "practiceprivate")).contains("practiceBare", "firewall");
    }

    @Test
    void anotherScriptOnTheMachineIsWaitedFor() throws Exception {
        faults.http()
                .add(
                        SCRIPTS,
                        Occasions.first(2),
                        HttpFault.refusal(409, "Conflict", "Run command extension execution is in progress."));
        Instant begun = time.now();

        assertThat(read("practiceJump", "practiceprivate").repositories().all()).hasSize(2);
        assertThat(Duration.between(begun, time.now())).isEqualTo(Duration.ofSeconds(10));
    }

    private String failureOf(String machine, String registry) throws Exception {
        ImagesByMachine images = read(machine, registry);
        Failure failure =
                catchThrowableOfType(Failure.class, () -> images.repositories().all());
        return new Texts(Locale.ENGLISH).render(failure.problem().what());
    }

    /** The computer's clock, at which no two things happen at once. */
    private static final class Ticking implements Time {

        private final AtomicLong asked = new AtomicLong();

        @Override
        public Instant now() {
            return Instant.now().plusNanos(1_000 * asked.incrementAndGet());
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            Time.system().sleep(duration);
        }
    }
}
