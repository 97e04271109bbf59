package io.keylesspull.practice.arm.compute;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.arm.core.ArmContext;
import io.keylesspull.practice.arm.core.ResourceProvider;
import io.keylesspull.practice.arm.core.ResourceType;
import io.keylesspull.practice.arm.protocol.ArmCall;
import io.keylesspull.practice.arm.protocol.ArmError;
import io.keylesspull.practice.arm.protocol.ArmReply;
import io.keylesspull.practice.arm.protocol.CallResult;
import io.keylesspull.practice.arm.protocol.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * {@code Microsoft.MarketplaceOrdering}: whether a subscription has accepted the terms of an image's plan. Source:
 * learn.microsoft.com/rest/api/marketplaceordering.
 */
final class MarketplaceProvider implements ResourceProvider {

    private static final String AGREEMENT =
            "(?i)offerTypes/virtualmachine/publishers/[^/]+/offers/[^/]+/plans/[^/]+/agreements/current";
    private static final String RIGHT = "Microsoft.MarketplaceOrdering/offerTypes/publishers/offers/plans/agreements/";

    private final ArmContext context;
    private final Set<String> accepted = new HashSet<>();

    MarketplaceProvider(ArmContext context) {
        this.context = context;
    }

    @Override
    public String namespace() {
        return "Microsoft.MarketplaceOrdering";
    }

    @Override
    public List<ResourceType> types() {
        return List.of();
    }

    @Override
    public CallResult other(ArmCall call) {
        if (!String.join("/", call.target().tail()).matches(AGREEMENT)) {
            throw ArmError.notFound("'" + call.target().path() + "'");
        }
        String publisher = call.target().part(3);
        String product = call.target().part(5);
        String plan = call.target().part(7);
        String key = key(call.subscription(), publisher, product, plan);
        boolean write = call.is("PUT");
        if (!write && !call.is("GET")) {
            throw ArmError.methodNotAllowed(call.method());
        }
        context.access()
                .require(call.caller(), RIGHT + (write ? "write" : "read"), "/subscriptions/" + call.subscription());
        if (write && call.body().at("/properties/accepted").asBoolean()) {
            accepted.add(key);
        }
        ObjectNode terms = Json.object()
                .put("id", call.target().path())
                .put("name", plan)
                .put("type", "Microsoft.MarketplaceOrdering/offertypes");
        terms.putObject("properties")
                .put("publisher", publisher)
                .put("product", product)
                .put("plan", plan)
                .put("accepted", accepted.contains(key));
        return ArmReply.ok(terms);
    }

    /** Refuses an image whose plan the request does not name, or whose terms nobody has accepted. */
    void requireTerms(ArmCall call, PlatformImages.Image image) {
        if (!image.hasPlan()) {
            return;
        }
        if (!Json.text(call.body(), "/plan/name")
                .filter(image.sku()::equalsIgnoreCase)
                .isPresent()) {
            throw ArmError.badRequest(
                    "VMMarketplaceInvalidInput",
                    "Creating a virtual machine from Marketplace image or a custom image sourced from a Marketplace "
                            + "image requires Plan information in the request. VM: '"
                            + call.target().path() + "'.");
        }
        if (!accepted.contains(key(call.subscription(), image.publisher(), image.offer(), image.sku()))) {
            throw ArmError.badRequest(
                    "MarketplacePurchaseEligibilityFailed",
                    "Marketplace purchase eligibility check returned errors. Offer with PublisherId: '"
                            + image.publisher() + "', OfferId: '" + image.offer() + "' and PlanId: '" + image.sku()
                            + "': the legal terms have not been accepted on this subscription.");
        }
    }

    private static String key(String... parts) {
        return String.join("/", parts).toLowerCase(Locale.ROOT);
    }
}
