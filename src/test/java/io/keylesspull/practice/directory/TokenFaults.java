package io.keylesspull.practice.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Setting;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes the directory's tokens expire or become valid late, on demand. Safe for use by many threads. */
public final class TokenFaults implements TokenHook {

    /** Distinguishes tokens issued before an expiry from later ones, even if no time has passed between them. */
    private static final String GENERATION = "practice_generation";

    private final AtomicInteger generation = new AtomicInteger();
    private final Setting<Integer> oldestAccess = new Setting<>();
    private final Setting<Integer> oldestSignIn = new Setting<>();
    private final Setting<Duration> lifetime = new Setting<>();
    private final Setting<Duration> start = new Setting<>();

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
