package io.keylesspull.ui.setup;

import io.keylesspull.azure.model.Location;
import io.keylesspull.azure.model.NameAvailability;
import io.keylesspull.azure.model.PermissionMode;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.model.ResourceGroupInfo;
import io.keylesspull.setup.request.ImageName;
import io.keylesspull.setup.request.ImportSource;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.ImageLists;
import io.keylesspull.setup.session.Session;
import io.keylesspull.ui.component.BackgroundTask;
import io.keylesspull.ui.component.LoadedList;
import io.keylesspull.ui.component.Workers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** The registry, its resource group and location, and the image that is pulled first. */
final class RegistryModel {

    /** Repository and tag of the sample image after it was copied. */
    static final String SAMPLE = "aci-helloworld:v1";

    /** Which image is pulled first. */
    enum ImageChoice {
        /** One that is in an existing registry. */
        THERE,
        SAMPLE,
        /** One that the registry imports from elsewhere. */
        IMPORT
    }

    private static final Duration TYPING = Duration.ofMillis(400);

    private final Workers workers;
    private final RandomGenerator random;
    private final BooleanProperty existing = new SimpleBooleanProperty();
    private final StringProperty name = new SimpleStringProperty("");
    private final StringProperty sku = new SimpleStringProperty("Basic");
    private final StringProperty group = new SimpleStringProperty("keyless-pull-rg");
    private final ObjectProperty<Location> location;
    private final ObjectProperty<RegistryInfo> registry = new SimpleObjectProperty<>();
    private final ObjectProperty<ImageChoice> imageChoice = new SimpleObjectProperty<>(ImageChoice.SAMPLE);
    private final StringProperty importSource = new SimpleStringProperty("");
    private final StringProperty importTarget = new SimpleStringProperty("");
    private final StringProperty repository = new SimpleStringProperty();
    private final ObjectProperty<RegistryInfo.Tag> tag = new SimpleObjectProperty<>();
    private final BooleanProperty byDigest = new SimpleBooleanProperty();
    private final StringProperty typed = new SimpleStringProperty("");
    private final LoadedList<ResourceGroupInfo> groups;
    private final BackgroundTask<List<Location>> locations;
    private final LoadedList<RegistryInfo> registries;
    private final LoadedList<String> repositories;
    private final LoadedList<RegistryInfo.Tag> tags;
    private final BackgroundTask<NameAvailability> nameCheck;
    private final ReaderModel reader;
    private @Nullable ImageLists lists;
    private @Nullable Session session;
    private @Nullable String subscription;
    private String made;
    private String judged = "";
    private String suggestedTarget = "";

    RegistryModel(Workers workers, RandomGenerator random, Location home, ReaderModel reader) {
        this.reader = reader;
        this.workers = workers;
        this.random = random;
        location = new SimpleObjectProperty<>(home);
        groups = new LoadedList<>(workers);
        locations = new BackgroundTask<>(workers);
        registries = new LoadedList<>(workers);
        repositories = new LoadedList<>(workers);
        tags = new LoadedList<>(workers);
        nameCheck = new BackgroundTask<>(workers);
        makeUpName();
        registries.onFirst(found -> {
            if (registry.get() == null) {
                registry.set(found);
            }
        });
        locations.onDone(found -> found.stream()
                .filter(each -> each.name().equals(location.get().name()))
                .findFirst()
                .ifPresent(location::set));
        repositories.onFirst(found -> {
            if (repository.get() == null) {
                repository.set(found);
            }
        });
        tags.onFirst(found -> {
            if (tag.get() == null) {
                tag.set(found);
            }
        });
        nameCheck.onDone(answer -> {
            if (!answer.available() && name.get().equals(made)) {
                makeUpName();
            }
        });
        existing.addListener((property, before, now) -> {
            if (imageChoice.get() != ImageChoice.IMPORT) {
                imageChoice.set(now ? ImageChoice.THERE : ImageChoice.SAMPLE);
            }
            loadRepositories();
        });
        imageChoice.addListener((property, before, now) -> loadRepositories());
        importSource.addListener((property, before, now) -> suggestTarget(now));
        importSource.set("docker.io/library/nginx:1.27");
        registry.addListener((property, before, now) -> {
            repositories.stop();
            repository.set(null);
            reader.useThisComputer();
            loadRepositories();
        });
        repository.addListener((property, before, now) -> loadTags());
    }

    /** Loads the choices for a subscription. Keeps what was entered. */
    void open(Session session, String subscription) {
        if (this.session == session && Objects.equals(this.subscription, subscription)) {
            groups.resume();
            registries.resume();
            repositories.resume();
            tags.resume();
            return;
        }
        this.session = session;
        this.subscription = subscription;
        registry.set(null);
        reader.forget();
        judged = "";
        groups.start(session.resourceGroups(subscription));
        locations.start(() -> session.locations(subscription));
        registries.start(session.registries(subscription));
    }

    /** Nobody looks at the lists for now: what is long does not go on being loaded. */
    void leave() {
        groups.pause();
        registries.pause();
        repositories.pause();
        tags.pause();
    }

    /** The image gets the name that it has where it comes from, unless another one was entered. */
    private void suggestTarget(String source) {
        Optional<ImageName> image = ImportSource.parse(source.strip()).map(ImportSource::image);
        if (image.isPresent() && importTarget.get().equals(suggestedTarget)) {
            String repository = image.get().repository();
            suggestedTarget = repository.substring(repository.lastIndexOf('/') + 1) + ":"
                    + (image.get().isByDigest() ? "v1" : image.get().reference());
            importTarget.set(suggestedTarget);
        }
    }

    /** Suggests a name that is most likely free. */
    void makeUpName() {
        made = "keylesspull" + String.format("%05x", random.nextInt(1 << 20));
        name.set(made);
    }

    /** Asks Azure whether the name is free, unless it is not well-formed or was asked about just before. */
    void judge(boolean wellFormed) {
        Session asked = session;
        String of = subscription;
        String wanted = existing.get() || !wellFormed || asked == null || of == null ? "" : name.get();
        if (wanted.equals(judged)) {
            return;
        }
        judged = wanted;
        if (wanted.isEmpty() || asked == null || of == null) {
            nameCheck.stop();
            return;
        }
        nameCheck.start(() -> {
            workers.time().sleep(TYPING);
            return asked.registryName(of, wanted);
        });
    }

    boolean nameTaken() {
        return nameCheck.state() instanceof BackgroundTask.State.Done<NameAvailability> done
                && !done.value().available();
    }

    boolean groupExists() {
        return knownGroup().isPresent();
    }

    Optional<ResourceGroupInfo> knownGroup() {
        return groups.items().stream()
                .filter(each -> each.name().equalsIgnoreCase(group.get()))
                .findFirst();
    }

    /** Whether the input is there that the rules do not check. */
    boolean complete() {
        return existing.get()
                ? registry.get() != null && (imageChoice.get() != ImageChoice.THERE || !image().isEmpty())
                : !nameCheck.isRunning() && !nameTaken();
    }

    SetupRequest.Registry registryRequest() {
        RegistryInfo found = registry.get();
        if (existing.get()) {
            return new SetupRequest.Registry(
                    found == null ? "" : found.name(),
                    false,
                    found == null ? "Basic" : found.sku(),
                    imported(),
                    Optional.ofNullable(found).map(RegistryInfo::resourceGroup));
        }
        return new SetupRequest.Registry(name.get(), true, sku.get(), imported(), Optional.empty());
    }

    private Optional<String> imported() {
        return switch (imageChoice.get()) {
            case THERE -> Optional.empty();
            case SAMPLE -> Optional.of(ImportSource.SAMPLE.toString());
            case IMPORT -> Optional.of(importSource.get().strip());
        };
    }

    /** Whether it exists and has repository permissions. */
    boolean hasRepositoryPermissions() {
        RegistryInfo found = registry.get();
        return existing.get() && found != null && found.permissionMode() == PermissionMode.ABAC;
    }

    /** Whether a role can be limited to some of its repositories. A new one gets repository permissions for that. */
    boolean canLimitRoles() {
        return !existing.get() || hasRepositoryPermissions();
    }

    SetupRequest.ResourceGroup groupRequest() {
        return new SetupRequest.ResourceGroup(group.get(), !groupExists());
    }

    String image() {
        if (imageChoice.get() != ImageChoice.THERE) {
            return imageChoice.get() == ImageChoice.SAMPLE
                    ? SAMPLE
                    : importTarget.get().strip();
        }
        if (unread().get()) {
            return typed.get().strip();
        }
        RegistryInfo.Tag chosen = tag.get();
        return repository.get() == null || chosen == null
                ? ""
                : repository.get() + (byDigest.get() ? "@" + chosen.digest() : ":" + chosen.name());
    }

    /** Whether the registry's images could not be read, so that a name has to be typed. */
    BooleanBinding unread() {
        return Bindings.createBooleanBinding(
                () -> missing(repositories) || repository.get() != null && missing(tags),
                repositories.stateProperty(),
                repositories.items(),
                repository,
                tags.stateProperty(),
                tags.items());
    }

    /** Whether there is nothing to choose from, because the list failed, or was stopped while a machine read it. */
    private boolean missing(LoadedList<?> list) {
        return list.state() instanceof BackgroundTask.State.Failed<?>
                || reader.reader().isPresent()
                        && list.state() instanceof BackgroundTask.State.Idle<?>
                        && list.items().isEmpty();
    }

    /** Has the images read by the machine that is chosen. */
    void readByMachine() {
        reader.useMachine();
        readAnew();
    }

    /** Has them read by this computer, which could not before. */
    void readByThisComputer() {
        reader.useThisComputer();
        readAnew();
    }

    /** Ends what a machine is reading. What has come stays. */
    void stopReading() {
        repositories.end();
        tags.end();
    }

    boolean isReading() {
        return repositories.isRunning() || tags.isRunning();
    }

    ReaderModel reader() {
        return reader;
    }

    /** What the request depends on. */
    Observable[] inputs() {
        return new Observable[] {
            existing,
            name,
            sku,
            group,
            location,
            registry,
            imageChoice,
            importSource,
            importTarget,
            repository,
            tag,
            byDigest,
            typed,
            repositories.stateProperty(),
            tags.stateProperty(),
            reader.machineProperty(),
            groups.items(),
            nameCheck.stateProperty()
        };
    }

    private void loadRepositories() {
        RegistryInfo from = registry.get();
        Session asked = session;
        String owner = subscription;
        if (existing.get()
                && imageChoice.get() == ImageChoice.THERE
                && from != null
                && asked != null
                && owner != null
                && repository.get() == null
                // A machine reads only when the user says so.
                && reader.reader().isEmpty()) {
            readAnew();
        }
    }

    private void readAnew() {
        RegistryInfo from = registry.get();
        Session asked = session;
        String owner = subscription;
        repository.set(null);
        if (from != null && asked != null && owner != null) {
            lists = asked.images(owner, from, reader.reader());
            repositories.start(lists.repositories());
        }
    }

    private void loadTags() {
        tags.stop();
        tag.set(null);
        String of = repository.get();
        ImageLists from = lists;
        if (of != null && from != null) {
            tags.start(from.tags(of));
        }
    }

    BooleanProperty existingProperty() {
        return existing;
    }

    StringProperty nameProperty() {
        return name;
    }

    StringProperty skuProperty() {
        return sku;
    }

    StringProperty groupProperty() {
        return group;
    }

    ObjectProperty<Location> locationProperty() {
        return location;
    }

    ObjectProperty<RegistryInfo> registryProperty() {
        return registry;
    }

    ObjectProperty<ImageChoice> imageChoiceProperty() {
        return imageChoice;
    }

    /** As a setup file has it. */
    StringProperty importSourceProperty() {
        return importSource;
    }

    /** The name that an imported image gets. */
    StringProperty importTargetProperty() {
        return importTarget;
    }

    StringProperty repositoryProperty() {
        return repository;
    }

    ObjectProperty<RegistryInfo.Tag> tagProperty() {
        return tag;
    }

    /** Whether the image is pulled by the digest that the tag has now. */
    BooleanProperty byDigestProperty() {
        return byDigest;
    }

    StringProperty typedProperty() {
        return typed;
    }

    LoadedList<ResourceGroupInfo> groups() {
        return groups;
    }

    BackgroundTask<List<Location>> locations() {
        return locations;
    }

    LoadedList<RegistryInfo> registries() {
        return registries;
    }

    LoadedList<String> repositories() {
        return repositories;
    }

    LoadedList<RegistryInfo.Tag> tags() {
        return tags;
    }

    BackgroundTask<NameAvailability> nameCheck() {
        return nameCheck;
    }
}
