package io.keylesspull.azure.deployment;

import com.azure.resourcemanager.compute.fluent.ComputeManagementClient;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineScaleSetInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineScaleSetVMInner;
import com.azure.resourcemanager.compute.models.OrchestrationMode;
import com.azure.resourcemanager.resources.fluentcore.arm.ResourceUtils;
import io.keylesspull.azure.http.SdkCall;
import io.keylesspull.azure.http.SdkValues;
import io.keylesspull.azure.model.AzureException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The scale sets of a subscription, which Azure makes from templates. */
public final class ScaleSets {

    private final Supplier<ComputeManagementClient> client;

    public ScaleSets(Supplier<ComputeManagementClient> client) {
        this.client = client;
    }

    public Optional<ScaleSetInfo> find(String group, String name) throws AzureException, InterruptedException {
        return SdkCall.find(() -> client.get().getVirtualMachineScaleSets().getByResourceGroupAsync(group, name))
                .map(ScaleSets::info);
    }

    /** The names of its instances. With flexible orchestration each is the name of a machine in the same group. */
    public List<String> instances(ScaleSetInfo set) throws AzureException, InterruptedException {
        return SdkCall.list(
                        () -> client.get().getVirtualMachineScaleSetVMs().listAsync(set.resourceGroup(), set.name()))
                .stream()
                .map(VirtualMachineScaleSetVMInner::name)
                .sorted()
                .toList();
    }

    private static ScaleSetInfo info(VirtualMachineScaleSetInner found) {
        return new ScaleSetInfo(
                found.id(),
                found.name(),
                ResourceUtils.groupFromResourceId(found.id()),
                SdkValues.orEmpty(found.location()),
                found.sku() == null ? "" : SdkValues.orEmpty(found.sku().name()),
                found.sku() == null || found.sku().capacity() == null
                        ? 0
                        : found.sku().capacity(),
                OrchestrationMode.FLEXIBLE.equals(found.orchestrationMode()));
    }
}
