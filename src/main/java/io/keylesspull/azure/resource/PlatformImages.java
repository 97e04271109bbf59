package io.keylesspull.azure.resource;

import com.azure.resourcemanager.compute.fluent.ComputeManagementClient;
import com.azure.resourcemanager.compute.fluent.VirtualMachineImagesClient;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineImageInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineImageResourceInner;
import com.azure.resourcemanager.compute.models.ArchitectureTypes;
import com.azure.resourcemanager.compute.models.OperatingSystemTypes;
import io.keylesspull.azure.http.SdkCall;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.ImageInfo;
import io.keylesspull.azure.model.ImageReference;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The images of the marketplace, and whether the subscription may use them. */
public final class PlatformImages {

    private static final String LATEST = "latest";

    private final String subscription;
    private final Supplier<ComputeManagementClient> client;
    private final ArmReads reads;

    PlatformImages(String subscription, Supplier<ComputeManagementClient> client, ArmReads reads) {
        this.subscription = subscription;
        this.client = client;
        this.reads = reads;
    }

    /** @return empty if the location has no such image */
    public Optional<ImageInfo> find(String location, ImageReference image) throws AzureException, InterruptedException {
        Optional<String> version =
                image.version().equalsIgnoreCase(LATEST) ? latest(location, image) : Optional.of(image.version());
        return version.isEmpty()
                ? Optional.empty()
                : SdkCall.find(() -> images().getAsync(
                                        location, image.publisher(), image.offer(), image.sku(), version.get()))
                        .map(PlatformImages::info);
    }

    private Optional<String> latest(String location, ImageReference image) throws AzureException, InterruptedException {
        Optional<List<VirtualMachineImageResourceInner>> newest = SdkCall.find(() -> images().listWithResponseAsync(
                        location, image.publisher(), image.offer(), image.sku(), null, 1, "name desc")
                .map(response -> response.getValue()));
        return newest.flatMap(all -> all.stream().findFirst()).map(VirtualMachineImageResourceInner::name);
    }

    private static ImageInfo info(VirtualMachineImageInner image) {
        return new ImageInfo(
                image.architecture() == null
                        ? ArchitectureTypes.X64.toString()
                        : image.architecture().toString(),
                image.hyperVGeneration() == null
                        ? "V1"
                        : image.hyperVGeneration().toString(),
                image.osDiskImage() == null || image.osDiskImage().operatingSystem() != OperatingSystemTypes.WINDOWS,
                Optional.ofNullable(image.plan())
                        .map(plan -> new ImageInfo.Plan(plan.publisher(), plan.product(), plan.name())));
    }

    /**
     * Whether somebody has accepted the terms of an image's plan for the subscription; {@code az vm image terms accept}
     * does it.
     */
    public boolean termsAccepted(ImageInfo.Plan plan) throws AzureException, InterruptedException {
        return reads.get("/subscriptions/" + subscription
                        + "/providers/Microsoft.MarketplaceOrdering/offerTypes/virtualmachine/publishers/"
                        + plan.publisher() + "/offers/" + plan.product() + "/plans/" + plan.name()
                        + "/agreements/current?api-version=2021-01-01")
                .at("/properties/accepted")
                .asBoolean();
    }

    private VirtualMachineImagesClient images() {
        return client.get().getVirtualMachineImages();
    }
}
