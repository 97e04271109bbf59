package io.keylesspull.ui.setup;

import io.keylesspull.azure.model.Location;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.MachineInfo.PowerState;
import io.keylesspull.azure.model.SizeInfo;
import io.keylesspull.setup.request.DefaultSizes;
import io.keylesspull.setup.request.MachineImages;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.session.Session;
import io.keylesspull.ui.component.BackgroundTask;
import io.keylesspull.ui.component.LoadedList;
import io.keylesspull.ui.component.Workers;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SetProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleSetProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import org.jspecify.annotations.Nullable;

/** Which machines get the right to pull, if any. */
final class MachinesModel {

    /** Where new machines lie: in networks of their own, with public addresses or NAT gateways, or in a subnet. */
    enum NetworkKind {
        PUBLIC,
        GATEWAY,
        SUBNET
    }

    private final BooleanProperty wanted = new SimpleBooleanProperty(true);
    private final BooleanProperty existing = new SimpleBooleanProperty();
    private final IntegerProperty count = new SimpleIntegerProperty(1);
    private final StringProperty baseName = new SimpleStringProperty("myDockerVM");
    private final StringProperty image =
            new SimpleStringProperty(MachineImages.aliases().get(0));
    private final StringProperty size = new SimpleStringProperty("");
    private final StringProperty adminUser = new SimpleStringProperty("azureuser");
    private final StringProperty existingUser = new SimpleStringProperty("");
    private final BooleanProperty ownKey = new SimpleBooleanProperty();
    private final StringProperty keyPath = new SimpleStringProperty("");
    private final ObjectProperty<NetworkKind> network = new SimpleObjectProperty<>(NetworkKind.PUBLIC);
    private final SubnetModel subnet;
    private final StringProperty allowSshFrom = new SimpleStringProperty("");
    private final BooleanProperty startStopped = new SimpleBooleanProperty();
    private final WayModel way = new WayModel();
    private final BooleanProperty dockerGroup = new SimpleBooleanProperty(true);
    private final SetProperty<MachineInfo> chosen = new SimpleSetProperty<>(FXCollections.observableSet());
    private final LoadedList<MachineInfo> machines;
    private final BackgroundTask<List<SizeInfo>> sizes;
    private final BackgroundTask<Optional<String>> callerAddress;
    private String suggested = "myDockerVM";
    private String suggestedSize = "";
    private @Nullable Session session;
    private @Nullable String subscription;
    private @Nullable String sizesOf;

    MachinesModel(Workers workers) {
        machines = new LoadedList<>(workers);
        machines.renew(chosen, MachineInfo::id);
        subnet = new SubnetModel(workers);
        sizes = new BackgroundTask<>(workers);
        callerAddress = new BackgroundTask<>(workers);
        machines.onDone(found -> {
            if (baseName.get().equals(suggested)) {
                suggested = free(found);
                baseName.set(suggested);
            }
        });
        sizes.onDone(found -> {
            if (size.get().equals(suggestedSize)) {
                suggestedSize = DefaultSizes.offered(found).stream()
                        .findFirst()
                        .map(SizeInfo::name)
                        .orElse("");
                size.set(suggestedSize);
            }
        });
        network.addListener((property, before, now) -> subnet.want(now == NetworkKind.SUBNET));
        callerAddress.onDone(address -> {
            if (allowSshFrom.get().isEmpty()) {
                address.ifPresent(allowSshFrom::set);
            }
        });
    }

    /** A name that no machine has yet. */
    private static String free(List<MachineInfo> found) {
        return IntStream.rangeClosed(1, found.size() + 1)
                .mapToObj(i -> i == 1 ? "myDockerVM" : "myDockerVM" + i)
                .filter(name -> found.stream().noneMatch(each -> each.name().equalsIgnoreCase(name)))
                .findFirst()
                .orElseThrow();
    }

    /** Loads the choices for a subscription and location. Keeps what was entered. */
    void open(Session session, String subscription, Location location) {
        load(session, subscription);
        subnet.open(session, subscription, location);
        if (!location.name().equals(sizesOf)) {
            sizesOf = location.name();
            sizes.start(() -> session.sizes(subscription, location.name()));
        }
    }

    /** Loads what does not depend on the location. */
    void load(Session session, String subscription) {
        if (this.session == session && Objects.equals(this.subscription, subscription)) {
            machines.resume();
            return;
        }
        this.session = session;
        this.subscription = subscription;
        sizesOf = null;
        chosen.set(FXCollections.observableSet());
        machines.start(session.machines(subscription));
        callerAddress.start(session::callerAddress);
        if (keyPath.get().isEmpty()) {
            session.practiceKeyPath().ifPresent(keyPath::set);
        }
    }

    /** Nobody looks at the machines for now. A free name for a new one is found out all the same. */
    void leave() {
        subnet.leave();
        if (existing.get()) {
            machines.pause();
        }
    }

    /** Loads the existing machines once more. */
    void refresh() {
        machines.again();
    }

    /** The names of the new machines. */
    List<String> names() {
        return count.get() == 1
                ? List.of(baseName.get())
                : IntStream.rangeClosed(1, count.get())
                        .mapToObj(i -> baseName.get() + i)
                        .toList();
    }

    List<Machine> request() {
        if (!wanted.get()) {
            return List.of();
        }
        Optional<String> key = Optional.of(keyPath.get().strip()).filter(path -> !path.isEmpty());
        if (!existing.get()) {
            return names().stream()
                    .map(name -> new Machine(
                            name,
                            true,
                            image.get(),
                            size.get(),
                            adminUser.get(),
                            ownKey.get() ? Optional.of(keyPath.get().strip()) : Optional.empty(),
                            Optional.empty(),
                            network(),
                            way.request(false)))
                    .toList();
        }
        return chosen.stream()
                .sorted(Comparator.comparing(MachineInfo::name).thenComparing(MachineInfo::resourceGroup))
                .map(found -> new Machine(
                        found.name(),
                        false,
                        found.os().image(),
                        found.size(),
                        userOf(found),
                        key,
                        Optional.of(found.resourceGroup()),
                        new SetupRequest.PublicAddress(Optional.empty()),
                        way.request(true)))
                .toList();
    }

    private SetupRequest.Network network() {
        return switch (network.get()) {
            case PUBLIC ->
                new SetupRequest.PublicAddress(Optional.of(allowSshFrom.get().strip())
                        .filter(range -> !range.isEmpty() && !way.isRunCommand()));
            case GATEWAY -> new SetupRequest.BehindGateway();
            case SUBNET -> new SetupRequest.InSubnet(subnet.request());
        };
    }

    /** Whether the input is there that the rules do not check. */
    boolean complete() {
        if (!wanted.get()) {
            return true;
        }
        return existing.get()
                ? !chosen.isEmpty()
                : !asksSshSource() || !allowSshFrom.get().isBlank() || session != null && session.practice();
    }

    /** Whether new machines are reached over SSH from outside. */
    boolean asksSshSource() {
        return network.get() == NetworkKind.PUBLIC && !way.isRunCommand();
    }

    /** Whether the administrator has to enter who may reach a new machine, because the own address is not known. */
    boolean addressNeeded() {
        return !existing.get() && !complete() && !callerAddress.isRunning();
    }

    /** Whether a size has to be entered, because the location offers none of the default ones. */
    boolean sizeNeeded() {
        return size.get().isEmpty() && sizes.state() instanceof BackgroundTask.State.Done<List<SizeInfo>>;
    }

    /** What the size has; empty until it is known. */
    Optional<SizeInfo> sizeInfo() {
        return sizes.state() instanceof BackgroundTask.State.Done<List<SizeInfo>> done
                ? done.value().stream()
                        .filter(each -> each.name().equals(size.get()))
                        .findFirst()
                : Optional.empty();
    }

    /** What the request depends on. */
    Observable[] inputs() {
        Observable[] own = {
            wanted,
            existing,
            count,
            baseName,
            image,
            size,
            adminUser,
            existingUser,
            ownKey,
            keyPath,
            network,
            allowSshFrom,
            dockerGroup,
            startStopped,
            chosen,
            sizes.stateProperty(),
            callerAddress.stateProperty()
        };
        return Stream.of(own, way.inputs(), subnet.inputs()).flatMap(Stream::of).toArray(Observable[]::new);
    }

    private String userOf(MachineInfo machine) {
        if (!existingUser.get().isBlank()) {
            return existingUser.get().strip();
        }
        return machine.os().adminUser();
    }

    /** Whether machines are set up. */
    BooleanProperty wantedProperty() {
        return wanted;
    }

    BooleanProperty existingProperty() {
        return existing;
    }

    IntegerProperty countProperty() {
        return count;
    }

    StringProperty baseNameProperty() {
        return baseName;
    }

    StringProperty imageProperty() {
        return image;
    }

    StringProperty sizeProperty() {
        return size;
    }

    StringProperty adminUserProperty() {
        return adminUser;
    }

    /** The user on existing machines; empty for the one that each was made with. */
    StringProperty existingUserProperty() {
        return existingUser;
    }

    BooleanProperty ownKeyProperty() {
        return ownKey;
    }

    StringProperty keyPathProperty() {
        return keyPath;
    }

    /** Where new machines lie. */
    ObjectProperty<NetworkKind> networkProperty() {
        return network;
    }

    SubnetModel subnet() {
        return subnet;
    }

    StringProperty allowSshFromProperty() {
        return allowSshFrom;
    }

    /** Whether a machine was chosen that is stopped. */
    boolean isStoppedChosen() {
        return wanted.get()
                && existing.get()
                && chosen.stream()
                        .map(MachineInfo::power)
                        .anyMatch(power -> power == PowerState.STOPPED || power == PowerState.DEALLOCATED);
    }

    /** Whether one is to be started. */
    boolean startsStopped() {
        return startStopped.get() && isStoppedChosen();
    }

    BooleanProperty startStoppedProperty() {
        return startStopped;
    }

    WayModel way() {
        return way;
    }

    BooleanProperty dockerGroupProperty() {
        return dockerGroup;
    }

    SetProperty<MachineInfo> chosen() {
        return chosen;
    }

    LoadedList<MachineInfo> machines() {
        return machines;
    }

    BackgroundTask<List<SizeInfo>> sizes() {
        return sizes;
    }

    BackgroundTask<Optional<String>> callerAddress() {
        return callerAddress;
    }
}
