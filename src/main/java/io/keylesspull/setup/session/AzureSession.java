package io.keylesspull.setup.session;

import io.keylesspull.azure.cluster.ClusterInfo;
import io.keylesspull.azure.model.Account;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.IdentityInfo;
import io.keylesspull.azure.model.Location;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.NameAvailability;
import io.keylesspull.azure.model.NetworkInfo;
import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.azure.model.ResourceGroupInfo;
import io.keylesspull.azure.model.SizeInfo;
import io.keylesspull.azure.model.Subscription;
import io.keylesspull.azure.model.Tenant;
import io.keylesspull.azure.resource.AzureAccount;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.VirtualMachines;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.engine.plan.Facts;
import io.keylesspull.engine.plan.Plan;
import io.keylesspull.paging.Pages;
import io.keylesspull.remote.SshException;
import io.keylesspull.setup.cost.CostEstimate;
import io.keylesspull.setup.cost.Costs;
import io.keylesspull.setup.plan.Durations;
import io.keylesspull.setup.plan.Review;
import io.keylesspull.setup.plan.SetupPlan;
import io.keylesspull.setup.plan.UndoList;
import io.keylesspull.setup.plan.UndoPlan;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.Check;
import io.keylesspull.setup.step.UndoChoice;
import io.keylesspull.setup.step.cloud.OpenSizes;
import io.keylesspull.setup.step.connection.SshFailures;
import io.keylesspull.setup.step.connection.SshKeys;
import io.keylesspull.setup.step.fleet.Sampling;
import io.keylesspull.setup.step.machine.ImagesByMachine;
import io.keylesspull.text.Text;
import io.keylesspull.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A session over the SDK's clients; practice and the real thing differ in the dependencies alone. */
public final class AzureSession implements Session {

    /** As many subscriptions are listed where one is missing. */
    private static final int NAMED = 5;

    private static final Text ACCOUNT = Text.of("setup.subject.account");
    private static final Text LISTS = Text.of("setup.subject.lists");

    private final AzureAccount azure;
    private final SessionDependencies dependencies;

    public AzureSession(AzureAccount azure, SessionDependencies dependencies) {
        this.azure = azure;
        this.dependencies = dependencies;
    }

    @Override
    public boolean practice() {
        return dependencies.practiceKey().isPresent();
    }

    @Override
    public Account account() {
        return azure.account();
    }

    @Override
    public Optional<Text> notice() {
        return azure.notice();
    }

    @Override
    public List<Tenant> tenants() throws Failure, InterruptedException {
        return Asking.of(ACCOUNT, azure::tenants);
    }

    @Override
    public Pages<Subscription, Failure> subscriptions() {
        return pages(ACCOUNT, wantsMore -> azure.subscriptions().read(wantsMore));
    }

    private static <T> Pages<T, Failure> pages(Text subject, Pages<T, AzureException> pages) {
        return wantsMore -> Asking.of(subject, () -> {
            pages.read(wantsMore);
            return true;
        });
    }

    @Override
    public Pages<ResourceGroupInfo, Failure> resourceGroups(String subscriptionId) {
        return pages(
                LISTS,
                wantsMore -> azure.subscription(subscriptionId)
                        .resourceGroups()
                        .list()
                        .read(wantsMore));
    }

    @Override
    public Pages<RegistryInfo, Failure> registries(String subscriptionId) {
        return pages(
                LISTS,
                wantsMore ->
                        azure.subscription(subscriptionId).registries().list().read(wantsMore));
    }

    @Override
    public NameAvailability registryName(String subscriptionId, String name) throws Failure, InterruptedException {
        return Asking.of(
                Text.of("setup.subject.registry", name),
                () -> azure.subscription(subscriptionId).registries().checkName(name));
    }

    @Override
    public ImageLists images(String subscriptionId, RegistryInfo registry, Optional<MachineInfo> by) {
        return by.map(machine -> RegistryLists.byMachine(new ImagesByMachine(
                        () -> azure.subscription(subscriptionId).machines(), machine, registry, Time.system())))
                .orElseGet(() -> RegistryLists.byThisComputer(
                        () -> azure.subscription(subscriptionId).images(), registry));
    }

    @Override
    public Pages<MachineInfo, Failure> machines(String subscriptionId) {
        return pages(
                LISTS,
                wantsMore ->
                        azure.subscription(subscriptionId).machines().list().read(wantsMore));
    }

    @Override
    public Pages<IdentityInfo, Failure> identities(String subscriptionId) {
        return pages(
                LISTS,
                wantsMore ->
                        azure.subscription(subscriptionId).identities().list().read(wantsMore));
    }

    @Override
    public Pages<ClusterInfo, Failure> clusters(String subscriptionId) {
        return pages(
                LISTS,
                wantsMore ->
                        azure.subscription(subscriptionId).clusters().list().read(wantsMore));
    }

    @Override
    public Pages<NetworkInfo.Subnet, Failure> subnets(String subscriptionId, String location) {
        return pages(
                LISTS,
                wantsMore -> azure.subscription(subscriptionId)
                        .networks()
                        .subnets(location)
                        .read(wantsMore));
    }

    @Override
    public List<Location> locations(String subscriptionId) throws Failure, InterruptedException {
        return Asking.of(
                LISTS, () -> azure.subscription(subscriptionId).regions().locations());
    }

    @Override
    public List<SizeInfo> sizes(String subscriptionId, String location) throws Failure, InterruptedException {
        return Asking.of(
                LISTS, () -> azure.subscription(subscriptionId).regions().sizes(location));
    }

    @Override
    public Optional<String> practiceKeyPath() {
        return dependencies.practiceKey().map(Path::toString);
    }

    @Override
    public Optional<String> callerAddress() {
        return dependencies.callerAddress();
    }

    @Override
    public List<Path> lockedKeys(SetupRequest request) {
        return complete(request).machines().stream()
                .flatMap(machine -> machine.ssh().stream()
                        .flatMap(ssh -> Stream.concat(
                                machine.sshKey().stream(),
                                ssh.jumpHosts().stream().flatMap(host -> host.key().stream()))))
                .map(Path::of)
                .distinct()
                .filter(dependencies.privateKeys()::isLocked)
                .toList();
    }

    @Override
    public boolean unlock(Path key, char[] passphrase) throws Failure {
        try {
            return dependencies.privateKeys().unlock(key, passphrase);
        } catch (SshException e) {
            throw SshFailures.failure(e);
        }
    }

    @Override
    public Review review(SetupRequest request) throws Failure, InterruptedException {
        AzureSubscription subscription = subscription(request);
        SetupRequest complete = forReview(request, subscription);
        return Review.of(complete, subscription.id(), planForReview(complete, subscription), dependencies.workers());
    }

    @Override
    public CostEstimate cost(Review review, String currency) throws InterruptedException {
        return new Costs(azure.retailPrices(), dependencies.prices(), InstantSource.system(), currency)
                .of(review.exports().template());
    }

    @Override
    public Duration expected(SetupRequest request) throws Failure, InterruptedException {
        Plan plan = planForReview(complete(request), subscription(request));
        return Durations.together(plan.planned(), durations()::of);
    }

    private Durations durations() {
        return dependencies.durations().measuredIn(dependencies.folders().latest());
    }

    @Override
    public List<Check> check(SetupRequest request) throws Failure, InterruptedException {
        AzureSubscription subscription = subscription(request);
        SetupRequest complete = forReview(request, subscription);
        return Review.checks(
                complete,
                subscription.id(),
                planForReview(complete, subscription),
                subscription.machines(),
                dependencies.workers());
    }

    private SetupRequest forReview(SetupRequest request, AzureSubscription subscription)
            throws Failure, InterruptedException {
        return withEarlierKeys(withSizes(complete(request), subscription), subscription);
    }

    private Plan planForReview(SetupRequest complete, AzureSubscription subscription) {
        // Nothing is written down before a run: the key for new machines is made by the run itself.
        SshKeys keys = new SshKeys(
                Path.of("id_ed25519"), Path.of("known_hosts"), dependencies.privateKeys(), dependencies.practiceKey());
        return new SetupPlan(
                        complete, subscription, dependencies.route(), keys, dependencies.callerAddress(), sampling())
                .plan();
    }

    @Override
    public SetupRun start(SetupRequest request, Consumer<RunEvent> events) throws Failure, InterruptedException {
        AzureSubscription subscription = subscription(request);
        // Whatever the subscription was called, and whichever was the first: a later try is to find the same one.
        SetupRequest complete = withEarlierKeys(
                withSizes(complete(request).withSubscription(subscription.id()), subscription), subscription);
        for (SetupRequest.Machine machine : complete.machines()) {
            if (machine.needsOpenSsh() && machine.allowSshFrom().isEmpty()) {
                throw Failure.of("setup.sshSource", "", complete.label(machine));
            }
        }
        return carryOut(complete, subscription, dependencies.folders().create(complete), events);
    }

    @Override
    public SetupRun resume(StoredRun run, Consumer<RunEvent> events) throws Failure, InterruptedException {
        SetupRequest request = request(run);
        dependencies.folders().requireUnchanged(run);
        return carryOut(request, subscription(request), dependencies.folders().of(run), events);
    }

    private Sampling sampling() {
        return new Sampling(dependencies.workers(), dependencies.random());
    }

    private SetupRun carryOut(
            SetupRequest request, AzureSubscription subscription, RunFolder folder, Consumer<RunEvent> events)
            throws Failure {
        SetupPlan plan = new SetupPlan(
                request,
                subscription.markedFor(folder.id()),
                dependencies.route(),
                new SshKeys(folder.newKey(), folder.knownHosts(), dependencies.privateKeys()),
                dependencies.callerAddress(),
                sampling());
        return SetupExecution.start(
                new SetupExecution.Job(request, folder, plan.plan(), dependencies.texts(), durations(), practice()),
                dependencies.runner(),
                new Facts(),
                events);
    }

    @Override
    public UndoList undoList(StoredRun run) throws Failure, InterruptedException {
        SetupRequest request = request(run);
        AzureSubscription subscription = subscription(request);
        Set<String> gone =
                Asking.of(LISTS, () -> GoneMachines.of(request, run.left(), subscription, dependencies.workers()));
        return Asking.of(
                LISTS,
                () -> undoPlan(request, run, subscription, gone, Set.of()).list());
    }

    @Override
    public SetupRun undo(StoredRun run, Set<UndoChoice> choices, Consumer<RunEvent> events)
            throws Failure, InterruptedException {
        SetupRequest request = request(run);
        Plan plan = undoPlan(request, run, choices);
        return SetupExecution.start(
                new SetupExecution.Job(
                        request, dependencies.folders().of(run), plan, dependencies.texts(), durations(), practice()),
                dependencies.runner(),
                new Facts(),
                events);
    }

    private Plan undoPlan(SetupRequest request, StoredRun run, Set<UndoChoice> choices)
            throws Failure, InterruptedException {
        AzureSubscription subscription = subscription(request);
        Set<String> gone =
                Asking.of(LISTS, () -> GoneMachines.of(request, run.left(), subscription, dependencies.workers()));
        return undoPlan(request, run, subscription, gone, choices).plan();
    }

    private UndoPlan undoPlan(
            SetupRequest request,
            StoredRun run,
            AzureSubscription subscription,
            Set<String> gone,
            Set<UndoChoice> choices) {
        RunFolder folder = dependencies.folders().of(run);
        return new UndoPlan(
                request,
                run.left(),
                subscription.markedFor(run.id()),
                dependencies.route(),
                new SshKeys(folder.newKey(), folder.knownHosts(), dependencies.privateKeys()),
                gone,
                choices);
    }

    /** The same as the run was begun with. */
    private SetupRequest request(StoredRun run) throws Failure {
        if (run.problem().isPresent()) {
            throw new Failure(run.problem().get());
        }
        return complete(run.request().orElseThrow());
    }

    private SetupRequest complete(SetupRequest request) {
        return new Completion(
                        dependencies.practiceKey(),
                        dependencies.callerAddress(),
                        dependencies.home(),
                        dependencies.knownHosts())
                .of(request);
    }

    /** A later try is to make machines of the same size, whatever the location offers by then. */
    private static SetupRequest withSizes(SetupRequest request, AzureSubscription subscription)
            throws Failure, InterruptedException {
        return Asking.of(LISTS, () -> OpenSizes.filled(request, subscription));
    }

    /** A machine that is there because an earlier run made it is opened by the key that the run made for it. */
    private SetupRequest withEarlierKeys(SetupRequest request, AzureSubscription subscription)
            throws Failure, InterruptedException {
        if (request.machines().stream().noneMatch(AzureSession::lacksKey)) {
            return request;
        }
        RunFolders folders = dependencies.folders();
        List<StoredRun> runs = folders.list();
        VirtualMachines all = subscription.machines();
        List<SetupRequest.Machine> machines = new ArrayList<>();
        for (SetupRequest.Machine machine : request.machines()) {
            String group = request.machineGroup(machine);
            Optional<Path> key =
                    lacksKey(machine) ? folders.keyOf(runs, all.id(group, machine.name())) : Optional.empty();
            machines.add(
                    key.isPresent()
                                    && Asking.of(LISTS, () -> all.find(group, machine.name()))
                                            .isPresent()
                            ? machine.withSshKey(key.map(Path::toString))
                            : machine);
        }
        return request.withMachines(machines);
    }

    private static boolean lacksKey(SetupRequest.Machine machine) {
        return machine.create() && machine.sshKey().isEmpty();
    }

    private AzureSubscription subscription(SetupRequest request) throws Failure, InterruptedException {
        Optional<String> wanted = request.subscription();
        List<Subscription> others = new ArrayList<>();
        Optional<Subscription> found = subscriptions().find(one -> {
            others.add(one);
            return wanted.isEmpty()
                    || one.id().equalsIgnoreCase(wanted.get())
                    || one.name().equalsIgnoreCase(wanted.get());
        });
        if (found.isPresent()) {
            return azure.subscription(found.get().id());
        }
        throw wanted.isEmpty() || others.isEmpty() ? noSubscription() : noSubscription(wanted.get(), others);
    }

    /** An account sees only the subscriptions of the directory that it signed in to. */
    private Failure noSubscription(String wanted, List<Subscription> others) throws Failure, InterruptedException {
        String names =
                others.stream().limit(NAMED).map(Subscription::name).collect(Collectors.joining("”, “", "“", "”"));
        Text named = Text.of(
                "setup.missing.subscription." + (others.size() > NAMED ? "some" : "all"),
                names,
                String.valueOf(others.size()));
        String elsewhere = otherDirectories();
        return elsewhere.isEmpty()
                ? Failure.of("setup.missing.subscription", "", wanted, named)
                : Failure.of("setup.missing.subscriptionHere", "", wanted, elsewhere, named);
    }

    private Failure noSubscription() throws Failure, InterruptedException {
        String elsewhere = otherDirectories();
        return elsewhere.isEmpty()
                ? Failure.of("setup.missing.subscriptions", "")
                : Failure.of("setup.missing.subscriptionsElsewhere", "", elsewhere);
    }

    private String otherDirectories() throws Failure, InterruptedException {
        return Asking.of(ACCOUNT, azure::otherDirectories);
    }
}
