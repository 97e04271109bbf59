package io.keylesspull.setup.session;

import io.keylesspull.azure.cluster.ClusterInfo;
import io.keylesspull.azure.model.Account;
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
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.RunEvent;
import io.keylesspull.paging.Pages;
import io.keylesspull.setup.cost.CostEstimate;
import io.keylesspull.setup.plan.Review;
import io.keylesspull.setup.plan.UndoList;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.Check;
import io.keylesspull.setup.step.UndoChoice;
import io.keylesspull.text.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a signed-in administrator can look at and have done. Every method that may throw {@link Failure} blocks, asks
 * Azure, and ends with an {@link InterruptedException} soon after its thread is interrupted. Lists that may be long
 * come as {@link Pages}, which ask when they are read.
 */
public interface Session {

    /** Whether this is the practice cloud. */
    boolean practice();

    Account account();

    /** A notice about the sign-in, such as that it is not remembered and why. */
    Optional<Text> notice();

    List<Tenant> tenants() throws Failure, InterruptedException;

    Pages<Subscription, Failure> subscriptions();

    Pages<ResourceGroupInfo, Failure> resourceGroups(String subscriptionId);

    Pages<RegistryInfo, Failure> registries(String subscriptionId);

    NameAvailability registryName(String subscriptionId, String name) throws Failure, InterruptedException;

    /**
     * The images in a registry.
     *
     * @param by the machine that reads them with its managed identities, by Run Command; empty: this computer does,
     *     with the account's rights
     */
    ImageLists images(String subscriptionId, RegistryInfo registry, Optional<MachineInfo> by);

    Pages<MachineInfo, Failure> machines(String subscriptionId);

    Pages<IdentityInfo, Failure> identities(String subscriptionId);

    Pages<ClusterInfo, Failure> clusters(String subscriptionId);

    /** The subnets in which new machines can be put. @param location of the machines */
    Pages<NetworkInfo.Subnet, Failure> subnets(String subscriptionId, String location);

    List<Location> locations(String subscriptionId) throws Failure, InterruptedException;

    List<SizeInfo> sizes(String subscriptionId, String location) throws Failure, InterruptedException;

    /** A private key that opens the machines there from the start; only in practice mode. */
    Optional<String> practiceKeyPath();

    /** The caller's public address as CIDR, if it is known. */
    Optional<String> callerAddress() throws InterruptedException;

    /** The private keys of a request that only their passphrases open, each once. */
    List<Path> lockedKeys(SetupRequest request);

    /**
     * Unlocks a private key for as long as the program runs.
     *
     * @param passphrase overwritten
     * @return whether it is the passphrase
     * @throws Failure if it is no key that can be unlocked here
     */
    boolean unlock(Path key, char[] passphrase) throws Failure;

    /**
     * What the request would do, the checks, and the same by hand. Changes nothing.
     *
     * @throws Failure if there is no such subscription
     */
    Review review(SetupRequest request) throws Failure, InterruptedException;

    /**
     * What the resources that the reviewed request makes cost. A price that cannot be had is unknown.
     *
     * @param currency an ISO 4217 code
     */
    CostEstimate cost(Review review, String currency) throws InterruptedException;

    /**
     * About how long carrying out the request takes if all of it has to be made: as runs on this computer took, or else
     * as it takes in Azure.
     */
    Duration expected(SetupRequest request) throws Failure, InterruptedException;

    /**
     * The checks of {@link #review} and those that take longer: the way to the registry from this computer and from the
     * machines. Changes nothing.
     *
     * @throws Failure if there is no such subscription
     */
    List<Check> check(SetupRequest request) throws Failure, InterruptedException;

    /**
     * Starts carrying out a request that {@code SetupRules} find nothing wrong with.
     *
     * @param events gets every event, on worker threads, one at a time
     */
    SetupRun start(SetupRequest request, Consumer<RunEvent> events) throws Failure, InterruptedException;

    /**
     * Resumes an unfinished run: everything is looked at again, and what is missing is created.
     *
     * @throws Failure if it cannot be resumed, or is being worked on
     */
    SetupRun resume(StoredRun run, Consumer<RunEvent> events) throws Failure, InterruptedException;

    /** What undoing a run would do in the present state of Azure. */
    UndoList undoList(StoredRun run) throws Failure, InterruptedException;

    /**
     * Undoes what a run did, and nothing else.
     *
     * @param choices what is undone on machines that existed before the run
     */
    SetupRun undo(StoredRun run, Set<UndoChoice> choices, Consumer<RunEvent> events)
            throws Failure, InterruptedException;
}
