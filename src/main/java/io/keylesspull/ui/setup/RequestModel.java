package io.keylesspull.ui.setup;

import io.keylesspull.azure.model.Subscription;
import io.keylesspull.setup.request.RepositoryScope;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Identity;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.request.SetupRequest.MachineAccess;
import io.keylesspull.setup.request.SetupRequest.ResourceGroup;
import io.keylesspull.setup.request.SetupRules;
import io.keylesspull.setup.request.Violation;
import io.keylesspull.text.Text;
import io.keylesspull.ui.setup.cluster.ClustersModel;
import io.keylesspull.ui.setup.fleet.FleetModel;
import io.keylesspull.ui.signin.SignInModel;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** The request as it is entered on all pages, and the rules that it breaks. Updated with every input. */
final class RequestModel {

    private final SignInModel signIn;
    private final RegistryModel registry;
    private final MachinesModel machines;
    private final ClustersModel clusters;
    private final FleetModel fleet;
    private final IdentityModel identity;
    private final ReadOnlyObjectWrapper<SetupRequest> request = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<List<Violation>> violations = new ReadOnlyObjectWrapper<>(List.of());
    private Optional<SetupRequest> opened = Optional.empty();
    private boolean updating;

    RequestModel(
            SignInModel signIn,
            RegistryModel registry,
            MachinesModel machines,
            ClustersModel clusters,
            FleetModel fleet,
            IdentityModel identity) {
        this.signIn = signIn;
        this.registry = registry;
        this.machines = machines;
        this.clusters = clusters;
        this.fleet = fleet;
        this.identity = identity;
        InvalidationListener changed = observable -> update();
        Stream.of(
                        registry.inputs(),
                        machines.inputs(),
                        clusters.inputs(),
                        fleet.inputs(),
                        identity.inputs(),
                        new Observable[] {
                            signIn.subscriptionProperty(), signIn.signedInProperty(), signIn.practiceProperty()
                        })
                .flatMap(Stream::of)
                .forEach(input -> input.addListener(changed));
        update();
    }

    /** From now on, the request is this one, whatever is entered. */
    void open(SetupRequest fromFile) {
        opened = Optional.of(fromFile);
        update();
    }

    ReadOnlyObjectProperty<SetupRequest> requestProperty() {
        return request.getReadOnlyProperty();
    }

    SetupRequest request() {
        return request.get();
    }

    ReadOnlyObjectProperty<List<Violation>> violationsProperty() {
        return violations.getReadOnlyProperty();
    }

    /** The rule that is broken at the first matching path. */
    Optional<Text> broken(Predicate<String> path) {
        return violations.get().stream()
                .filter(violation -> path.test(violation.path()))
                .findFirst()
                .map(Violation::rule);
    }

    /** Whether no rule is broken in these parts of the request, such as {@code identity} or {@code registry.name}. */
    boolean isValid(String... starts) {
        return violations.get().stream()
                .noneMatch(violation ->
                        Stream.of(starts).anyMatch(start -> violation.path().startsWith(start)));
    }

    private void update() {
        if (updating) {
            return;
        }
        updating = true;
        SetupRequest now = opened.orElseGet(this::entered);
        violations.set(SetupRules.check(now, signIn.practiceProperty().get()));
        request.set(now);
        updating = false;
        registry.judge(isValid("registry.name"));
    }

    private SetupRequest entered() {
        boolean machinesWanted =
                machines.wantedProperty().get() || fleet.wantedProperty().get();
        Identity pulling = machinesWanted ? identity.request() : IdentityModel.OF_NO_MACHINE;
        List<Machine> named = machines.request();
        return new SetupRequest(
                signIn.request(),
                Optional.ofNullable(signIn.subscriptionProperty().get()).map(Subscription::id),
                registry.locationProperty().get().name(),
                group(named, pulling),
                registry.registryRequest(),
                registry.image(),
                named,
                clusters.request(),
                fleet.request(),
                pulling,
                identity.roleProperty().get(),
                registry.canLimitRoles() ? identity.repositoryScope() : RepositoryScope.ALL,
                machinesWanted
                        ? new MachineAccess(
                                true,
                                identity.keepSignedInProperty().get(),
                                machines.dockerGroupProperty().get(),
                                machines.startsStopped())
                        : MachineAccess.DEFAULT);
    }

    /** The registry's, where nothing new is made: a group of its own would stay empty. */
    private ResourceGroup group(List<Machine> machines, Identity identity) {
        SetupRequest.Registry used = registry.registryRequest();
        boolean makes = used.create()
                || fleet.request().isPresent()
                || machines.isEmpty() && clusters.request().isEmpty()
                || machines.stream().anyMatch(Machine::create)
                || identity.kind() == Identity.Kind.USER_ASSIGNED && identity.create();
        return used.resourceGroup()
                .filter(group -> !makes)
                .map(group -> new ResourceGroup(group, false))
                .orElseGet(registry::groupRequest);
    }
}
