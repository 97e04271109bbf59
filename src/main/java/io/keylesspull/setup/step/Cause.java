package io.keylesspull.setup.step;

import io.keylesspull.remote.CommandResult;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a command on a machine failed that signs in to Azure or to a registry, or pulls from one: read from its exit
 * status and from what the Azure CLI, Docker, curl, containerd and the credential helper print in English.
 *
 * @param kind what is the matter
 * @param subject an address, a host or a command that the output names; empty if it names none
 */
public record Cause(Kind kind, String subject) {

    /** What is the matter. Only the first three can pass by themselves. */
    public enum Kind {
        /** The registry has no right for the identity, or not yet. */
        ROLE,
        /** The machine gets no token for its identity, or not yet. */
        IDENTITY,
        /** The registry throttles or is in trouble. */
        BUSY,
        /** The registry's firewall. The subject is the machine's address as the registry sees it. */
        FIREWALL,
        /** The registry's private endpoint cannot be reached. The subject is its address, if known. */
        PRIVATE_LINK,
        /** The subject is a host whose name cannot be resolved; empty for the registry. */
        NAME,
        /** The subject is what does not answer; empty for the registry. */
        NO_CONNECTION,
        CERTIFICATE,
        /** The instance metadata service cannot be reached. */
        METADATA,
        /** Docker cannot keep or read its logins. */
        DOCKER_LOGINS,
        /** Docker does not work for the one who asks it. */
        DOCKER,
        DISK_FULL,
        KILLED,
        /** The subject is the command that is missing. */
        MISSING_COMMAND,
        MISSING_IMAGE,
        /** The image is there, but not for this operating system and processor. */
        PLATFORM,
        /** The registry refuses or is not reached, and the output does not tell why. */
        UNCLEAR_REFUSAL,
        UNCLEAR_SILENCE,
        UNKNOWN
    }

    /** What to look for, the first that is found counts. A group named "subject" is the cause's subject. */
    private record Sign(Kind kind, Pattern words) {

        String subject(Matcher found) {
            String subject = words.pattern().contains("(?<subject>") ? found.group("subject") : null;
            return subject == null ? "" : subject;
        }
    }

    private static final int SIGKILL = 137;
    private static final int NOT_FOUND = 127;
    private static final String PRIVATE = "(?<subject>10(?:\\.\\d+){3}|172\\.(?:1[6-9]|2\\d|3[01])(?:\\.\\d+){2}"
            + "|192\\.168(?:\\.\\d+){2}|f[cd][0-9a-f:]+)";
    private static final String BUSY_STATUS = "(?:429|5\\d\\d)";

    private static final List<Sign> SIGNS = List.of(
            sign(Kind.MISSING_COMMAND, "(?m)^sudo: (?<subject>az|docker): "),
            sign(Kind.MISSING_COMMAND, "(?<subject>\\S+): command not found"),
            sign(Kind.KILLED, "(?m)^MemoryError\\b|\\b\\d+ Killed\\b"),
            sign(Kind.DISK_FULL, "(?i)no space left on device|\\[Errno 28\\]|disk quota exceeded"),
            sign(
                    Kind.DOCKER_LOGINS,
                    "Error saving credentials|error storing credentials|error getting credentials"
                            + "|Error loading config file"),
            // The registry's JSON may come as it is, with the quotes escaped (docker/build-push-action#1214).
            sign(
                    Kind.FIREWALL,
                    "client with IP (?:'|\\\\u0027|&#39;)?(?<subject>[0-9A-Fa-f.:]+)(?:'|\\\\u0027|&#39;)? is not"
                            + " allowed access"),
            sign(Kind.FIREWALL, "(?<subject>)aka\\.ms/acr/firewall"),
            sign(
                    Kind.METADATA,
                    "(?<subject>169\\.254\\.169\\.254)"
                            + "(?=.* (?:does not answer|Max retries exceeded(?!.*error responses)))"
                            + "|MSI endpoint is not responding"
                            + "|Failed to connect to MSI\\.[^\\n]*check the network connection"),
            sign(Kind.PRIVATE_LINK, "dial tcp \\[?" + PRIVATE + "\\]?:\\d+: "),
            sign(Kind.PRIVATE_LINK, "(?<subject>)\\.privatelink\\."),
            sign(Kind.NAME, "lookup (?<subject>\\S+?)(?: on \\S+)?: (?:no such host|server misbehaving|read udp)"),
            sign(Kind.NAME, "Could not resolve host: (?<subject>\\S+)"),
            sign(Kind.NAME, "Failed to resolve '(?<subject>[^']+)'"),
            sign(
                    Kind.NAME,
                    "(?:host='(?<subject>[^']+)'.*)?(?:Name or service not known|Temporary failure in name resolution"
                            + "|No address associated with hostname)"),
            sign(Kind.CERTIFICATE, "x509: |certificate verify failed|SSL certificate problem|CONNECTIVITY_SSL_ERROR"),
            sign(Kind.DOCKER, "DOCKER_(?:COMMAND|DAEMON)_ERROR|(?:connect|connecting) to the [Dd]ocker (?:daemon|API)"),
            sign(
                    Kind.NO_CONNECTION,
                    "dial tcp \\[?(?<subject>[0-9A-Fa-f.:]+?)\\]?:\\d+: "
                            + "(?:i/o timeout|connect: |operation was canceled)"),
            sign(Kind.NO_CONNECTION, "Failed to connect to (?<subject>\\S+) port"),
            sign(Kind.NO_CONNECTION, "HTTPS?ConnectionPool\\(host='(?<subject>[^']+)'"),
            sign(
                    Kind.NO_CONNECTION,
                    "(?<subject>)(?:TLS handshake timeout|Client\\.Timeout exceeded|context deadline exceeded"
                            + "|request canceled while waiting|[Cc]onnection timed out|[Cc]onnection reset by peer"
                            + "|NewConnectionError|ConnectTimeoutError)"),
            sign(
                    Kind.BUSY,
                    "(?i:toomanyrequests: )|received unexpected HTTP status: " + BUSY_STATUS
                            + "|unexpected status(?: code)?(?: from \\S+ request to)? \\S+: " + BUSY_STATUS
                            + "|Response code: " + BUSY_STATUS
                            + "|refuses the managed identity \\(" + BUSY_STATUS + "\\)"
                            + "|\\((?:TooManyRequests|SubscriptionRequestsThrottled|InternalServerError|BadGateway"
                            + "|ServiceUnavailable|GatewayTimeout|ServerTimeout)\\)"),
            sign(
                    Kind.UNCLEAR_REFUSAL,
                    "Looks like you don't have access to registry|Response code: 403\\b|: 403 Forbidden"
                            + "|refuses the managed identity \\(403\\)"),
            sign(
                    Kind.UNCLEAR_SILENCE,
                    "Could not connect to the registry login server|did not issue a challenge"
                            + "|the registry \\S+ does not answer"),
            // moby/moby, distribution/pull_v2.go; containerd/containerd, core/images/image.go.
            sign(
                    Kind.PLATFORM,
                    "no matching manifest for \\S+ in the manifest list entries|no match for platform in manifest"
                            + "|image operating system \"[^\"]*\" cannot be used on this platform"),
            // Instance metadata service, "Error handling": these may be asked again.
            sign(
                    Kind.IDENTITY,
                    "Identity not found|No access was configured for the (?:VM|managed identity)"
                            + "|Failed to connect to MSI\\.[\\s\\S]*(?:<Response \\[|http error: )(?:400|404|410|"
                            + BUSY_STATUS + ")"
                            + "|gives no token for the managed identity \\((?:400|404|410|" + BUSY_STATUS + ")\\)"
                            + "|too many " + BUSY_STATUS + " error responses"
                            + "|AADSTS700016|Failed to retrieve token from the Active directory"),
            sign(
                    Kind.ROLE,
                    "(?i:\\bunauthorized\\b)|authentication required|Response code: 401\\b"
                            + "|requested access to the resource is denied"
                            + "|(?:pull|push) access denied|insufficient_scope|authorization failed"
                            + "|SubscriptionNotFound|AuthorizationFailed"
                            + "|refuses the managed identity \\(401\\)"
                            // docker manifest inspect says so of a refusal too (docker/cli, registry client).
                            + "|(?m:^no such manifest: )"),
            sign(
                    Kind.MISSING_IMAGE,
                    "manifest for \\S+ not found|manifest unknown|repository \\S+ not found|name unknown"
                            + "|(?m:\": \\S+: not found$)"));

    private static Sign sign(Kind kind, String words) {
        return new Sign(kind, Pattern.compile(words));
    }

    /** @param result of a command that did not do what it should, whatever its exit status */
    public static Cause of(CommandResult result) {
        String output = result.stderr() + "\n" + result.stdout();
        if (result.exitStatus() == SIGKILL) {
            return new Cause(Kind.KILLED, "");
        }
        for (Sign sign : SIGNS) {
            Matcher found = sign.words().matcher(output);
            if (found.find()) {
                return new Cause(sign.kind(), sign.subject(found));
            }
        }
        return new Cause(result.exitStatus() == NOT_FOUND ? Kind.MISSING_COMMAND : Kind.UNKNOWN, "");
    }

    /** Whether it is of this kind. */
    public boolean is(Kind which) {
        return kind == which;
    }
}
