package io.keylesspull.practice.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * Azure Policy's "Kubernetes cluster containers should only use allowed images", with the effect {@code deny}, as
 * Gatekeeper enforces it. Source: learn.microsoft.com/azure/aks/use-azure-policy, and the policy's own template.
 *
 * @param allowed the beginning that the names of all images must have
 */
public record ImagePolicy(String allowed) {

    private static final String CONSTRAINT = "azurepolicy-k8sazurev2containerallowedimag-6c4f0d7a4b1c2e3f9d80";
    /** Namespaces that it leaves out unless it is told otherwise. */
    private static final List<String> EXCLUDED = List.of("kube-system", "gatekeeper-system", "azure-arc");

    /** The admission webhook's words. @return empty if the pod is admitted */
    Optional<String> denial(JsonNode pod) {
        String image = pod.at("/spec/containers/0/image").asText();
        if (image.startsWith(allowed)
                || EXCLUDED.contains(pod.at("/metadata/namespace").asText())) {
            return Optional.empty();
        }
        return Optional.of("admission webhook \"validation.gatekeeper.sh\" denied the request: [" + CONSTRAINT
                + "] Container image " + image + " for container "
                + pod.at("/spec/containers/0/name").asText() + " has not been allowed.");
    }
}
