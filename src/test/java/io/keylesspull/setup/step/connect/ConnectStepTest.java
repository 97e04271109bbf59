package io.keylesspull.setup.step.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.azure.model.AppliedRules;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.MachineInfo.PowerState;
import io.keylesspull.azure.resource.Fixture;
import io.keylesspull.engine.event.Journal;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.Facts;
import io.keylesspull.engine.plan.Plan;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.engine.run.Runner;
import io.keylesspull.remote.HostKey;
import io.keylesspull.remote.SshKey;
import io.keylesspull.remote.SshRoute;
import io.keylesspull.remote.key.KeyFiles;
import io.keylesspull.setup.request.Requests;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.request.SetupRequest.Ssh;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.SetupStep;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.connection.HostKeys;
import io.keylesspull.setup.step.connection.OfferedKeys;
import io.keylesspull.setup.step.connection.SshKeys;
import io.keylesspull.setup.step.connection.SshRules;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

@Timeout(30)
class ConnectStepTest {

    private static final SshKey KEY = SshKey.generate("test");
    private static final Texts ENGLISH = new Texts(Locale.ENGLISH);
    private static final Machine OLD = machine(false, Optional.empty());
    private static final AppliedRules OPEN_TO_OTHERS = new AppliedRules(
            "/subscriptions/s/resourceGroups/net/providers/Microsoft.Network/networkSecurityGroups/vmNSG",
            100,
            List.of(
                    new AppliedRules.Rule("office", false, true, List.of("198.51.100.0/24")),
                    new AppliedRules.Rule("AllowVnetInBound", true, true, List.of("10.0.0.0/16")),
                    new AppliedRules.Rule("DenyAllInBound", true, false, List.of("0.0.0.0/0"))));

    private final List<RunEvent> events = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void anUnreachableMachineIsWaitedForWithAReasonAndThenReported() throws Exception {
        connect(
                OLD,
                new ConnectException("refused"),
                new SshRules(
                        (machine, port) -> {
                            throw new IllegalStateException("a refusal comes from the machine");
                        },
                        Optional.empty()));

        assertThat(reasons()).hasSizeGreaterThan(3).containsOnly("the machine does not answer yet");
        Problem problem = problem();
        assertThat(ENGLISH.render(problem.what())).contains("192.0.2.7 refuses connections on port 22");
        assertThat(ENGLISH.render(problem.remedy())).contains("SSH server");
    }

    @Test
    void theRuleThatWasMadeIsTheReasonFromTheFirstMinuteOnIfAzureDoesNotSay() throws Exception {
        connect(
                machine(true, Optional.of("198.51.100.0/24")),
                new SocketTimeoutException(),
                new SshRules(
                        (machine, port) -> {
                            throw new AzureException(AzureException.Kind.FORBIDDEN, "", 403, "no", null);
                        },
                        Optional.empty()));

        assertThat(reasons())
                .hasSizeGreaterThan(20)
                .containsOnly("the machine does not answer yet: port 22 is open to 198.51.100.0/24 alone, as"
                        + " allowSshFrom says");
        assertThat(ENGLISH.render(problem().meaning())).contains("198.51.100.0/24");
    }

    @Test
    void whoMayComeInIsReadFromTheRulesThatAzureApplies() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        connect(
                OLD,
                new SocketTimeoutException(),
                new SshRules(
                        (machine, port) -> {
                            looks.incrementAndGet();
                            return List.of(OPEN_TO_OTHERS);
                        },
                        Optional.empty()));

        assertThat(reasons())
                .containsOnly("the machine does not answer yet: port 22 is open to 198.51.100.0/24 alone (rule"
                        + " office of network security group vmNSG)");
        assertThat(ENGLISH.render(problem().meaning())).contains("198.51.100.0/24", "office", "vmNSG");
        assertThat(ENGLISH.render(problem().remedy())).contains("ADDRESS stands for it");
        assertThat(problem().command().orElseThrow()).contains("--source-address-prefixes ADDRESS ");
        assertThat(looks).hasValue(1);
    }

    @Test
    void aKnownAddressThatIsKeptOutIsNotWaitedFor() throws Exception {
        connect(
                OLD,
                new SocketTimeoutException(),
                new SshRules((machine, port) -> List.of(OPEN_TO_OTHERS), Optional.of("203.0.113.24/32")));

        assertThat(reasons()).hasSize(2);
        assertThat(ENGLISH.render(problem().what())).contains("Azure does not let you in");
        assertThat(ENGLISH.render(problem().meaning())).contains("203.0.113.24", "198.51.100.0/24", "vmNSG");
        assertThat(problem().command())
                .contains("az network nsg rule create --resource-group net --nsg-name vmNSG --name AllowMySsh"
                        + " --priority 100 --access Allow --protocol Tcp --source-address-prefixes 203.0.113.24/32"
                        + " --destination-port-ranges 22 --subscription s");
    }

    @Test
    void rulesThatLetTheCallerInAreNotBlamed() throws Exception {
        connect(
                OLD,
                new SocketTimeoutException(),
                new SshRules((machine, port) -> List.of(OPEN_TO_OTHERS), Optional.of("198.51.100.7/32")));

        assertThat(reasons()).hasSizeGreaterThan(3).containsOnly("the machine does not answer yet");
    }

    @Test
    void thePublicAddressIsTriedFirstAndTheKnownOneAloneIfItIsChosen() throws Exception {
        assertThat(tried(Ssh.DEFAULT)).startsWith("192.0.2.7:22", "10.0.0.4:22", "192.0.2.7:22");
        assertThat(tried(new Ssh(Optional.of(Ssh.Address.PUBLIC), 2222, List.of())))
                .containsOnly("192.0.2.7:2222");
        assertThat(tried(new Ssh(Optional.of(Ssh.Address.PRIVATE), 22, List.of())))
                .containsOnly("10.0.0.4:22");
    }

    /** Where it tries to connect to, in this order. */
    private List<String> tried(Ssh ssh) throws Exception {
        List<String> tried = new CopyOnWriteArrayList<>();
        Machine machine = machine(false, Optional.empty()).withWay(ssh);
        SshRoute route = (host, port, timeout) -> {
            tried.add(host + ":" + port);
            throw new SocketTimeoutException();
        };
        connect(machine, route, new SshRules((found, port) -> List.of(), Optional.empty()));
        return tried;
    }

    private static Machine machine(boolean create, Optional<String> allowSshFrom) {
        return new Machine("vm", create, "", "", "azureuser", Optional.of("id_rsa"), allowSshFrom, Optional.empty());
    }

    /** Tries to connect until it is given up. */
    private void connect(Machine machine, IOException refusal, SshRules rules) throws Exception {
        SshRoute route = (host, port, timeout) -> {
            throw refusal;
        };
        connect(machine, route, rules);
    }

    private void connect(Machine machine, SshRoute route, SshRules rules) throws Exception {
        SetupRequest request = Requests.of(Requests.OLD_REGISTRY, Requests.USER_ASSIGNED, machine);
        Plan plan = Plan.of(
                Purpose.SETUP,
                List.of(
                        new MachineKnown(),
                        new ConnectStep(
                                request,
                                machine,
                                machine.ssh().orElseThrow(),
                                route,
                                new SshKeys(
                                        folder.resolve("id_ed25519"), folder.resolve("known_hosts"), KeyFiles.only()),
                                rules,
                                Fixture.subscription(sent -> Mono.error(new IOException("no Azure here"))))));
        assertThat(new Runner(Runnable::run, new JumpingTime(), 1)
                        .start(plan, new Facts(), Journal.inMemory(), events::add)
                        .await())
                .isEqualTo(RunResult.FAILED);
    }

    /** Why it was waited, each time. */
    private List<String> reasons() {
        return events.stream()
                .filter(RunEvent.StepWaiting.class::isInstance)
                .map(event -> ENGLISH.render(((RunEvent.StepWaiting) event).reason()))
                .toList();
    }

    private Problem problem() {
        return events.stream()
                .filter(RunEvent.StepFailed.class::isInstance)
                .map(event -> ((RunEvent.StepFailed) event).problem())
                .findFirst()
                .orElseThrow();
    }

    /** Establishes what a connection needs. */
    private static final class MachineKnown extends SetupStep {
        MachineKnown() {
            super(
                    StepId.on("vm", "known"),
                    Text.of("setup.step.machine"),
                    Set.of(),
                    Set.<Fact<?>>of(CloudFacts.MACHINE, CloudFacts.HOST_KEYS, CloudFacts.SSH_KEY));
        }

        @Override
        public Preview preview(Known known) {
            return Preview.nothing();
        }

        @Override
        public Result run(StepContext context) {
            context.establish(
                    CloudFacts.MACHINE,
                    new MachineInfo(
                            "/vm",
                            "vm",
                            "group",
                            "japaneast",
                            "Standard_B2s",
                            PowerState.RUNNING,
                            new MachineInfo.OsProfile(true, "", "azureuser"),
                            new MachineInfo.Addresses(
                                    Optional.of("192.0.2.7"), Optional.of("10.0.0.4"), Optional.empty()),
                            MachineInfo.Identities.NONE));
            context.establish(CloudFacts.HOST_KEYS, new HostKeys(List.of(HostKey.parse(KEY.publicKeyLine()))));
            context.establish(CloudFacts.SSH_KEY, new OfferedKeys(KEY));
            return new Result(Outcome.CHECKED, Text.of("setup.step.machine"));
        }
    }

    /** Waits take no time, but the clock goes on by as much. */
    private static final class JumpingTime implements Time {
        private Instant now = Instant.parse("2026-01-02T03:04:05Z");

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public void sleep(Duration duration) {
            now = now.plus(duration);
        }
    }
}
