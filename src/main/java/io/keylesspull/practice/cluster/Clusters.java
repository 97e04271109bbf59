package io.keylesspull.practice.cluster;

import io.keylesspull.practice.clock.PracticeClock;
import io.keylesspull.practice.wire.HttpService;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The practice cloud's clusters. Safe for use by many threads. */
public final class Clusters {

    private final HttpService internet;
    private final PracticeClock clock;
    private final ClusterHook hook;
    private final Map<String, Cluster> byId = new ConcurrentHashMap<>();

    /** @param internet what the nodes reach by HTTP */
    public Clusters(HttpService internet, PracticeClock clock, ClusterHook hook) {
        this.internet = internet;
        this.clock = clock;
        this.hook = hook;
    }

    /** @param logs what was printed, without regard to where */
    public record Output(int exitStatus, String logs) {}

    /**
     * Who sends a command.
     *
     * @param name how Kubernetes names them
     * @param mayChange whether it lets them make and delete namespaces and pods
     */
    public record User(String name, boolean mayChange) {}

    /**
     * @param id ARM id, compared without case
     * @param policy of its images; empty if it has none
     * @param kubeletClientId of the identity that pulls; empty for a service principal
     */
    public void add(String id, List<NodePool> pools, Optional<ImagePolicy> policy, String kubeletClientId) {
        byId.put(key(id), new Cluster(pools, policy, new Kubelet(internet, id, kubeletClientId), clock, hook));
    }

    public void remove(String id) {
        byId.remove(key(id));
    }

    /**
     * Runs a command as a pod of the cluster does.
     *
     * @param files what came with it, by name
     * @throws NoSuchElementException if there is no such cluster
     */
    public Output run(String id, User user, String command, Map<String, byte[]> files) {
        Cluster cluster = Optional.ofNullable(byId.get(key(id)))
                .orElseThrow(() -> new NoSuchElementException("there is no cluster " + id));
        return new Kubectl(cluster, user.mayChange(), user.name()).run(command, files);
    }

    /** What was made in them, one line for each namespace and each pod, in order. */
    public Stream<String> inventory() {
        return byId.entrySet().stream()
                .flatMap(one -> one.getValue().inventory().map(line -> one.getKey() + ": " + line))
                .sorted();
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
