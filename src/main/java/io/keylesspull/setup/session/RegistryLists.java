package io.keylesspull.setup.session;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.resource.RegistryImages;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.paging.Pages;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.setup.step.ImageReader;
import io.keylesspull.setup.step.machine.ImagesByMachine;
import io.keylesspull.text.Text;
import java.util.function.Function;
import java.util.function.Supplier;

/** The lists of a registry by their reader. */
record RegistryLists(Pages<String, Failure> repositories, Function<String, Pages<RegistryInfo.Tag, Failure>> tagsOf)
        implements ImageLists {

    /** @param images asked when a list is read, since it may block */
    static ImageLists byThisComputer(Supplier<RegistryImages> images, RegistryInfo registry) {
        String server = registry.loginServer();
        return new RegistryLists(
                orWhoElse(
                        registry, wantsMore -> images.get().repositories(server).read(wantsMore)),
                repository -> orWhoElse(
                        registry,
                        wantsMore -> images.get().tags(server, repository).read(wantsMore)));
    }

    static ImageLists byMachine(ImagesByMachine images) {
        return new RegistryLists(images.repositories(), images::tags);
    }

    @Override
    public Pages<RegistryInfo.Tag, Failure> tags(String repository) {
        return tagsOf.apply(repository);
    }

    /** What keeps this computer from a registry's images need not keep a machine from them. */
    private static <T> Pages<T, Failure> orWhoElse(RegistryInfo registry, Pages<T, AzureException> pages) {
        return wantsMore -> {
            try {
                pages.read(wantsMore);
            } catch (AzureException e) {
                throw ImageReader.instead(e)
                        .map(reader -> new Failure(reader.problem(registry), e))
                        .orElseGet(() -> AzureFailures.failure(Text.of("setup.subject.registry", registry.name()), e));
            }
        };
    }
}
