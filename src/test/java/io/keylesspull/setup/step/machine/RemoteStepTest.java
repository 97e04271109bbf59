package io.keylesspull.setup.step.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Journal;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.Purpose;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunEvent.RunResult;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Facts;
import io.keylesspull.engine.plan.Plan;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.engine.run.Runner;
import io.keylesspull.practice.SetTime;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.HostKey;
import io.keylesspull.remote.SshKey;
import io.keylesspull.remote.SshRoute;
import io.keylesspull.remote.SshTarget;
import io.keylesspull.remote.key.KeyFiles;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.SetupStep;
import io.keylesspull.setup.step.connection.JumpHosts;
import io.keylesspull.setup.step.connection.MachineConnection;
import io.keylesspull.setup.step.connection.SshKeys;
import io.keylesspull.setup.step.connection.SshWay;
import io.keylesspull.text.Text;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The fault table shows what comes of it where the machine is reached again. */
class RemoteStepTest {

    private static final Instant BEGINNING = Instant.parse("2026-01-02T03:04:05Z");
    private static final SshKey KEY = SshKey.generate("test");

    private final SetTime time = new SetTime(BEGINNING);
    private final List<RunEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger worked = new AtomicInteger();

    @Test
    void aMachineThatIsNotReachedAgainIsWaitedForAndThenReported() throws Exception {
        assertThat(run(context -> context.get(RemoteFacts.CONNECTION).run(context, Command.of("true"))))
                .isEqualTo(RunResult.FAILED);

        assertThat(worked).hasValue(1);
        assertThat(Duration.between(BEGINNING, time.now())).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
        assertThat(events)
                .filteredOn(RunEvent.StepWaiting.class::isInstance)
                .first()
                .satisfies(event -> assertThat(
                                ((RunEvent.StepWaiting) event).reason().key())
                        .isEqualTo("setup.connection.lost"));
        assertThat(failure().key()).isEqualTo("remote.refused");
    }

    @Test
    void whatFailedForAnotherReasonIsNotDoneAgain() throws Exception {
        assertThat(run(context -> {
                    throw Failure.of("setup.noDigest", "", "image", "vm");
                }))
                .isEqualTo(RunResult.FAILED);

        assertThat(worked).hasValue(1);
        assertThat(events).noneMatch(RunEvent.StepWaiting.class::isInstance);
        assertThat(failure().key()).isEqualTo("setup.noDigest.what");
    }

    private RunResult run(Work work) throws Exception {
        Plan plan = Plan.of(
                Purpose.SETUP,
                List.of(
                        new Connected(),
                        new RemoteStep(
                                "vm",
                                "work",
                                Text.of("setup.step.pull"),
                                Set.of(RemoteFacts.CONNECTION),
                                RemoteFacts.DOCKER_VERSION) {
                            @Override
                            public Preview preview(Known known) {
                                return Preview.nothing();
                            }

                            @Override
                            Result work(StepContext context) throws Failure, InterruptedException {
                                worked.incrementAndGet();
                                work.in(context);
                                throw new AssertionError("it was to fail");
                            }
                        }));
        return new Runner(Runnable::run, time, 1)
                .start(plan, new Facts(), Journal.inMemory(), events::add)
                .await();
    }

    private Text failure() {
        return events.stream()
                .filter(RunEvent.StepFailed.class::isInstance)
                .map(event -> ((RunEvent.StepFailed) event).problem().what())
                .findFirst()
                .orElseThrow();
    }

    @FunctionalInterface
    private interface Work {
        void in(StepContext context) throws Failure, InterruptedException;
    }

    /** Establishes a connection to a machine that refuses every one. */
    private final class Connected extends SetupStep {

        Connected() {
            super(
                    StepId.on("vm", "connected"),
                    Text.of("setup.step.connect"),
                    Set.of(),
                    Set.of(RemoteFacts.CONNECTION));
        }

        @Override
        public Preview preview(Known known) {
            return Preview.nothing();
        }

        @Override
        public Result run(StepContext context) {
            SshRoute refusing = (host, port, timeout) -> {
                throw new ConnectException("refused");
            };
            SshKeys keys = new SshKeys(Path.of("none"), Path.of("none"), KeyFiles.only());
            SshTarget target = new SshTarget(
                    "192.0.2.7",
                    22,
                    "azureuser",
                    KEY,
                    List.of(HostKey.parse(KEY.publicKeyLine())),
                    Duration.ofSeconds(15));
            context.establish(
                    RemoteFacts.CONNECTION,
                    new MachineConnection(
                            "vm",
                            List.of(new SshWay(target, true, new JumpHosts(refusing, List.of(), keys), refusing)),
                            false,
                            time));
            return new Result(Outcome.CHECKED, Text.of("setup.step.connect"));
        }
    }
}
