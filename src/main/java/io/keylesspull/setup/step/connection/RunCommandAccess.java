package io.keylesspull.setup.step.connection;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.MachineInfo.PowerState;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Resources;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.setup.step.Check;
import io.keylesspull.setup.step.Grant;
import io.keylesspull.setup.step.MachineAnswers;
import io.keylesspull.setup.step.MachineQuestion;
import io.keylesspull.setup.step.Preflight;
import io.keylesspull.setup.step.Preflight.Finding;
import io.keylesspull.setup.step.Script;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The way to one machine by managed Run Command: before it is used, as it is begun, and by hand. */
public final class RunCommandAccess {

    private static final Retry AGENT_STARTS = new Retry(
            Duration.ofMinutes(5), List.of(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20)));

    /** As many scripts as set up a machine that has nothing yet; counted by a test. */
    public static final int SCRIPTS = 40;

    /** What a script takes in Azure at least and at most, as measured by others. */
    private static final Duration LEAST = Duration.ofSeconds(20);

    private static final Duration MOST = Duration.ofSeconds(60);

    private static final String RIGHT = "Microsoft.Compute/virtualMachines/runCommands/write";
    /** The type of its resources, in small letters. */
    public static final String TYPE = "microsoft.compute/virtualmachines/runcommands";

    private final SetupRequest request;
    private final SetupRequest.Machine machine;
    private final AzureSubscription azure;

    public RunCommandAccess(SetupRequest request, SetupRequest.Machine machine, AzureSubscription azure) {
        this.request = request;
        this.machine = machine;
        this.azure = azure;
    }

    /** Before it is used, on a machine that is not there yet, too. @param found the machine, if it exists */
    public List<Preflight> checks(Optional<MachineInfo> found) {
        List<Preflight> checks = new ArrayList<>();
        found.map(this::right)
                .or(() -> Optional.of(rightOnNew()).filter(any -> machine.create()))
                .ifPresent(checks::add);
        // One that is stopped has no agent that could report.
        found.filter(there -> there.power() == PowerState.RUNNING)
                .map(this::agent)
                .ifPresent(checks::add);
        String label = request.label(machine);
        checks.add(new Preflight(Text.of("setup.check.runCommandTime", label), () -> Finding.doubtful(slow()))
                .ifNotBad(Text.of("setup.check.machine", label)));
        return checks;
    }

    /** Asks whether the machine's agent, which runs the scripts, reports to Azure. */
    private Preflight agent(MachineInfo found) {
        String label = request.label(machine);
        return new Preflight(
                Text.of("setup.check.agent", label),
                () -> azure.machines().agentReports(found)
                        ? Finding.good()
                        : Finding.bad(noAgent(found).problem()));
    }

    private Failure noAgent(MachineInfo found) {
        return Failure.of("setup.runCommand.noAgent", "", request.label(machine), found.id());
    }

    /** That it takes long. */
    public Problem slow() {
        return Failure.of("setup.runCommand.slow", "", request.label(machine), SCRIPTS, minutes(LEAST), minutes(MOST))
                .problem();
    }

    private static long minutes(Duration script) {
        return script.multipliedBy(SCRIPTS).toMinutes();
    }

    /** A check that the account may use it. */
    public Preflight right(MachineInfo found) {
        return right(found.id());
    }

    /** The same for a machine that is to be made. */
    private Preflight rightOnNew() {
        return right("/subscriptions/" + azure.id() + "/resourceGroups/" + request.machineGroup(machine));
    }

    /** A check that the account may use it on all machines of the group. */
    public Preflight rightInGroup() {
        String group = request.machineGroup(machine);
        return right(
                "/subscriptions/" + azure.id() + "/resourceGroups/" + group,
                Text.of("setup.check.managedRunCommandMany", group),
                group);
    }

    private Preflight right(String scope) {
        String label = request.label(machine);
        return right(scope, Text.of("setup.check.managedRunCommand", label), label);
    }

    private Preflight right(String scope, Text what, String label) {
        return new Preflight(what, () -> {
            if (azure.permissions().allowed(scope, RIGHT)) {
                return Finding.good();
            }
            Grant.Missing grant = new Grant(azure).missing(Grant.MACHINES, scope);
            return Finding.bad(Failure.of("setup.noManagedRunCommandRight", RIGHT, label, grant.command(), grant.on())
                    .problem());
        });
    }

    /** Whether the machine has the user that commands run as. */
    public MachineQuestion user() {
        return new MachineQuestion("user", "id -u " + Script.word(machine.adminUser()), 300);
    }

    /** The answer to {@link #user}. @param found the machine, if it exists */
    public List<Check> probe(Optional<MachineInfo> found, MachineAnswers answers) {
        if (found.filter(there -> there.power() == PowerState.RUNNING).isEmpty()) {
            return List.of();
        }
        Text what = Text.of("setup.probe.user", machine.adminUser(), request.label(machine));
        try {
            Optional<CommandResult> id = answers.to(user());
            if (id.isEmpty()) {
                return List.of(Check.doubtful(
                        what,
                        Failure.of("setup.probeUnclear", "", request.label(machine))
                                .problem()));
            }
            return List.of(
                    id.get().ok()
                            ? Check.good(what)
                            : Check.bad(what, noUser(id.get().stdout())));
        } catch (AzureException e) {
            return List.of(Check.doubtful(what, AzureFailures.ofCheck(what, e)));
        }
    }

    private Problem noUser(String output) {
        return Failure.of("setup.runCommand.noUser", output, request.label(machine), machine.adminUser())
                .problem();
    }

    /** What the lines on the machine are typed after. */
    public void byHand(Script script) {
        script.byRunCommand(
                request.machineGroup(machine),
                machine.name(),
                machine.adminUser(),
                !request.access().dockerGroup());
    }

    /** The way itself. */
    public RunCommandWay way(MachineInfo found) {
        return new RunCommandWay(request.label(machine), found, machine.adminUser(), azure);
    }

    /** Reaches the machine this way and no other. @throws Failure as {@link #begin} */
    public MachineConnection connect(StepContext context, MachineInfo found) throws Failure, InterruptedException {
        MachineConnection connection = new MachineConnection(
                request.label(machine), List.of(way(found)), !request.access().dockerGroup(), context.time());
        begin(context, found, connection);
        return connection;
    }

    /**
     * Runs a first command.
     *
     * @throws Failure if the user is not there, or Run Command does not work
     */
    public void begin(StepContext context, MachineInfo found, MachineConnection connection)
            throws Failure, InterruptedException {
        deleteLeftovers(context, found);
        context.retry(AGENT_STARTS, () -> reports(found));
        context.progress(Text.of("setup.runCommand.trying", found.name()));
        try {
            CommandResult user =
                    Losses.survive(context, connection, () -> connection.run(context, Command.of("id", "-un")));
            if (!user.stdout().strip().equals(machine.adminUser())) {
                throw new Failure(noUser(MachineConnection.lastOutput(user)));
            }
        } finally {
            connection.release(context);
        }
    }

    /** A machine that has just started has no agent yet. */
    private boolean reports(MachineInfo found) throws NotYet, Failure, InterruptedException {
        try {
            if (azure.machines().agentReports(found)) {
                return true;
            }
        } catch (AzureException e) {
            throw AzureFailures.failure(Text.of("setup.subject.machine", request.label(machine)), e);
        }
        throw new NotYet(
                Text.of("setup.runCommand.waitingForAgent"), noAgent(found).problem());
    }

    /** What an attempt left behind that was cut off. */
    private void deleteLeftovers(StepContext context, MachineInfo found) throws Failure, InterruptedException {
        for (RunState.Resource left : context.state().resources()) {
            if (Resources.type(left.id()).equals(TYPE) && Resources.same(Resources.whole(left.id()), found.id())) {
                try {
                    azure.resources().delete(left.id());
                } catch (AzureException e) {
                    throw AzureFailures.failure(Text.of("setup.subject.machine", request.label(machine)), e);
                }
                context.deleted(left.id());
            }
        }
    }
}
