package io.keylesspull.real;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the kubelet makes of a pod with one container for the container runtime, but for labels, logs and mounts. There
 * are no network plugins here: the pod has the node's network. Sources: kubernetes/cri-api,
 * pkg/apis/runtime/v1/api.proto, for the numbers; kubernetes/kubernetes, pkg/kubelet/kuberuntime
 * (kuberuntime_container_linux.go, kuberuntime_sandbox.go, security_context.go), for what goes where.
 */
record PodForRuntime(JsonNode pod) {

    private static final int CONTAINERS_OWN = 1;
    private static final int NODES = 2;

    /** PodSandboxConfig. */
    Message sandbox() {
        Message metadata = new Message()
                .with(1, pod.at("/metadata/name").asText())
                .with(2, "7a1f3c52-6c0e-4d7b-9f0b-2f5f4f2f7f10")
                .with(3, pod.at("/metadata/namespace").asText());
        Message security = new Message()
                .with(1, namespaces())
                .with(3, id("runAsUser"))
                .with(8, id("runAsGroup"))
                .with(9, runtimesDefault());
        return new Message().with(1, metadata).with(8, new Message().with(2, security));
    }

    /** ContainerConfig. @param image as the runtime named it after the pull */
    Message container(String image) {
        Message config = new Message()
                .with(1, new Message().with(1, container().path("name").asText()))
                .with(2, new Message().with(1, image).with(18, image()))
                .with(15, new Message().with(1, resources()).with(2, security()));
        container().path("command").forEach(word -> config.with(3, word.asText()));
        return config;
    }

    String image() {
        return container().path("image").asText();
    }

    String command() {
        return container().path("command").path(0).asText();
    }

    private JsonNode container() {
        return pod.at("/spec/containers/0");
    }

    private Message resources() {
        long milliCpu = quantity("cpu", "m");
        return new Message()
                .with(1, 100_000)
                .with(2, milliCpu * 100)
                .with(3, milliCpu * 1024 / 1000)
                .with(4, quantity("memory", "Mi") << 20);
    }

    private long quantity(String resource, String unit) {
        String limit = container().at("/resources/limits/" + resource).asText();
        if (!limit.endsWith(unit)) {
            throw new IllegalStateException("the limit " + limit + " is not in " + unit);
        }
        return Long.parseLong(limit.substring(0, limit.length() - unit.length()));
    }

    private Message security() {
        JsonNode context = container().path("securityContext");
        Message capabilities = new Message();
        context.at("/capabilities/drop").forEach(dropped -> capabilities.with(2, dropped.asText()));
        return new Message()
                .with(1, capabilities)
                .with(3, namespaces())
                .with(5, id("runAsUser"))
                .with(12, id("runAsGroup"))
                .with(7, context.path("readOnlyRootFilesystem").asBoolean() ? 1 : 0)
                .with(11, context.path("allowPrivilegeEscalation").asBoolean(true) ? 0 : 1)
                .with(15, runtimesDefault());
    }

    private Message id(String key) {
        return new Message()
                .with(1, pod.at("/spec/securityContext").required(key).asLong());
    }

    private static Message namespaces() {
        return new Message().with(1, NODES).with(2, CONTAINERS_OWN);
    }

    private Message runtimesDefault() {
        String profile = pod.at("/spec/securityContext/seccompProfile/type").asText();
        if (!profile.equals("RuntimeDefault")) {
            throw new IllegalStateException("the profile is " + profile);
        }
        return new Message();
    }
}
