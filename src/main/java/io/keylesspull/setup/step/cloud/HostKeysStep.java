package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.MachineInfo.PowerState;
import io.keylesspull.azure.model.RunCommandResult;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.VirtualMachines;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.remote.HostKey;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.setup.step.Check;
import io.keylesspull.setup.step.InvokedScript;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.MachineAnswers;
import io.keylesspull.setup.step.MachineQuestion;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.connection.HostKeys;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The machine's SSH host keys, read through Azure's control plane before the first connection, so that no other
 * computer can pretend to be the machine.
 */
public final class HostKeysStep extends AzureStep {

    /** Run Command loses the exit status, so the script's last line says that it has finished. */
    private static final String END = "keyless-pull-host-keys-end";

    private static final String READ = "cat /etc/ssh/ssh_host_*_key.pub";
    private static final List<String> SCRIPT = List.of(READ, "echo " + END);
    private static final MachineQuestion KEYS = new MachineQuestion("host-keys", READ, 1800);

    /** Another extension may keep the machine's agent busy for a minute or two. */
    private static final Retry AGENT_BUSY = new Retry(
            Duration.ofMinutes(5), List.of(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20)));

    private final SetupRequest.Machine machine;
    private final String label;
    private final String group;

    /** @param needs {@link CloudFacts#MACHINE}, and other facts that must be established before */
    public HostKeysStep(
            SetupRequest request, SetupRequest.Machine machine, Set<Fact<?>> needs, AzureSubscription azure) {
        super(
                StepId.on(request.label(machine), "host-keys"),
                Text.of("setup.step.hostKeys"),
                Text.of("setup.subject.machine", request.label(machine)),
                needs,
                Set.of(CloudFacts.HOST_KEYS),
                azure);
        this.machine = machine;
        this.label = request.label(machine);
        this.group = request.machineGroup(machine);
    }

    @Override
    public Preview preview(Known known) {
        return Preview.nothing();
    }

    @Override
    public List<MachineQuestion> questions(Known known) {
        return List.of(KEYS);
    }

    @Override
    public List<Check> probe(Known known, MachineAnswers answers) {
        if (known.find(CloudFacts.MACHINE)
                .filter(there -> there.power() == PowerState.RUNNING)
                .isEmpty()) {
            return List.of();
        }
        Text what = Text.of("setup.probe.hostKeys", label);
        try {
            Optional<CommandResult> answer = answers.to(KEYS);
            List<HostKey> keys = parse(answer.map(CommandResult::stdout).orElse(""));
            if (keys.isEmpty()) {
                return List.of(Check.doubtful(
                        what, unread(answer.map(CommandResult::stdout).orElse(""))));
            }
            known.found(CloudFacts.HOST_KEYS, new HostKeys(keys));
            return List.of(Check.good(what));
        } catch (AzureException e) {
            // Of a missing right the check of it says so.
            return e.kind() == AzureException.Kind.FORBIDDEN
                    ? List.of()
                    : List.of(Check.doubtful(what, AzureFailures.ofCheck(what, e)));
        }
    }

    @Override
    public void byHand(Script script, Known known) {
        script.comment(
                "The fingerprints of the host keys of " + label + ", to compare with the one that ssh asks about");
        script.run(
                InvokedScript.printing(group, machine.name(), "cat /etc/ssh/ssh_host_*_key.pub | ssh-keygen -l -f -"));
    }

    @Override
    protected Result ensure(StepContext context, AzureSubscription azure) throws Failure, InterruptedException {
        HostKeys keys = context.retry(AGENT_BUSY, () -> read(context, azure.machines()));
        context.establish(CloudFacts.HOST_KEYS, keys);
        return new Result(Outcome.CHECKED, Text.of("setup.hostKeys.read", keys.toString()));
    }

    private HostKeys read(StepContext context, VirtualMachines machines) throws NotYet, Failure, InterruptedException {
        Text subject = Text.of("setup.subject.machine", label);
        MachineInfo found = context.get(CloudFacts.MACHINE);
        RunCommandResult answer;
        try {
            answer = machines.run(found, SCRIPT);
        } catch (AzureException e) {
            if (e.kind() == AzureException.Kind.CONFLICT || e.kind() == AzureException.Kind.BUSY) {
                throw new NotYet(Text.of("setup.hostKeys.busy"), AzureFailures.problem(subject, e));
            }
            if (e.code().equals(AzureException.NOT_ENDED)) {
                throw new Failure(
                        Failure.of("setup.runCommand.noAgent", e.getMessage(), label, found.id())
                                .problem(),
                        e);
            }
            throw AzureFailures.failure(subject, e);
        }
        return whole(answer).orElseThrow(() -> new NotYet(Text.of("setup.hostKeys.none"), unread(answer.stderr())));
    }

    /** Empty if there are none, or the script has not ended. */
    private static Optional<HostKeys> whole(RunCommandResult answer) {
        List<HostKey> keys = parse(answer.stdout());
        return keys.isEmpty() || !answer.stdout().contains(END) ? Optional.empty() : Optional.of(new HostKeys(keys));
    }

    private Problem unread(String said) {
        return Failure.of("setup.noHostKeys", said, label).problem();
    }

    static List<HostKey> parse(String output) {
        return output.lines()
                .map(String::trim)
                .filter(line -> line.startsWith("ssh-") || line.startsWith("ecdsa-"))
                .flatMap(line -> parseLine(line).stream())
                .toList();
    }

    /** Lines that only look like keys are ignored: messages, or a line of which Run Command kept just the end. */
    private static Optional<HostKey> parseLine(String line) {
        try {
            return Optional.of(HostKey.parse(line));
        } catch (IllegalArgumentException noKey) {
            return Optional.empty();
        }
    }
}
