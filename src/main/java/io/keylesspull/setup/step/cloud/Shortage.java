package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.resource.Regions.Quota;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** A quota that is too small for what a run will make. */
final class Shortage {

    private Shortage() {}

    /**
     * @param key of the messages
     * @param wanted how much more of a quota the run needs
     * @return of the first quota that is too small; its details name all of them
     */
    static Optional<Problem> find(String key, String location, List<Quota> quotas, ToLongFunction<Quota> wanted) {
        List<Quota> tooSmall = new ArrayList<>();
        List<String> details = new ArrayList<>();
        for (Quota quota : quotas) {
            long more = wanted.applyAsLong(quota);
            if (more > 0 && quota.used() + more > quota.limit()) {
                tooSmall.add(quota);
                details.add("%s: %d + %d > %d".formatted(quota.label(), quota.used(), more, quota.limit()));
            }
        }
        return tooSmall.stream().findFirst().map(quota -> {
            long more = wanted.applyAsLong(quota);
            return Failure.of(
                            key,
                            String.join("\n", details),
                            quota.label(),
                            location,
                            String.valueOf(quota.limit()),
                            String.valueOf(quota.used()),
                            String.valueOf(more),
                            String.valueOf(quota.used() + more))
                    .problem();
        });
    }
}
