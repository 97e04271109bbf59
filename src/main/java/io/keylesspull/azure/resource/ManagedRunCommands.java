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
import io.keylesspull.azure.model.Script;
import io.keylesspull.azure.model.ScriptResult;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Managed Run Command: scripts that are resources below a machine. Unlike the action, it reports the exit status.
 * Source: learn.microsoft.com/azure/virtual-machines/linux/run-command-managed.
 */
public final class ManagedRunCommands {

    private static final String VIEW = "instanceView";

    private final RunMark mark;
    private final Supplier<VirtualMachineRunCommandsClient> client;

    ManagedRunCommands(RunMark mark, Supplier<VirtualMachineRunCommandsClient> client) {
        this.mark = mark;
        this.client = client;
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
     * @throws AzureException CONFLICT if the machine is not running, or runs another script
     */
    public ScriptResult run(MachineInfo machine, String name, Script script, ResourceListener listener)
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
        SdkCall.get(() -> client.get().createOrUpdateAsync(machine.resourceGroup(), machine.name(), name, wanted));
        listener.created(id(machine, name));
        return result(SdkCall.get(() -> client.get()
                .getByVirtualMachineWithResponseAsync(machine.resourceGroup(), machine.name(), name, VIEW)
                .map(Response::getValue)));
    }

    private static ScriptResult result(VirtualMachineRunCommandInner answer) throws AzureException {
        VirtualMachineRunCommandInstanceView view = answer.instanceView();
        if (view == null || view.executionState() == null) {
            throw new AzureException(
                    Kind.OPERATION_LOST, "", 200, "Azure does not say how the script on the machine ended.", null);
        }
        return new ScriptResult(
                view.executionState().toString(),
                Objects.requireNonNullElse(view.exitCode(), -1),
                SdkValues.orEmpty(view.output()),
                SdkValues.orEmpty(view.error()),
                SdkValues.orEmpty(view.executionMessage()));
    }

    /** Deletes a command and waits until it is gone; a script that runs is stopped. Does nothing if there is none. */
    public void delete(MachineInfo machine, String name) throws AzureException, InterruptedException {
        try {
            SdkCall.optional(() -> client.get().deleteAsync(machine.resourceGroup(), machine.name(), name));
        } catch (AzureException e) {
            if (e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
        }
    }
}
