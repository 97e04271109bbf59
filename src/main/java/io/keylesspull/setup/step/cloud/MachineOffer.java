package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.ImageReference;
import io.keylesspull.azure.model.SizeInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.remote.SshKey;
import io.keylesspull.setup.request.DefaultSizes;
import io.keylesspull.setup.request.MachineImages;
import io.keylesspull.setup.request.MachineImages.Support;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preflight;
import io.keylesspull.setup.step.Preflight.Finding;
import io.keylesspull.text.Text;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a location offers of what new machines, or the instances of a scale set, are to be made of.
 *
 * @param size empty: none of {@link DefaultSizes} can be had
 * @param image an alias of {@link MachineImages} or publisher:offer:sku:version
 */
public record MachineOffer(String location, String size, String image, AzureSubscription azure) {

    private static final int LEAST_RSA_BITS = 2048;

    /** The subject of the check of the size. */
    public Text sizeCheck() {
        return Text.of("setup.check.size", size, location);
    }

    Preflight.Look looksForSize() {
        return size.isEmpty() ? () -> Finding.bad(noSize().problem()) : this::sizeOffered;
    }

    Preflight.Look looksForImage() {
        return this::imageFits;
    }

    Preflight.Look looksForQuota(List<String> sizes) {
        return () -> quota(sizes);
    }

    /** The sizes of all machines and instances that a run will make, each as often as it is needed. */
    static List<String> sizesOfAll(SetupRequest request, Known known) {
        return Stream.concat(
                        request.machines().stream()
                                .filter(one -> one.create()
                                        && known.findOn(request.label(one), CloudFacts.MACHINE)
                                                .isEmpty())
                                .map(SetupRequest.Machine::size),
                        request.scaleSet().stream()
                                .filter(set -> known.findOn(request.label(set), CloudFacts.SCALE_SET)
                                        .isEmpty())
                                .flatMap(set -> Collections.nCopies(set.instances(), set.size()).stream()))
                .toList();
    }

    /** Source: Microsoft Learn, "Create and manage SSH keys for authentication to a Linux VM", supported formats. */
    public static Preflight keyType(String label, SshKey key) {
        return new Preflight(Text.of("setup.check.keyType", label), () -> accepted(label, key));
    }

    private static Finding accepted(String label, SshKey key) {
        if (key.type().equals("ssh-ed25519") || key.rsaBits() >= LEAST_RSA_BITS) {
            return Finding.good();
        }
        String found = key.rsaBits() > 0 ? key.type() + ", " + key.rsaBits() + " bits" : key.type();
        return Finding.bad(
                Failure.of("setup.keyRefused", key.toString(), label, found).problem());
    }

    /** No size of {@link DefaultSizes} can be had. */
    public Failure noSize() {
        return Failure.of("setup.noSize", "", location, String.join(", ", DefaultSizes.NAMES), azure.id());
    }

    private Finding sizeOffered() throws AzureException, InterruptedException {
        Optional<SizeInfo> found = find(azure.regions().sizes(location), size);
        return found.filter(SizeInfo::available).isPresent()
                ? Finding.good()
                : Finding.bad(Failure.of(
                                "setup.sizeRefused", found.map(SizeInfo::reason).orElse(""), size, location, azure.id())
                        .problem());
    }

    private Finding imageFits() throws AzureException, InterruptedException {
        ImageReference reference = MachineImages.resolve(image).orElseThrow();
        if (MachineImages.support(reference) == Support.NO) {
            return Finding.bad(Failure.of("setup.imageSystem", "", image).problem());
        }
        Optional<ImageReference.Details> found = azure.regions().image(location, reference);
        if (found.isEmpty()) {
            return Finding.bad(Failure.of("setup.imageMissing", "", image, location, reference.publisher(), azure.id())
                    .problem());
        }
        ImageReference.Details details = found.get();
        if (!details.linux()) {
            return Finding.bad(Failure.of("setup.imageSystem", "", image).problem());
        }
        Optional<SizeInfo> offered = find(azure.regions().sizes(location), size);
        if (offered.isPresent() && !offered.get().architecture().equalsIgnoreCase(details.architecture())) {
            return Finding.bad(Failure.of(
                            "setup.imageArchitecture",
                            "",
                            image,
                            details.architecture(),
                            size,
                            offered.get().architecture())
                    .problem());
        }
        if (offered.isPresent() && !offered.get().generations().contains(details.generation())) {
            return Finding.bad(Failure.of(
                            "setup.imageGeneration",
                            "",
                            image,
                            details.generation(),
                            size,
                            offered.get().generations())
                    .problem());
        }
        if (details.plan().isPresent()
                && !azure.regions().termsAccepted(details.plan().get())) {
            return Finding.bad(Failure.of("setup.imageTerms", "", image, reference.toString(), azure.id())
                    .problem());
        }
        if (offered.isEmpty()) {
            return Finding.unchecked(Failure.of("setup.imageSizeUnknown", "", image, size, location)
                    .problem());
        }
        if (MachineImages.isEnded(reference)) {
            return Finding.doubtful(Failure.of("setup.imageEnded", "", image).problem());
        }
        return MachineImages.support(reference) == Support.UNKNOWN
                ? Finding.doubtful(Failure.of("setup.imageUnknown", "", image).problem())
                : Finding.good();
    }

    private static Optional<SizeInfo> find(List<SizeInfo> sizes, String name) {
        return sizes.stream().filter(size -> size.name().equalsIgnoreCase(name)).findFirst();
    }

    /** @param names of the sizes of all machines that the run will make */
    private Finding quota(List<String> names) throws AzureException, InterruptedException {
        List<SizeInfo> sizes = azure.regions().sizes(location);
        List<SizeInfo> wanted =
                names.stream().flatMap(name -> find(sizes, name).stream()).toList();
        Optional<Problem> shortage =
                Shortage.ofMachines(location, azure.regions().quotas(location), wanted);
        // What needs cores of an unknown number may exceed the quota too.
        return shortage.isEmpty() && wanted.size() < names.size()
                ? Finding.unchecked(
                        Failure.of("setup.quotaUnknown", "", location).problem())
                : Finding.badIf(shortage);
    }
}
