package io.keylesspull.practice;

import java.util.random.RandomGenerator;

/** Makes any generator safe for use by many threads. */
final class SharedRandom implements RandomGenerator {

    private final RandomGenerator random;

    SharedRandom(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public synchronized long nextLong() {
        return random.nextLong();
    }
}
