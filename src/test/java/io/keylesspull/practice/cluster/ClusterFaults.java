package io.keylesspull.practice.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Setting;
import java.util.Optional;

/** Installs in all clusters what makes work there fail, on demand. Safe for use by many threads. */
public final class ClusterFaults implements ClusterHook {

    private final Setting<String> label = new Setting<>();
    private final Setting<String> finalizer = new Setting<>();

    /**
     * Gatekeeper admits only pods with a label. Its words are those of its library:
     * open-policy-agent/gatekeeper-library, src/general/requiredlabels/src.rego.
     */
    public Fault requireLabel(String key) {
        return label.set(key);
    }

    /**
     * All namespaces have a finalizer that nobody removes, as Rancher leaves them behind
     * ("controller.cattle.io/namespace-auth").
     */
    public Fault keepNamespaces(String by) {
        return finalizer.set(by);
    }

    @Override
    public Optional<String> denial(JsonNode pod) {
        return label.get()
                .filter(required -> !pod.at("/metadata/labels").has(required))
                .map(required -> {
                    label.struck();
                    return "admission webhook \"validation.gatekeeper.sh\" denied the request: [all-must-have-owner] "
                            + "you must provide labels: {\"" + required + "\"}";
                });
    }

    @Override
    public Optional<String> finalizer() {
        finalizer.struck();
        return finalizer.get();
    }
}
