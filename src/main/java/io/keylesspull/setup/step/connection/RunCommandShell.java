package io.keylesspull.setup.step.connection;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.ResourceListener;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.ManagedRunCommands;
import io.keylesspull.azure.resource.ManagedRunCommands.Result;
import io.keylesspull.azure.resource.ManagedRunCommands.Script;
import io.keylesspull.engine.event.Change;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.CommandResult;
import io.keylesspull.remote.OutputListener;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.connection.RunCommandScript.Ended;
import io.keylesspull.setup.step.connection.RunCommandScript.Packed;
import io.keylesspull.text.Text;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Managed Run Command: commands are scripts that the machine's agent runs, one at a time. A step's commands share one
 * resource, which is in the journal from before it exists and is deleted when the step ends.
 */
final class RunCommandShell implements MachineShell {

    /** Another extension, or somebody else's script, may keep the machine's agent busy for a while. */
    private static final Retry AGENT_BUSY = new Retry(
            Duration.ofMinutes(10),
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(30)));

    private static final String BUSY = "Conflict";
    /**
     * Azure's word for an agent that has not reported for a while. Source: learn.microsoft.com/azure/backup/
     * backup-azure-troubleshoot-vm-backup-fails-snapshot-timeout and the extensions' troubleshooting pages.
     */
    private static final String NO_AGENT = "VMAgentStatusCommunicationError";

    /** The next script empties it, and it is in memory: a restart removes it too. */
    private static final Change FOLDER = ChangeKind.SCRIPT_FOLDER.of(RunCommandScript.FOLDER);

    private static final int RADIX = 36;
    private static final Duration CANCELLING = Duration.ofSeconds(5);

    private final String label;
    private final MachineInfo machine;
    private final String user;
    private final AzureSubscription azure;
    private final Time time;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final Map<StepContext, Held> held = new HashMap<>();
    private int count;

    RunCommandShell(String label, MachineInfo machine, String user, AzureSubscription azure, Time time) {
        this.label = label;
        this.machine = machine;
        this.user = user;
        this.azure = azure;
        this.time = time;
    }

    /** A step's resource. */
    private final class Held implements ResourceListener {

        private final StepContext context;
        private final String name;
        private final ManagedRunCommands commands;
        private boolean announced;
        private boolean there;

        Held(StepContext context, String name) {
            this.context = context;
            this.name = name;
            this.commands = azure.withWaitListener(waiting ->
                            context.waiting(waiting.reason(), waiting.attempt(), waiting.next(), waiting.left()))
                    .runCommands();
        }

        @Override
        public void creating(String id) {
            if (!announced) {
                announced = true;
                context.creating(id);
            }
        }

        @Override
        public void created(String id) {
            if (!there) {
                there = true;
                context.created(id);
            }
        }

        Result run(Script script) throws NotYet, Failure, InterruptedException {
            try {
                return commands.run(machine, name, script, this);
            } catch (AzureException e) {
                if (e.code().equals(AzureException.NOT_ENDED) || e.code().equals(NO_AGENT)) {
                    throw new Failure(
                            Failure.of("setup.runCommand.noAgent", e.getMessage(), label, machine.id())
                                    .problem(),
                            e);
                }
                if (e.code().equals(BUSY) || e.kind() == AzureException.Kind.BUSY) {
                    throw new NotYet(Text.of("setup.runCommand.busy"), AzureFailures.problem(subject(), e));
                }
                throw AzureFailures.failure(subject(), e);
            }
        }

        void delete() throws AzureException, InterruptedException {
            commands.delete(machine, name);
        }

        void deleted() {
            if (announced) {
                context.deleted(ManagedRunCommands.id(machine, name));
            }
        }
    }

    /** Nothing stays open between commands. */
    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public CommandResult run(StepContext context, Command command, OutputListener listener)
            throws Failure, InterruptedException {
        Ended ended = runAll(context, List.of(command), false).get(0);
        return CommandResult.of(command, ended.exitStatus(), ended.out(), ended.err(), listener);
    }

    /**
     * Runs commands one after another by one script.
     *
     * @param untilFailure whether the first that does not return 0 is the last
     * @return of those that were run, at least one
     */
    List<Ended> runAll(StepContext context, List<Command> commands, boolean untilFailure)
            throws Failure, InterruptedException {
        oneAtATime.lockInterruptibly();
        try {
            String id = String.valueOf(++count);
            Packed packed = first(context, RunCommandScript.run(id, user, commands, untilFailure), commands, id);
            while (!packed.isWhole()) {
                Result result = send(context, RunCommandScript.piece(id, packed));
                Optional<Packed> more = RunCommandScript.next(id, packed, result);
                if (more.isEmpty()) {
                    throw lost(context, details(result));
                }
                packed = more.get();
            }
            List<Ended> ended = packed.ended();
            if (ended.isEmpty() || !untilFailure && ended.size() < commands.size()) {
                throw lost(context, "too short");
            }
            if (context.changed(FOLDER)) {
                context.reverted(FOLDER);
            }
            return ended;
        } catch (IOException damaged) {
            throw lost(context, String.valueOf(damaged.getMessage()));
        } finally {
            oneAtATime.unlock();
        }
    }

    private Packed first(StepContext context, Script script, List<Command> commands, String id)
            throws Failure, InterruptedException {
        Result result = send(context, script);
        Optional<Packed> packed = RunCommandScript.first(id, result);
        if (packed.isPresent()) {
            return packed.get();
        }
        if (result.exitCode() >= 0 && !result.state().equals("TimedOut")) {
            throw lost(context, details(result));
        }
        mayLeaveFolder(context);
        throw Failure.of(
                "setup.runCommand.timedOut",
                details(result),
                label,
                commands.stream().map(Command::toString).collect(Collectors.joining("; ")),
                String.valueOf(script.timeout().toSeconds()));
    }

    private Result send(StepContext context, Script script) throws Failure, InterruptedException {
        Held resource = held.computeIfAbsent(context, step -> new Held(step, name()));
        try {
            return context.retry(AGENT_BUSY, () -> resource.run(script));
        } catch (InterruptedException cancelled) {
            held.remove(context);
            mayLeaveFolder(context);
            abandon(resource);
            throw cancelled;
        } catch (Failure failure) {
            if (isWithoutAgent(failure)) {
                // Azure deletes nothing there in reasonable time either.
                held.remove(context);
                abandon(resource);
            }
            throw failure;
        }
    }

    private static boolean isWithoutAgent(Failure failure) {
        return failure.getCause() instanceof AzureException cause
                && cause.code().equals(AzureException.NOT_ENDED);
    }

    /** Never the same again, since a machine may not run the script of a name that was deleted. */
    private String name() {
        return "keyless-pull-" + Long.toString(time.now().toEpochMilli(), RADIX) + "-" + count;
    }

    /** Deletes it in the background, which stops its script, and waits a moment for that. */
    private static void abandon(Held resource) {
        Thread deleting = new Thread(
                () -> {
                    try {
                        resource.delete();
                    } catch (AzureException | InterruptedException left) {
                        // It is in the journal, and undo deletes it.
                    }
                },
                "run-command-abandon");
        deleting.setDaemon(true);
        deleting.start();
        try {
            deleting.join(CANCELLING.toMillis());
            if (!deleting.isAlive()) {
                resource.deleted();
            }
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }

    private static void mayLeaveFolder(StepContext context) throws Failure, InterruptedException {
        context.change(List.of(FOLDER), () -> FOLDER);
    }

    private Failure lost(StepContext context, String details) throws Failure, InterruptedException {
        mayLeaveFolder(context);
        return new Failure(
                Failure.of("setup.runCommand.lost", details, label, machine.id())
                        .problem(),
                new LostResult());
    }

    private static String details(Result result) {
        return (result.state() + " (" + result.exitCode() + "): " + result.message() + "\n" + result.stderr()).strip();
    }

    private Text subject() {
        return Text.of("setup.subject.machine", label);
    }

    @Override
    public void release(StepContext context) {
        oneAtATime.lock();
        try {
            Held resource = held.remove(context);
            if (resource == null) {
                return;
            }
            if (Thread.interrupted()) {
                abandon(resource);
                Thread.currentThread().interrupt();
                return;
            }
            resource.delete();
            resource.deleted();
        } catch (AzureException left) {
            // It is in the journal, and undo deletes it.
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
        } finally {
            oneAtATime.unlock();
        }
    }

    @Override
    public void close() {
        // Nothing stays open between commands.
    }

    /** The result of a script did not come, so that nobody knows how far it got. */
    static final class LostResult extends Exception {
        private static final long serialVersionUID = 1;

        LostResult() {
            super("the result of a script is missing");
        }
    }
}
