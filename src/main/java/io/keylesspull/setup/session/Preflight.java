package io.keylesspull.setup.session;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.MachineInfo.PowerState;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.NameAvailability;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.model.SizeInfo;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.remote.SshException;
import io.keylesspull.remote.SshKey;
import io.keylesspull.setup.request.ImageName;
import io.keylesspull.setup.request.SetupRequest.Identity;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.Check.Verdict;
import io.keylesspull.setup.step.Check;
import io.keylesspull.setup.step.cloud.AzureFailures;
import io.keylesspull.setup.step.machine.SshFailures;
import io.keylesspull.text.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at everything that would make a run fail, before anything is made that costs money. */
final class Preflight {

    /** One look. @return what is wrong; empty where nothing is */
    @FunctionalInterface
    private interface Look {
        Optional<Problem> look() throws AzureException, InterruptedException;
    }

    private final SetupRequest request;
    private final AzureSubscription azure;
    private final List<Check> checks = new ArrayList<>();

    Preflight(SetupRequest request, AzureSubscription azure) {
        this.request = request;
        this.azure = azure;
    }

    List<Check> checks() throws InterruptedException {
        must(Text.of("setup.check.resourceGroup", request.resourceGroup().name()), this::resourceGroup);
        Optional<RegistryInfo> registry = registry();
        must(Text.of("setup.check.roles"), () -> mayGrantRoles(registry));
        must(Text.of("setup.check.create"), this::mayCreate);
        if (request.identity().kind() == Identity.Kind.USER_ASSIGNED && !request.identity().create()) {
            must(Text.of("setup.check.identity", request.identity().name()), this::identity);
        }
        Set<String> sizes = request.machines().stream().filter(Machine::create).map(Machine::size)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (String size : sizes) {
            must(Text.of("setup.check.size", size, request.location()), () -> size(size));
        }
        for (Machine machine : request.machines()) {
            machine(machine);
        }
        return List.copyOf(checks);
    }

    private Optional<RegistryInfo> registry() throws InterruptedException {
        String name = request.registry().name();
        Text what = Text.of(request.registry().create() ? "setup.check.registryName" : "setup.check.registry", name);
        Optional<RegistryInfo> found = Optional.empty();
        try {
            found = azure.registries().find(request.registryGroup(), name);
        } catch (AzureException e) {
            bad(what, AzureFailures.problem(what, e));
            return found;
        }
        if (found.isEmpty()) {
            must(what, () -> request.registry().create() ? nameTaken(name) : Optional.of(
                    Failure.of("setup.missing.registry", "", name, request.registryGroup()).problem()));
            return found;
        }
        RegistryInfo registry = found.get();
        if (!registry.publicNetworkAccess()) {
            bad(what, Failure.of("setup.registryPrivate", "", name).problem());
            return found;
        }
        checks.add(registry.allowsAllNetworks() ? new Check(what, Verdict.GOOD, Optional.empty())
                : doubtful(what, Failure.of("setup.registryFirewall", "", name).problem()));
        if (!request.registry().importSample()) {
            image(registry);
        }
        return found;
    }

    private Optional<Problem> nameTaken(String name) throws AzureException, InterruptedException {
        NameAvailability availability = azure.registries().checkName(name);
        return availability.available() ? Optional.empty()
                : Optional.of(Failure.of("setup.registryName", availability.reason(), name).problem());
    }

    private void image(RegistryInfo registry) throws InterruptedException {
        Text what = Text.of("setup.check.image", request.image());
        ImageName image = ImageName.parse(request.image()).orElseThrow();
        try {
            boolean there = azure.images().digest(registry.loginServer(), image.repository(), image.tag()).isPresent();
            checks.add(there ? new Check(what, Verdict.GOOD, Optional.empty()) : new Check(what, Verdict.BAD,
                    Optional.of(Failure.of("setup.missing.image", "", request.image(), registry.loginServer())
                            .problem())));
        } catch (AzureException e) {
            if (e.kind() == AzureException.Kind.FORBIDDEN) {
                checks.add(doubtful(what, Failure.of("setup.imageUnread", "", registry.name()).problem()));
            } else {
                bad(what, AzureFailures.problem(what, e));
            }
        }
    }

    private Optional<Problem> resourceGroup() throws AzureException, InterruptedException {
        String name = request.resourceGroup().name();
        return request.resourceGroup().create() || azure.resourceGroups().find(name).isPresent() ? Optional.empty()
                : Optional.of(Failure.of("setup.missing.resourceGroup", "", name).problem());
    }

    private Optional<Problem> identity() throws AzureException, InterruptedException {
        String name = request.identity().name();
        return azure.identities().find(request.identityGroup(), name).isPresent() ? Optional.empty()
                : Optional.of(Failure.of("setup.missing.identity", "", name, request.identityGroup()).problem());
    }

    private Optional<Problem> mayGrantRoles(Optional<RegistryInfo> registry)
            throws AzureException, InterruptedException {
        String scope = registry.map(RegistryInfo::id).orElse(groupId(request.registryGroup()));
        return azure.permissions().allowed(scope, "Microsoft.Authorization/roleAssignments/write") ? Optional.empty()
                : Optional.of(Failure.of("setup.noRoleRight", "").problem());
    }

    private Optional<Problem> mayCreate() throws AzureException, InterruptedException {
        String group = request.resourceGroup().name();
        boolean makesMachines = request.machines().stream().anyMatch(Machine::create);
        String action = makesMachines ? "Microsoft.Compute/virtualMachines/write"
                : "Microsoft.Compute/virtualMachines/runCommand/action";
        return azure.permissions().allowed(groupId(group), action) ? Optional.empty()
                : Optional.of(Failure.of("setup.noCreateRight", "", group).problem());
    }

    private Optional<Problem> size(String name) throws AzureException, InterruptedException {
        Optional<SizeInfo> size = azure.regions().sizes(request.location()).stream()
                .filter(candidate -> candidate.name().equalsIgnoreCase(name)).findFirst();
        int count = (int) request.machines().stream().filter(m -> m.create() && m.size().equals(name)).count();
        Optional<String> reason = size.filter(SizeInfo::available).isEmpty()
                ? Optional.of(size.map(SizeInfo::reason).orElse(""))
                : azure.regions().quotaProblem(request.location(), name, count);
        return reason.map(why -> Failure.of("setup.sizeRefused", why, name, request.location()).problem());
    }

    private void machine(Machine machine) throws InterruptedException {
        if (machine.create()) {
            must(Text.of("setup.check.sshSource", machine.name()), () -> machine.allowSshFrom().isPresent()
                    ? Optional.empty() : Optional.of(Failure.of("setup.sshSource", "", machine.name()).problem()));
            machine.allowSshFrom().filter(from -> from.endsWith("/0")).ifPresent(from -> checks.add(doubtful(
                    Text.of("setup.check.sshSource", machine.name()),
                    Failure.of("setup.openSsh", "", machine.name()).problem())));
        } else {
            must(Text.of("setup.check.machine", machine.name()), () -> existing(machine));
        }
        machine.sshKey().ifPresent(file -> {
            Text what = Text.of("setup.check.sshKey", machine.name());
            try {
                SshKey.load(Path.of(file));
                checks.add(new Check(what, Verdict.GOOD, Optional.empty()));
            } catch (SshException e) {
                bad(what, SshFailures.problem(e));
            }
        });
    }

    private Optional<Problem> existing(Machine machine) throws AzureException, InterruptedException {
        String group = request.machineGroup(machine);
        Optional<MachineInfo> found = azure.machines().find(group, machine.name());
        if (found.isEmpty()) {
            return Optional.of(Failure.of("setup.missing.machine", "", machine.name(), group).problem());
        }
        MachineInfo there = found.get();
        if (!there.linux()) {
            return Optional.of(Failure.of("setup.machineNotLinux", "", machine.name()).problem());
        }
        boolean off = there.power() == PowerState.STOPPED || there.power() == PowerState.DEALLOCATED;
        return off ? Optional.of(Failure.of("setup.machineStopped", there.power().name(), machine.name()).problem())
                : Optional.empty();
    }

    private void must(Text what, Look look) throws InterruptedException {
        try {
            Optional<Problem> problem = look.look();
            checks.add(new Check(what, problem.isEmpty() ? Verdict.GOOD : Verdict.BAD, problem));
        } catch (AzureException e) {
            bad(what, AzureFailures.problem(what, e));
        }
    }

    private void bad(Text what, Problem problem) {
        checks.add(new Check(what, Verdict.BAD, Optional.of(problem)));
    }

    private static Check doubtful(Text what, Problem problem) {
        return new Check(what, Verdict.DOUBTFUL, Optional.of(problem));
    }

    private String groupId(String group) {
        return "/subscriptions/" + azure.id() + "/resourceGroups/" + group;
    }
}
