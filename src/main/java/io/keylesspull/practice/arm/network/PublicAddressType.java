package io.keylesspull.practice.arm.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.ResourceStore;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.Json;
import io.keylesspull.practice.arm.protocol.ResourceKind;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code Microsoft.Network/publicIPAddresses}. The Basic SKU is gone since 2025-09-30. Source: learn.microsoft.com/
 * azure/virtual-network/ip-services/public-ip-basic-upgrade-guidance.
 */
final class PublicAddressType implements ResourceType {

    private final ArmContext context;
    private final NetworkResources shared;
    private final NetworkLinks links;
    private final AddressQuota quota;

    PublicAddressType(ArmContext context, NetworkResources shared, NetworkLinks links, AddressQuota quota) {
        this.context = context;
        this.shared = shared;
        this.links = links;
        this.quota = quota;
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.PUBLIC_IP;
    }

    @Override
    public ArmReply put(ArmCall call, String id, Optional<ObjectNode> existing) {
        ObjectNode address = shared.begin(call, ResourceKind.PUBLIC_IP, id, existing);
        sku(address, call);
        if (existing.isEmpty()) {
            quota.require(call.subscription(), Json.location(address));
        }
        ObjectNode properties = Json.properties(address);
        String version =
                Json.text(call.body(), "/properties/publicIPAddressVersion").orElse("IPv4");
        if (!version.equalsIgnoreCase("IPv4")) {
            throw ArmError.badRequest(
                    "PublicIPAddressVersionNotSupported",
                    "The practice cloud has public addresses of version IPv4 only; '" + version + "' was asked for.");
        }
        properties
                .put("publicIPAddressVersion", "IPv4")
                .put("publicIPAllocationMethod", "Static")
                .put(
                        "idleTimeoutInMinutes",
                        call.body()
                                .at("/properties/idleTimeoutInMinutes")
                                .asInt(properties.path("idleTimeoutInMinutes").asInt(4)));
        properties.withArray("/ipTags");
        if (call.body().path("zones").isArray()) {
            address.set("zones", call.body().get("zones").deepCopy());
        }
        Json.text(call.body(), "/properties/deleteOption").ifPresent(value -> properties.put("deleteOption", value));
        domainName(address, call);
        if (!properties.has("ipAddress")) {
            properties.put("ipAddress", free());
        }
        return shared.written(call, address, existing.isPresent(), () -> view(address, call));
    }

    @Override
    public ArmReply delete(ArmCall call, ObjectNode existing) {
        links.userOfAddress(Json.id(existing)).ifPresent(user -> {
            throw ArmError.badRequest(
                    "PublicIPAddressCannotBeDeleted",
                    "Public IP address " + Json.id(existing)
                            + " can not be deleted since it is still allocated to resource " + Json.id(user)
                            + ". In order to delete the public IP, disassociate/detach the Public IP address from the "
                            + "resource. To learn how to do this, see aka.ms/deletepublicip.");
        });
        return shared.deleted(call, existing);
    }

    @Override
    public void drop(ObjectNode existing) {
        shared.drop(existing);
    }

    @Override
    public ObjectNode view(ObjectNode resource, ArmCall call) {
        ObjectNode shown = resource.deepCopy();
        links.withPublicAddress(Json.id(resource))
                .ifPresent(user -> Json.properties(shown).set("ipConfiguration", Json.reference(Json.id(user))));
        links.gatewayWithAddress(Json.id(resource))
                .ifPresent(gateway -> Json.properties(shown).set("natGateway", Json.reference(Json.id(gateway))));
        return shown;
    }

    private static void sku(ObjectNode address, ArmCall call) {
        String sku = Json.text(call.body(), "/sku/name")
                .or(() -> Json.text(address, "/sku/name"))
                .orElse("Basic");
        if (sku.equalsIgnoreCase("Basic")) {
            throw ArmError.badRequest(
                    "IPv4BasicSkuPublicIpCountLimitReached",
                    "Cannot create more than 0 IPv4 Basic "
                            + "SKU public IP addresses for this subscription in this region.");
        }
        if (!sku.equalsIgnoreCase("Standard")) {
            throw ArmError.badRequest(
                    "InvalidRequestFormat",
                    "The SKU '" + sku + "' of a public IP address is not one of Basic and Standard.");
        }
        if (!Json.text(call.body(), "/properties/publicIPAllocationMethod")
                .orElse("Dynamic")
                .equalsIgnoreCase("Static")) {
            throw ArmError.badRequest(
                    "StandardAndStandardV2SkuPublicIPAddressesMustBeStatic",
                    "Standard sku " + "publicIp " + Json.id(address) + " must have AllocationMethod set to Static.");
        }
        address.putObject("sku").put("name", "Standard").put("tier", "Regional");
    }

    private void domainName(ObjectNode address, ArmCall call) {
        Optional<String> label = Json.text(call.body(), "/properties/dnsSettings/domainNameLabel");
        if (label.isEmpty()) {
            return;
        }
        String host = label.get() + "." + Json.location(address) + ".cloudapp.azure.com";
        if (!label.get().matches("[a-z][-a-z0-9]{1,61}[a-z0-9]")) {
            throw ArmError.badRequest(
                    "InvalidDomainNameLabel",
                    "The domain name label " + label.get()
                            + " is invalid. It must conform to the following regular expression: "
                            + "^[a-z][a-z0-9-]{1,61}[a-z0-9]$.");
        }
        if (context.store()
                .all(ResourceKind.PUBLIC_IP)
                .anyMatch(other -> !ResourceStore.same(Json.id(other), Json.id(address))
                        && other.at("/properties/dnsSettings/fqdn").asText().equals(host))) {
            throw ArmError.badRequest(
                    "DnsRecordInUse", "DNS record " + host + " is already used by another " + "public IP.");
        }
        Json.properties(address)
                .putObject("dnsSettings")
                .put("domainNameLabel", label.get())
                .put("fqdn", host);
    }

    /** A random free address of Microsoft's. */
    private String free() {
        return Stream.generate(() -> "20." + context.guids().between(0, 256) + "."
                        + context.guids().between(0, 256)
                        + "."
                        + context.guids().between(1, 255))
                .filter(address -> context.store()
                        .all(ResourceKind.PUBLIC_IP)
                        .noneMatch(other ->
                                other.at("/properties/ipAddress").asText().equals(address)))
                .findFirst()
                .orElseThrow();
    }
}
