package io.keylesspull.practice.arm.protocol;

/** Where clients poll a provider's operations; each provider has its own addresses. */
public interface OperationLinks {

    /** The address for {@code Azure-AsyncOperation}. */
    String status(ArmCall call, String operationId);

    /** The address for {@code Location}. */
    String result(ArmCall call, String operationId);

    /** Whether the answers to a POST or DELETE say when to ask again. */
    default boolean saysWhen() {
        return true;
    }

    /** Whether the answer to a POST or DELETE names both addresses, or {@code Location} alone. */
    default boolean hasStatus() {
        return true;
    }

    static OperationLinks compute(String location) {
        return new OperationLinks() {
            @Override
            public String status(ArmCall call, String id) {
                return at(call, "Microsoft.Compute", location, "operations/" + id + "?p=" + id + "&");
            }

            @Override
            public String result(ArmCall call, String id) {
                return at(call, "Microsoft.Compute", location, "operations/" + id + "?p=" + id + "&monitor=true&");
            }
        };
    }

    static OperationLinks network(String location) {
        return new OperationLinks() {
            @Override
            public String status(ArmCall call, String id) {
                return at(call, "Microsoft.Network", location, "operations/" + id + "?");
            }

            @Override
            public String result(ArmCall call, String id) {
                return at(call, "Microsoft.Network", location, "operationResults/" + id + "?");
            }
        };
    }

    static OperationLinks registry(String registryId, String location) {
        return new OperationLinks() {
            @Override
            public String status(ArmCall call, String id) {
                return ArmCall.HOST + registryId + "/operationStatuses/registries-" + id + "?api-version="
                        + call.apiVersion();
            }

            @Override
            public String result(ArmCall call, String id) {
                return at(call, "Microsoft.ContainerRegistry", location, "operationResults/registries-" + id + "?");
            }

            @Override
            public boolean hasStatus() {
                return false;
            }
        };
    }

    /** The deletion of a registry, which does not say when to ask again. */
    static OperationLinks registryDeletion(String registryId, String location) {
        OperationLinks links = registry(registryId, location);
        return new OperationLinks() {
            @Override
            public String status(ArmCall call, String id) {
                return links.status(call, id);
            }

            @Override
            public String result(ArmCall call, String id) {
                return links.result(call, id);
            }

            @Override
            public boolean saysWhen() {
                return false;
            }

            @Override
            public boolean hasStatus() {
                return false;
            }
        };
    }

    static OperationLinks group() {
        return new OperationLinks() {
            @Override
            public boolean saysWhen() {
                return false;
            }

            @Override
            public String status(ArmCall call, String id) {
                return result(call, id);
            }

            @Override
            public String result(ArmCall call, String id) {
                return ArmCall.HOST + "/subscriptions/" + call.subscription() + "/operationresults/" + id
                        + "?api-version=" + call.apiVersion();
            }

            @Override
            public boolean hasStatus() {
                return false;
            }
        };
    }

    private static String at(ArmCall call, String namespace, String location, String rest) {
        return ArmCall.HOST + "/subscriptions/" + call.subscription() + "/providers/" + namespace + "/locations/"
                + location + "/" + rest + "api-version=" + call.apiVersion();
    }
}
