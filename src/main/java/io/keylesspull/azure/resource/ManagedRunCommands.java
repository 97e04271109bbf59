package io.keylesspull.azure.resource;

import com.azure.core.http.rest.Response;
import com.azure.resourcemanager.compute.fluent.VirtualMachineRunCommandsClient;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineRunCommandInner;
import com.azure.resourcemanager.compute.models.RunCommandInputParameter;
import com.azure.resourcemanager.compute.models.VirtualMachineRunCommandInstanceView;
import com.azure.resourcemanager.compute.models.VirtualMachineRunCommandScriptSource;
import io.keylesspull.azure.http.SdkCall;
import io.keylesspull.azure.http.SdkValues;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Kind;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.ResourceListener;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Managed Run Command: scripts that are resources below a machine. Unlike the action, it reports the exit status.
 * Source: learn.microsoft.com/azure/virtual-machines/linux/run-command-managed.
 */
public final class ManagedRunCommands {

    private static final String VIEW = "instanceView";

    /** Beyond a script's own time: for Azure to bring it to the machine, and its result back. */
    private static final Duration ON_THE_WAY = Duration.ofMinutes(5);

    private static final Duration DELETED = Duration.ofMinutes(2);
    /** A deletion takes some seconds. Where there are many, one look at its operation is enough. */
    private static final Duration SURELY_DELETED = Duration.ofSeconds(10);

    private final RunMark mark;
    private final Supplier<VirtualMachineRunCommandsClient> client;

    ManagedRunCommands(RunMark mark, Supplier<VirtualMachineRunCommandsClient> client) {
        this.mark = mark;
        this.client = client;
    }

    /**
     * A script, which root runs.
     *
     * @param text everybody who may read the machine can read it
     * @param parameters become its environment. Azure stores them encrypted and never shows them; one without text is
     *     not set
     * @param timeout in whole seconds, after which it is killed
     */
    public record Script(String text, Map<String, String> parameters, Duration timeout) {

        public Script {
            parameters = Map.copyOf(parameters);
        }

        /** Without the parameters, which may be secret. */
        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * How a script ended.
     *
     * @param state Azure's {@code executionState}, such as {@code Succeeded}, {@code Failed}, {@code TimedOut}
     * @param exitCode the script's; less than 0 if it was killed, or could not be run
     * @param stdout the last 4,096 bytes
     * @param stderr likewise
     * @param message why it could not be run, as the machine's agent says it; may be empty
     */
    public record Result(String state, int exitCode, String stdout, String stderr, String message) {

        /** Whether the machine has fetched it, as far as Azure knows. */
        public boolean hasBegun() {
            return !Set.of("Pending", "Unknown").contains(state);
        }

        public boolean hasEnded() {
            return !Set.of("Pending", "Running", "Unknown").contains(state);
        }
    }

    /** The id of a machine's command with a name. */
    public static String id(MachineInfo machine, String name) {
        return machine.id() + "/runCommands/" + name;
    }

    /**
     * Runs a script and waits for its end. The resource stays, and runs the next script if it has the same name. After
     * its deletion a name must not be used again: Linux machines may not run its script (reported in
     * MicrosoftDocs/azure-compute-docs#178).
     *
     * @throws AzureException CONFLICT if the machine is not running, or runs another script; with the code
     *     {@link AzureException#NOT_ENDED} if Azure does not say that it has ended, such as because the machine's agent
     *     does not run
     */
    public Result run(MachineInfo machine, String name, Script script, ResourceListener listener)
            throws AzureException, InterruptedException {
        VirtualMachineRunCommandInner wanted = new VirtualMachineRunCommandInner()
                .withLocation(machine.location())
                .withTags(mark.tags())
                .withSource(new VirtualMachineRunCommandScriptSource().withScript(script.text()))
                .withProtectedParameters(script.parameters().entrySet().stream()
                        .map(one -> new RunCommandInputParameter()
                                .withName(one.getKey())
                                .withValue(one.getValue()))
                        .toList())
                .withAsyncExecution(false)
                .withTreatFailureAsDeploymentFailure(false)
                .withTimeoutInSeconds(Math.toIntExact(script.timeout().toSeconds()));
        listener.creating(id(machine, name));
        SdkCall.get(SdkCall.within(
                script.timeout().plus(ON_THE_WAY),
                () -> client.get().createOrUpdateAsync(machine.resourceGroup(), machine.name(), name, wanted)));
        listener.created(id(machine, name));
        return result(SdkCall.get(() -> client.get()
                .getByVirtualMachineWithResponseAsync(machine.resourceGroup(), machine.name(), name, VIEW)
                .map(Response::getValue)));
    }

    /** What is known of a command's script, which may still run; empty if there is no such command. */
    public Optional<Result> find(MachineInfo machine, String name) throws AzureException, InterruptedException {
        Optional<VirtualMachineRunCommandInner> found = SdkCall.find(() -> client.get()
                .getByVirtualMachineWithResponseAsync(machine.resourceGroup(), machine.name(), name, VIEW)
                .map(Response::getValue));
        return found.isPresent() ? Optional.of(result(found.get())) : Optional.empty();
    }

    private static Result result(VirtualMachineRunCommandInner answer) throws AzureException {
        VirtualMachineRunCommandInstanceView view = answer.instanceView();
        if (view == null || view.executionState() == null) {
            throw new AzureException(
                    Kind.OPERATION_LOST, "", 200, "Azure does not say how the script on the machine ended.", null);
        }
        return new Result(
                view.executionState().toString(),
                Objects.requireNonNullElse(view.exitCode(), -1),
                SdkValues.orEmpty(view.output()),
                SdkValues.orEmpty(view.error()),
                SdkValues.orEmpty(view.executionMessage()));
    }

    /**
     * Deletes a command and waits until it is gone; a script that runs is stopped. Does nothing if there is none.
     *
     * @throws AzureException with the code {@link AzureException#NOT_ENDED} if that takes too long
     */
    public void delete(MachineInfo machine, String name) throws AzureException, InterruptedException {
        delete(() -> client.get().deleteAsync(machine.resourceGroup(), machine.name(), name));
    }

    /** The same, for one of many: with few requests, of which the deletion is one, and takes longer. */
    public void deleteUnhurried(MachineInfo machine, String name) throws AzureException, InterruptedException {
        delete(SdkCall.unhurried(
                SURELY_DELETED, () -> client.get().deleteAsync(machine.resourceGroup(), machine.name(), name)));
    }

    private static void delete(Supplier<Mono<Void>> deletion) throws AzureException, InterruptedException {
        try {
            SdkCall.optional(SdkCall.within(DELETED, deletion));
        } catch (AzureException e) {
            if (e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
        }
    }
}
