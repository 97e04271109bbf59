package io.keylesspull.setup.step.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.setup.step.Cause;
import io.keylesspull.setup.step.pull.Pullers;
import io.keylesspull.setup.step.pull.Pulling;
import io.keylesspull.setup.step.pull.Pulling.Refused;
import io.keylesspull.setup.step.pull.Pulling.Unscheduled;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The node pools of a cluster, with a pod in each.
 *
 * @param label of the cluster
 * @param image repository, and tag or digest
 * @param server the registry's
 * @param bound how long they are waited for
 */
record PoolPullers(ClusterShell shell, ProofPods pods, String label, String image, String server, Duration bound)
        implements Pullers {

    /** Makes the pods. @return what the cluster printed */
    String begin() throws Failure, InterruptedException {
        return shell.run(ProofPods.apply(), files(), pods::notMade);
    }

    /** Lets all pull at once. */
    void again() throws Failure, InterruptedException {
        shell.run(pods.again(), files(), pods::notMade);
    }

    private Map<String, String> files() {
        return Map.of(ProofPods.FILE, pods.manifest());
    }

    @Override
    public Map<String, Pulling> look() throws Failure, InterruptedException {
        try {
            return pods.progress(shell.read(pods.look()));
        } catch (JsonProcessingException e) {
            throw Failure.of("setup.clusterCommandFailed", String.valueOf(e.getMessage()), label);
        }
    }

    @Override
    public Set<Cause.Kind> passing() {
        return EnumSet.of(Cause.Kind.ROLE, Cause.Kind.IDENTITY, Cause.Kind.BUSY, Cause.Kind.UNKNOWN);
    }

    /** After a refusal all pull anew, however long their nodes would wait before they try again. */
    @Override
    public NotYet wait(Map<String, Pulling> all) throws Failure, InterruptedException {
        for (Class<? extends Pulling> first : List.of(Refused.class, Unscheduled.class, Pulling.Waiting.class)) {
            for (Map.Entry<String, Pulling> pool : all.entrySet()) {
                if (first.isInstance(pool.getValue())) {
                    if (pool.getValue() instanceof Refused) {
                        again();
                    }
                    return wait(pool.getKey(), pool.getValue());
                }
            }
        }
        throw new IllegalStateException("every pool has pulled: " + all);
    }

    private NotYet wait(String pool, Pulling why) {
        if (why instanceof Unscheduled unscheduled) {
            return new NotYet(
                    Text.of("setup.cluster.unscheduled", pool),
                    Failure.of("setup.podUnscheduled", unscheduled.said(), label, pool)
                            .problem());
        }
        if (why instanceof Refused refused) {
            return refused.cause().is(Cause.Kind.ROLE) || refused.cause().is(Cause.Kind.IDENTITY)
                    ? new NotYet(
                            Text.of("setup.role.waiting"),
                            Failure.of("setup.clusterRefused", refused.said(), label, server, bound.toMinutes())
                                    .problem())
                    : new NotYet(
                            Text.of("setup.pull.waiting"),
                            failed(pool, refused.said()).problem());
        }
        return new NotYet(
                Text.of("setup.cluster.pulling", pool),
                Failure.of("setup.podSlow", "", label, pool).problem());
    }

    @Override
    public Text who() {
        return Text.of("setup.who.nodes", label);
    }

    @Override
    public Failure failed(String part, String said) {
        return Failure.of("setup.podPullFailed", said, label, part);
    }

    @Override
    public Failure differ(String digests) {
        return Failure.of("setup.clusterDigestsDiffer", digests, image, label);
    }
}
