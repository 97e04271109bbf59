package io.keylesspull.setup.fleet;

import java.time.Duration;

/**
 * How many pulls a registry answers to one identity, and over how long many first pulls are spread for that.
 *
 * <p>Source: learn.microsoft.com/azure/container-registry/container-registry-skus, "Registry throughput and
 * throttling": 5,000 requests a minute to one identity in the tiers Basic and Standard, 10,000 in Premium.
 */
public final class RegistryLimits {

    private static final int REQUESTS_A_MINUTE = 5_000;
    private static final int REQUESTS_A_MINUTE_IN_PREMIUM = 10_000;

    /**
     * What a pull through Docker asks the registry for, with ten layers: the challenge, the token, the index, the
     * manifest, the configuration, and each layer. The layers themselves come from Azure's storage. Images differ: this
     * is an estimate.
     */
    private static final int REQUESTS_A_PULL = 13;

    private RegistryLimits() {}

    /**
     * Over how long the first pulls are spread, so that the registry throttles none of them.
     *
     * @param pulls with the same identity, at least 1
     * @param sku the registry's tier, in any case
     * @return in whole seconds; zero for one pull
     */
    public static Duration spread(int pulls, String sku) {
        long requests = (long) (pulls - 1) * REQUESTS_A_PULL;
        long aMinute = sku.equalsIgnoreCase("Premium") ? REQUESTS_A_MINUTE_IN_PREMIUM : REQUESTS_A_MINUTE;
        return Duration.ofSeconds((requests * 60 + aMinute - 1) / aMinute);
    }

    /**
     * How long the first pulls take at least because they are spread so, for people.
     *
     * @return in whole minutes; 0 if that is half a minute or less
     */
    public static long leastMinutes(int pulls, String sku) {
        Duration spread = spread(pulls, sku);
        return spread.toSeconds() <= 30 ? 0 : spread.plusSeconds(59).toMinutes();
    }
}
