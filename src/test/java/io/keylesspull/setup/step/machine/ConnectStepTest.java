package io.keylesspull.setup.step.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.MachineInfo.PowerState;
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
import io.keylesspull.setup.request.Requests;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.SetupStep;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.connection.HostKeys;
import io.keylesspull.setup.step.connection.SshKeys;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import io.keylesspull.time.Time;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ConnectStepTest {

    private static final SshKey KEY = SshKey.generate("test");

    private final List<RunEvent> events = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void anUnreachableMachineIsWaitedForWithAReasonAndThenToldInWords() throws Exception {
        Machine machine = new Machine(
                "vm", false, "", "", "azureuser", Optional.of("id_rsa"), Optional.empty(), Optional.empty());
        SetupRequest request = Requests.of(Requests.OLD_REGISTRY, Requests.USER_ASSIGNED, machine);
        Plan plan = Plan.of(
                Purpose.SETUP,
                List.of(
                        new MachineKnown(),
                        new ConnectStep(
                                request,
                                machine,
                                (host, port, timeout) -> {
                                    throw new ConnectException("refused");
                                },
                                new SshKeys(folder.resolve("id_ed25519"), folder.resolve("known_hosts")))));

        assertThat(new Runner(Runnable::run, new JumpingTime(), 1)
                        .start(plan, new Facts(), Journal.inMemory(), events::add)
                        .await())
                .isEqualTo(RunResult.FAILED);

        assertThat(events)
                .filteredOn(RunEvent.StepWaiting.class::isInstance)
                .hasSizeGreaterThan(3)
                .allSatisfy(event -> assertThat(
                                ((RunEvent.StepWaiting) event).reason().key())
                        .isEqualTo("setup.connect.waiting"));
        Problem problem = events.stream()
                .filter(RunEvent.StepFailed.class::isInstance)
                .map(event -> ((RunEvent.StepFailed) event).problem())
                .findFirst()
                .orElseThrow();
        Texts english = new Texts(Locale.ENGLISH);
        assertThat(english.render(problem.what())).contains("192.0.2.7 refuses connections on port 22");
        assertThat(english.render(problem.remedy())).contains("SSH server");
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
                            true,
                            "",
                            "azureuser",
                            new MachineInfo.Addresses(Optional.of("192.0.2.7"), Optional.empty()),
                            Optional.empty(),
                            List.of()));
            context.establish(CloudFacts.HOST_KEYS, new HostKeys(List.of(HostKey.parse(KEY.publicKeyLine()))));
            context.establish(CloudFacts.SSH_KEY, KEY);
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
