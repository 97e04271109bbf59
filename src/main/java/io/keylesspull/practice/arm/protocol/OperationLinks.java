package io.keylesspull.practice.arm.protocol;

/** Where a provider lets its operations be asked after; each has its own way. */
public interface OperationLinks {

    /** The address for {@code Azure-AsyncOperation}. */
    String status(Call call, String operationId);

    /** The address for {@code Location}. */
    String result(Call call, String operationId);

    /** Whether the answer to a POST or DELETE names both addresses, or {@code Location} alone. */
    default boolean hasStatus() {
        return true;
    }

    static OperationLinks compute(String location) {
        return new OperationLinks() {
            @Override
            public String status(Call call, String id) {
                return at(call, "Microsoft.Compute", location, "operations/" + id + "?p=" + id + "&");
            }

            @Override
            public String result(Call call, String id) {
                return at(call, "Microsoft.Compute", location, "operations/" + id + "?p=" + id + "&monitor=true&");
            }
        };
    }

    static OperationLinks network(String location) {
        return new OperationLinks() {
            @Override
            public String status(Call call, String id) {
                return at(call, "Microsoft.Network", location, "operations/" + id + "?");
            }

            @Override
            public String result(Call call, String id) {
                return at(call, "Microsoft.Network", location, "operationResults/" + id + "?");
            }
        };
    }

    static OperationLinks registry(String registryId, String location) {
        return new OperationLinks() {
            @Override
            public String status(Call call, String id) {
                return Call.HOST + registryId + "/operationStatuses/registries-" + id
                        + "?api-version=" + call.apiVersion();
            }

            @Override
            public String result(Call call, String id) {
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
            public String status(Call call, String id) {
                return result(call, id);
            }

            @Override
            public String result(Call call, String id) {
                return Call.HOST + "/subscriptions/" + call.subscription() + "/operationresults/" + id
                        + "?api-version=" + call.apiVersion();
            }

            @Override
            public boolean hasStatus() {
                return false;
            }
        };
    }

    private static String at(Call call, String namespace, String location, String rest) {
        return Call.HOST + "/subscriptions/" + call.subscription() + "/providers/" + namespace + "/locations/"
                + location + "/" + rest + "api-version=" + call.apiVersion();
    }
}
