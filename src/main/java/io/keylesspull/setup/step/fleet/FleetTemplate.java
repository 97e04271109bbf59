package io.keylesspull.setup.step.fleet;

import io.keylesspull.azure.deployment.DeploymentContent;
import io.keylesspull.azure.model.PermissionMode;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.setup.export.Deployable;
import io.keylesspull.setup.request.MachineImages;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.ScaleSet;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.template.Part;
import io.keylesspull.setup.template.Template;
import java.util.Map;
import java.util.Optional;

/** The template of a scale set and its network. The registry and the identity are referred to, as they are. */
record FleetTemplate(SetupRequest request, ScaleSet set) {

    /** Stands in, where Azure is only asked what it would do, for the key that the run will make. */
    private static final String STAND_IN =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";

    String group() {
        return request.scaleSetGroup(set);
    }

    /** Adds what is new. @param publicKey empty: whoever deploys gives it */
    void add(Template template, Optional<String> publicKey) {
        template.add(new Part.Network(set.name(), group(), new Part.Network.OfScaleSet()));
        template.add(new Part.ScaleSet(
                request.label(set),
                set.name(),
                group(),
                set.instances(),
                new Part.NewMachine(
                        Optional.of(set.size()).filter(size -> !set.sizeIsOpen()),
                        MachineImages.resolve(set.image()).orElseThrow(),
                        set.adminUser(),
                        publicKey,
                        true)));
    }

    /** @param known may have the registry and the key @param tags of everything new */
    Deployable deployable(String subscription, Known known, Map<String, String> tags, Optional<String> publicKey) {
        Template template = new Template(group(), request.location());
        Optional<RegistryInfo> registry = known.find(CloudFacts.REGISTRY);
        template.add(new Part.Registry(
                registry.map(RegistryInfo::name).orElseGet(request::registryNameByHand),
                request.registryGroup(),
                true,
                request.registry().sku(),
                registry.filter(there -> there.permissionMode() == PermissionMode.ABAC)
                        .isPresent(),
                request.image()));
        template.add(new Part.Identity(request.identity().name(), request.identityGroup(), true));
        add(template, publicKey);
        return Deployable.of(
                subscription, template, Map.of(request.label(set), FleetBoot.script(request, set, known)), tags);
    }

    /** The same to ask Azure about before a run. */
    DeploymentContent asked(String subscription, Known known) {
        return new DeploymentContent(
                deployable(subscription, known, Map.of(), publicKey(known).or(() -> Optional.of(STAND_IN)))
                        .json(),
                Map.of());
    }

    static Optional<String> publicKey(Known known) {
        return known.find(CloudFacts.SSH_KEY)
                .filter(keys -> !keys.isEmpty())
                .map(keys -> keys.first().publicKeyLine());
    }
}
