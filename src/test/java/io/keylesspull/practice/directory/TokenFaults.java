package io.keylesspull.practice.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.fault.Setting;
import io.keylesspull.practice.wire.Parameters;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Makes the directory refuse sign-ins, and its tokens expire or become valid late, on demand. Safe for use by many
 * threads.
 */
public final class TokenFaults implements TokenHook {

    /** Distinguishes tokens issued before an expiry from later ones, even if no time has passed between them. */
    private static final String GENERATION = "practice_generation";

    private final AtomicInteger generation = new AtomicInteger();
    private final Setting<Integer> oldestAccess = new Setting<>();
    private final Setting<Integer> oldestSignIn = new Setting<>();
    private final Setting<Duration> lifetime = new Setting<>();
    private final Setting<Duration> start = new Setting<>();
    private final List<Refused> refused = new CopyOnWriteArrayList<>();
    private final List<X509Certificate> certificates = new CopyOnWriteArrayList<>();

    private record Refused(String kind, Predicate<Parameters> which, Fault fault, Refusal how) {}

    /** Registers a certificate for the practice app. */
    public void register(X509Certificate certificate) {
        certificates.add(certificate);
    }

    /** Refuses sign-ins. @param kind as for {@link TokenHook#refuses} */
    public Fault refuse(String kind, Occasions when, Refusal how) {
        return refuse(kind, sent -> true, when, how);
    }

    /** As above. @param which chosen by what the client sends */
    public Fault refuse(String kind, Predicate<Parameters> which, Occasions when, Refusal how) {
        Fault fault = Fault.of(when, ended -> refused.removeIf(one -> one.fault() == ended));
        refused.add(new Refused(kind, which, fault, how));
        return fault;
    }

    /** Makes all access tokens issued so far expire. New ones are issued. The fault counts refused tokens. */
    public Fault expireAccessTokens() {
        return oldestAccess.set(generation.incrementAndGet());
    }

    /** Makes all refresh tokens issued so far expire, so that people must sign in again. The fault counts refusals. */
    public Fault expireSignIns() {
        return oldestSignIn.set(generation.incrementAndGet());
    }

    /** Sets how long access tokens for people and applications are valid that are issued from now on. */
    public Fault accessTokensLast(Duration duration) {
        return lifetime.set(duration);
    }

    /** Makes access tokens issued from now on valid only later ({@code nbf}), as if the directory's clock were fast. */
    public Fault accessTokensValidAfter(Duration duration) {
        return start.set(duration);
    }

    @Override
    public Optional<Refusal> refuses(String kind, Parameters sent) {
        return refused.stream()
                .filter(one -> one.kind().equals(kind) && one.which().test(sent))
                .filter(one -> one.fault().strikes())
                .map(Refused::how)
                .findFirst();
    }

    @Override
    public List<X509Certificate> certificates() {
        return certificates;
    }

    @Override
    public void mark(ObjectNode claims) {
        claims.put(GENERATION, generation.get());
    }

    @Override
    public boolean accepts(JsonNode accessClaims) {
        return accepts(oldestAccess, accessClaims);
    }

    @Override
    public boolean acceptsSignIn(JsonNode refreshClaims) {
        return accepts(oldestSignIn, refreshClaims);
    }

    private static boolean accepts(Setting<Integer> oldest, JsonNode claims) {
        boolean accepts = claims.path(GENERATION).asInt() >= oldest.get().orElse(0);
        if (!accepts) {
            oldest.struck();
        }
        return accepts;
    }

    @Override
    public Duration lifetime(Duration usual) {
        lifetime.struck();
        return lifetime.get().orElse(usual);
    }

    @Override
    public Duration start() {
        start.struck();
        return start.get().orElse(Duration.ZERO);
    }
}
