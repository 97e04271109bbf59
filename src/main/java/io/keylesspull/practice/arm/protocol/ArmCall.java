package io.keylesspull.practice.arm.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.directory.Caller;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A valid request with a known caller.
 *
 * @param query by lower-case name
 * @param body an empty object if the request has none
 */
public record ArmCall(String method, RequestPath target, Map<String, String> query, ObjectNode body, Caller caller) {

    public static final String HOST = "https://management.azure.com";

    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name.toLowerCase(Locale.ROOT)));
    }

    public String apiVersion() {
        return query.getOrDefault("api-version", "");
    }

    public boolean is(String verb) {
        return method.equals(verb);
    }

    public String subscription() {
        return target.subscription().orElseThrow(() -> ArmError.notFound("The resource"));
    }

    public String group() {
        return target.group()
                .orElseThrow(() ->
                        ArmError.badRequest("MissingResourceGroup", "The request does not name a resource group."));
    }
}
