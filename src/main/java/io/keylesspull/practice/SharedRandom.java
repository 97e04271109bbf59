package io.keylesspull.practice;

import java.util.random.RandomGenerator;

/** Lets many threads draw from one generator, whatever it is. */
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
