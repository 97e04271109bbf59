package io.keylesspull.practice.arm.protocol;

/** Where a provider lets its operations be asked after; each has its own way. */
public interface OperationLinks {

    /** The address for {@code Azure-AsyncOperation}. */
    String status(ArmCall call, String operationId);

    /** The address for {@code Location}. */
    String result(ArmCall call, String operationId);

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
                return ArmCall.HOST + registryId + "/operationStatuses/registries-" + id
                        + "?api-version=" + call.apiVersion();
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

    static OperationLinks group() {
        return new OperationLinks() {
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
