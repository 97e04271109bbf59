package io.keylesspull.setup.step;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.model.RegistryInfo.Network.Access;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.setup.request.ImageName;
import io.keylesspull.text.Text;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who reads the images of a registry: this computer with the administrator's rights, or, if it cannot, each machine
 * with its identity.
 *
 * @param obstacle why this computer cannot; empty if it can
 * @param address of this computer as the registry's firewall sees it; empty if not known
 * @param said what was said to it; empty if nothing
 */
public record ImageReader(Optional<Obstacle> obstacle, String address, String said) {

    /** Why this computer does not read a registry's images. */
    public enum Obstacle {
        /** The account may not, as with ABAC, where even an owner may not. */
        RIGHT,
        /** The registry's firewall refuses this computer. */
        FIREWALL,
        /** No connection, as to the address of a private endpoint. */
        NO_WAY
    }

    public static final ImageReader THIS_COMPUTER = new ImageReader(Optional.empty(), "", "");

    /** The refusal of a registry (docker/build-push-action#1214). */
    private static final Pattern ADDRESS = Pattern.compile("client with IP '([0-9A-Fa-f.:]+)'");

    /** The machine, if what stopped this computer need not stop a machine; otherwise empty. */
    public static Optional<ImageReader> instead(AzureException stopped) {
        return Optional.ofNullable(
                        switch (stopped.kind()) {
                            case FORBIDDEN -> Obstacle.RIGHT;
                            case NETWORK_DENIED -> Obstacle.FIREWALL;
                            case UNREACHABLE -> Obstacle.NO_WAY;
                            default -> null;
                        })
                .map(obstacle -> {
                    Matcher address = ADDRESS.matcher(stopped.getMessage());
                    return new ImageReader(
                            Optional.of(obstacle), address.find() ? address.group(1) : "", stopped.getMessage());
                });
    }

    /**
     * The digest that the registry has for an image.
     *
     * @param image as {@link ImageName} reads it
     * @return empty if only machines can ask the registry
     * @throws Failure if the registry does not have the image
     */
    public Optional<String> digest(AzureSubscription azure, RegistryInfo registry, String image)
            throws AzureException, Failure, InterruptedException {
        if (isMachine()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ask(azure, registry, image)
                    .orElseThrow(() ->
                            Failure.of("setup.missing.image", "", image, registry.loginServer(), registry.name())));
        } catch (AzureException e) {
            if (instead(e).isPresent()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Asks from here. @param image as {@link ImageName} reads it @return empty if the registry does not have it */
    public static Optional<String> ask(AzureSubscription azure, RegistryInfo registry, String image)
            throws AzureException, InterruptedException {
        ImageName name = ImageName.parse(image).orElseThrow();
        return azure.images().digest(registry.loginServer(), name.repository(), name.reference());
    }

    public boolean isMachine() {
        return obstacle.isPresent();
    }

    /** Why a machine reads the images, in short. @throws java.util.NoSuchElementException if none does */
    public Text reason() {
        return Text.of(
                "setup.reader." + obstacle.orElseThrow().name().toLowerCase(Locale.ROOT)
                        + (obstacle.get() == Obstacle.FIREWALL && address.isEmpty() ? "_unknown" : ""),
                address);
    }

    /** The same, with what can be done. @throws java.util.NoSuchElementException if no machine reads the images */
    public Problem problem(RegistryInfo registry) {
        if (registry.network().unreachable()) {
            return unreachable(registry);
        }
        String key = switch (obstacle.orElseThrow()) {
            case RIGHT -> "setup.imageUnread";
            case FIREWALL ->
                registry.network().access() == Access.NONE
                        ? "setup.imagePrivate"
                        : address.isEmpty() ? "setup.imageFirewalledUnknown" : "setup.imageFirewalled";
            case NO_WAY -> "setup.imageNoWay";
        };
        return Failure.of(key, said, registry.name(), registry.loginServer(), address, registry.subscription())
                .problem();
    }

    /** What is to be done where neither this computer nor any machine reaches a registry's images. */
    public static Problem unreachable(RegistryInfo registry) {
        return Failure.of("setup.registryPrivate", "", registry.name(), registry.subscription())
                .problem();
    }

    /** As journals and logs show it. */
    @Override
    public String toString() {
        return isMachine() ? "the machine" : "this computer";
    }
}
