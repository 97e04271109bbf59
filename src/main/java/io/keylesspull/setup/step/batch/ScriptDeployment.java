package io.keylesspull.setup.step.batch;

import io.keylesspull.azure.deployment.DeploymentInfo;
import io.keylesspull.azure.deployment.DeploymentOperation;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.resource.ManagedRunCommands;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.setup.fleet.ControlPlaneLimits;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.setup.step.batch.RunCommandTemplate.Job;
import io.keylesspull.text.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The scripts of one deployment, and how far each is. Those who wait look after the deployment in turns, each until its
 * own script is through: whoever has a quick one does not wait for the slow ones. For use by many threads.
 */
final class ScriptDeployment {

    private final String group;
    private final String name;
    private final List<Job> jobs = new ArrayList<>();
    private final Map<String, Result> through = new HashMap<>();
    private int bytes;
    private int looks;
    private boolean watched = true;
    private boolean cancelled;
    private Instant begunAt = Instant.MAX;
    private @Nullable Exception broken;

    /** Watched by whoever makes it. */
    ScriptDeployment(String group, String name) {
        this.group = group;
        this.name = name;
    }

    /**
     * What Azure has done with a script.
     *
     * @param succeeded whether it has handed it out, and seen its end
     * @param refused why it could not; if that is empty, too, it is not known whether it has handed it out
     */
    record Result(boolean succeeded, Optional<Failure> refused) {}

    String group() {
        return group;
    }

    String name() {
        return name;
    }

    synchronized boolean takes(Job job) {
        int most = Math.max(bytes, job.bytes());
        return jobs.size() < ControlPlaneLimits.resourcesOfATemplate(most);
    }

    synchronized void add(Job job) {
        bytes = Math.max(bytes, job.bytes());
        jobs.add(job);
    }

    synchronized List<Job> jobs() {
        return List.copyOf(jobs);
    }

    synchronized void begin(Instant now) {
        begunAt = now;
    }

    synchronized Instant begunAt() {
        return begunAt;
    }

    /** @return whether it is to be cancelled, by whoever asks first */
    synchronized boolean cancel() {
        boolean first = begunAt.isBefore(Instant.MAX) && !cancelled;
        cancelled = true;
        return first;
    }

    /** @return how often it has been looked at, with this time */
    synchronized int look() {
        return ++looks;
    }

    /**
     * Waits until a script is through, or nobody looks after the deployment.
     *
     * @return whether whoever asks has to look after it now, and to {@link #leave} it then
     * @throws Failure if the deployment could not be begun or watched
     */
    synchronized boolean isToWatch(Job job) throws Failure, InterruptedException {
        while (true) {
            if (through.containsKey(key(job))) {
                return false;
            }
            if (broken instanceof Failure failure) {
                throw new Failure(failure.problem(), failure);
            }
            if (broken != null) {
                throw new IllegalStateException(broken);
            }
            if (!watched) {
                watched = true;
                return true;
            }
            wait();
        }
    }

    synchronized void leave() {
        watched = false;
        notifyAll();
    }

    synchronized void fail(Exception why) {
        broken = why;
    }

    /** Of a script that is through. */
    synchronized Result result(Job job) {
        return Objects.requireNonNull(through.get(key(job)));
    }

    synchronized int through() {
        return through.size();
    }

    synchronized boolean isThrough() {
        return through.size() == jobs.size();
    }

    /** Notes how far the deployment of one script is. */
    synchronized void saw(DeploymentOperation operation) {
        String resource = operation.resource().toLowerCase(Locale.ROOT);
        jobs.stream().filter(job -> key(job).equals(resource)).findFirst().ifPresent(job -> {
            switch (operation.state()) {
                case SUCCEEDED -> through.put(resource, new Result(true, Optional.empty()));
                case FAILED ->
                    through.put(resource, new Result(false, operation.error().map(why -> refused(job, why))));
                case RUNNING, CANCELED -> {}
            }
        });
    }

    /** Notes the end of the whole. Scripts that were handed out may go on. */
    synchronized void end(DeploymentInfo.State how) {
        jobs.forEach(job ->
                through.putIfAbsent(key(job), new Result(how == DeploymentInfo.State.SUCCEEDED, Optional.empty())));
        notifyAll();
    }

    private static Failure refused(Job job, AzureException why) {
        return AzureFailures.failure(Text.of("setup.subject.machine", job.label()), why);
    }

    private static String key(Job job) {
        return ManagedRunCommands.id(job.machine(), job.name()).toLowerCase(Locale.ROOT);
    }
}
