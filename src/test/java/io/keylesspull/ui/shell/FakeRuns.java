package io.keylesspull.ui.shell;

import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.setup.report.Report;
import io.keylesspull.setup.request.Requests;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.Runs;
import io.keylesspull.setup.session.StoredRun;
import io.keylesspull.setup.session.StoredRun.State;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Runs kept in memory. */
final class FakeRuns implements Runs {

    static final String LAST = "20260304-103100-0a1b2";
    private static final String GROUP = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/contoso-rg";
    private final List<StoredRun> runs = new ArrayList<>();
    private final CountDownLatch gate;
    private volatile Thread reader;

    FakeRuns() {
        this(new CountDownLatch(0));
    }

    /** @param gate waited for before a list is given */
    FakeRuns(CountDownLatch gate) {
        this.gate = gate;
    }

    FakeRuns with(StoredRun run) {
        runs.add(run);
        return this;
    }

    /** The thread that last read the list. */
    Thread reader() {
        return reader;
    }

    @Override
    public List<StoredRun> list() {
        reader = Thread.currentThread();
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
        synchronized (runs) {
            return List.copyOf(runs);
        }
    }

    @Override
    public Report report(StoredRun run) {
        return new FakeRun(run.request().orElseThrow(), event -> {}).report();
    }

    @Override
    public void remove(StoredRun run) {
        reader = Thread.currentThread();
        synchronized (runs) {
            runs.removeIf(each -> each.id().equals(run.id()));
        }
    }

    static SetupRequest request(String... machines) {
        SetupRequest like = Requests.of(
                new SetupRequest.Registry("contosoimages7f3", true, "Basic", true, Optional.empty()),
                Requests.USER_ASSIGNED,
                List.of(machines).stream()
                        .map(name -> new SetupRequest.Machine(
                                name,
                                true,
                                "Ubuntu2204",
                                "Standard_B2s",
                                "azureuser",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()))
                        .toArray(SetupRequest.Machine[]::new));
        return new SetupRequest(
                new SetupRequest.SignIn(SignInMethod.DEVICE_CODE, Optional.of("tenant-1"), AzureCloud.PUBLIC),
                Optional.of("Contoso Production"),
                like.location(),
                like.resourceGroup(),
                like.registry(),
                like.image(),
                like.machines(),
                like.identity(),
                like.role(),
                like.access());
    }

    static StoredRun run(String id, State state, int done, int steps, String... machines) {
        RunState left = new RunState();
        if (state != State.UNDONE && state != State.DAMAGED) {
            made(left, "", GROUP);
            made(left, "", GROUP + "/providers/Microsoft.ContainerRegistry/registries/contosoimages7f3");
            made(left, "", GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/myACRId");
            for (String machine : machines) {
                made(left, machine, GROUP + "/providers/Microsoft.Network/virtualNetworks/" + machine + "VNET");
                made(left, machine, GROUP + "/providers/Microsoft.Compute/virtualMachines/" + machine);
            }
            StepId docker = StepId.on("web-01", "docker");
            left.accept(new RunEvent.ChangeDone(Instant.EPOCH, docker, new Change("package", "docker.io")));
            left.accept(new RunEvent.ChangeDone(Instant.EPOCH, docker, new Change("group", "docker")));
        }
        Instant started = LocalDateTime.parse(id.substring(0, 15), DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"))
                .toInstant(ZoneOffset.UTC);
        Optional<Problem> problem = state != State.DAMAGED
                ? Optional.empty()
                : Optional.of(Failure.of("setup.runUnread", "", folder(id) + "/setup.json")
                        .problem());
        return new StoredRun(
                id,
                Path.of(folder(id)),
                started,
                state == State.DAMAGED ? Optional.empty() : Optional.of(request(machines)),
                state,
                done,
                steps,
                left,
                false,
                problem);
    }

    private static String folder(String id) {
        return "/home/admin/.local/share/keyless-pull/runs/" + id;
    }

    private static void made(RunState left, String machine, String id) {
        left.accept(new RunEvent.ResourceCreated(
                Instant.EPOCH, new StepId("make", machine.isEmpty() ? Optional.empty() : Optional.of(machine)), id));
    }
}
