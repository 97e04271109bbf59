package io.keylesspull.azure.http;

import io.keylesspull.azure.model.AzureException.Kind;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Maps Azure's error codes to kinds of {@link io.keylesspull.azure.model.AzureException}. */
final class ErrorKinds {

    private static final Map<String, Kind> BY_CODE = Map.ofEntries(
            Map.entry("skunotavailable", Kind.SIZE_NOT_AVAILABLE),
            Map.entry("allocationfailed", Kind.SIZE_NOT_AVAILABLE),
            Map.entry("zonalallocationfailed", Kind.SIZE_NOT_AVAILABLE),
            Map.entry("overconstrainedallocationrequest", Kind.SIZE_NOT_AVAILABLE),
            Map.entry("quotaexceeded", Kind.QUOTA_EXCEEDED),
            Map.entry("principalnotfound", Kind.PRINCIPAL_NOT_FOUND),
            Map.entry("requestdisallowedbypolicy", Kind.POLICY_DENIED),
            Map.entry("requestdisallowedbyazure", Kind.POLICY_DENIED),
            Map.entry("scopelocked", Kind.LOCKED),
            Map.entry("readonlydisabledsubscription", Kind.LOCKED),
            Map.entry("authorizationfailed", Kind.FORBIDDEN),
            Map.entry("linkedauthorizationfailed", Kind.FORBIDDEN),
            Map.entry("alreadyinuse", Kind.NAME_TAKEN),
            Map.entry("nametaken", Kind.NAME_TAKEN),
            Map.entry("registrynamenotavailable", Kind.NAME_TAKEN),
            Map.entry("resourcenotfound", Kind.NOT_FOUND),
            Map.entry("resourcegroupnotfound", Kind.NOT_FOUND),
            Map.entry("subscriptionnotfound", Kind.NOT_FOUND),
            Map.entry("notfound", Kind.NOT_FOUND),
            Map.entry("roleassignmentexists", Kind.CONFLICT),
            Map.entry("roleassignmentupdatenotpermitted", Kind.CONFLICT),
            Map.entry("conflict", Kind.CONFLICT),
            Map.entry("missingsubscriptionregistration", Kind.CONFLICT),
            Map.entry("toomanyrequests", Kind.THROTTLED),
            Map.entry("subscriptionrequeststhrottled", Kind.THROTTLED),
            Map.entry("expiredauthenticationtoken", Kind.NOT_SIGNED_IN),
            Map.entry("invalidauthenticationtoken", Kind.NOT_SIGNED_IN),
            Map.entry("invalidauthenticationtokentenant", Kind.NOT_SIGNED_IN),
            Map.entry("authenticationfailed", Kind.NOT_SIGNED_IN));

    /**
     * Codes with which Azure refuses for a while: the network's, that of a group that goes, and the one with which
     * Compute keeps an interface for a machine that could not be made (microsoft/AzureTRE#4474,
     * cloudfoundry/bosh-azure-cpi-release#179).
     */
    private static final Set<String> BUSY = Set.of(
            "anotheroperationinprogress",
            "nicreservedforanothervm",
            "referencedresourcenotprovisioned",
            "resourcegroupbeingdeleted",
            "retryableerror",
            "retryableerrorduetoanotheroperation",
            "canceledandsupersededduetoanotheroperation");

    private static final Set<Kind> VAGUE = Set.of(Kind.OTHER, Kind.CONFLICT, Kind.INVALID);

    private ErrorKinds() {}

    /**
     * @param code Azure's, in any case; may be empty
     * @param status the HTTP status; 0 if unknown. A failed operation is reported with 200
     * @param message used only if one code stands for several kinds
     */
    static Kind of(String code, int status, String message) {
        String words = message.toLowerCase(Locale.ROOT);
        String key = code.toLowerCase(Locale.ROOT);
        // Network names a quota in the code, as in PublicIPCountLimitReached, Compute in the message alone.
        if (key.endsWith("limitreached")) {
            return Kind.QUOTA_EXCEEDED;
        }
        if (key.equals("operationnotallowed")) {
            return words.contains("quota") || words.contains("limit")
                    ? Kind.QUOTA_EXCEEDED
                    : words.contains("marked for deletion") ? Kind.BUSY : Kind.CONFLICT;
        }
        if (isFirewall(code, status, words)) {
            return Kind.NETWORK_DENIED;
        }
        Kind known = BY_CODE.get(key);
        return known != null
                ? known
                : BUSY.contains(key) || key.endsWith("inuse") || key.endsWith("cannotbedeleted")
                        ? Kind.BUSY
                        : byStatus(status);
    }

    /** Whether a more precise kind among the inner errors should be preferred. */
    static boolean isVague(Kind kind) {
        return VAGUE.contains(kind);
    }

    /** A registry's firewall refuses with 403 and these words (Microsoft Learn, "Troubleshoot network issues"). */
    private static boolean isFirewall(String code, int status, String words) {
        return (status == 403 || code.equalsIgnoreCase("DENIED"))
                && (words.contains("is not allowed access")
                        || words.contains("aka.ms/acr/firewall")
                        || words.contains("public network access")
                        || words.contains("firewall"));
    }

    private static Kind byStatus(int status) {
        return switch (status) {
            case 400, 405, 413, 415, 422 -> Kind.INVALID;
            case 401 -> Kind.NOT_SIGNED_IN;
            case 403 -> Kind.FORBIDDEN;
            case 404, 410 -> Kind.NOT_FOUND;
            case 409, 412 -> Kind.CONFLICT;
            case 423 -> Kind.LOCKED;
            case 429 -> Kind.THROTTLED;
            case 408, 502, 503, 504 -> Kind.UNAVAILABLE;
            default -> Kind.OTHER;
        };
    }
}
