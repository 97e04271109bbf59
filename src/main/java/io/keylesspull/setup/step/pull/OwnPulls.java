package io.keylesspull.setup.step.pull;

import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.step.Cause;
import io.keylesspull.setup.step.ImageProblem;
import io.keylesspull.setup.step.pull.Pulling.Pulled;
import io.keylesspull.setup.step.pull.Pulling.Refused;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks on while the parts of a target pull the image, and takes the digest that they report for proven if it is the
 * same in all, and the registry's.
 *
 * @param image repository, and tag or digest
 */
public record OwnPulls(StepContext context, RegistryInfo registry, String image, Pullers pullers) {

    /**
     * Waits until all have pulled.
     *
     * @param told by the registry; empty if it could not be asked
     * @return the digest
     * @throws Failure if waiting does not help, or the digests differ
     */
    public String proven(Retry bound, Optional<String> told) throws Failure, InterruptedException {
        List<String> digests = context.retry(bound, () -> {
            Map<String, Pulling> all = pullers.look();
            for (Map.Entry<String, Pulling> part : all.entrySet()) {
                if (part.getValue() instanceof Refused refused) {
                    failIfItStays(part.getKey(), refused);
                }
            }
            List<String> pulled = all.values().stream()
                    .filter(Pulled.class::isInstance)
                    .map(part -> ((Pulled) part).digest())
                    .toList();
            if (all.isEmpty() || pulled.size() < all.size()) {
                throw pullers.wait(all);
            }
            return pulled.stream().distinct().toList();
        });
        String digest = digests.get(0);
        if (digests.size() > 1 || !told.orElse(digest).equals(digest)) {
            throw pullers.differ(String.join(", ", digests)
                    + told.filter(there -> digests.size() > 1 || !there.equals(digest))
                            .map(" ≠ "::concat)
                            .orElse(""));
        }
        return digest;
    }

    private void failIfItStays(String part, Refused refused) throws Failure {
        if (!pullers.passing().contains(refused.cause().kind())) {
            throw problem(refused.cause(), refused.said())
                    .map(Failure::new)
                    .orElseGet(() -> pullers.failed(part, refused.said()));
        }
    }

    private Optional<Problem> problem(Cause cause, String said) {
        String server = registry.loginServer();
        return ImageProblem.of(cause, said, image, server, pullers.who())
                .or(() -> Optional.ofNullable(
                                switch (cause.kind()) {
                                    case FIREWALL, UNCLEAR_REFUSAL ->
                                        registry.network().access() == RegistryInfo.Network.Access.NONE
                                                ? Failure.of(
                                                        "setup.ownPull.firewallClosed", said, pullers.who(), server)
                                                : Failure.of(
                                                        "setup.ownPull.firewall",
                                                        said,
                                                        pullers.who(),
                                                        server,
                                                        registry.name(),
                                                        registry.subscription());
                                    case NAME, NO_CONNECTION, PRIVATE_LINK ->
                                        Failure.of("setup.ownPull.noWay", said, pullers.who(), server);
                                    case CERTIFICATE ->
                                        Failure.of("setup.ownPull.certificate", said, pullers.who(), server);
                                    default -> null;
                                })
                        .map(Failure::problem));
    }
}
