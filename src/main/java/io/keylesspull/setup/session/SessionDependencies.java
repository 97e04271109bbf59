package io.keylesspull.setup.session;

import io.keylesspull.engine.run.Runner;
import io.keylesspull.remote.SshRoute;
import io.keylesspull.remote.key.PrivateKeys;
import io.keylesspull.setup.cost.PriceMemory;
import io.keylesspull.setup.plan.Durations;
import io.keylesspull.text.Texts;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executor;

/**
 * What a session works with besides Azure itself: all that differs between practice and the real thing.
 *
 * @param workers for what is looked at before a run; each look blocks a thread
 * @param random chooses which instances of a large scale set are asked
 * @param privateKeys reads the SSH keys that the user names
 * @param texts the language of the runs' logs
 * @param practiceKey a key that opens the machines there from the start; empty: this is real Azure
 * @param callerAddress the caller's public address as CIDR; empty if it is not known
 * @param durations how long steps take there, as long as no run has shown it
 * @param prices those that the price list gave earlier
 * @param home the user's home, which {@code ~} in a path means
 * @param knownHosts the {@code known_hosts} file of the user's SSH client, which is only read
 */
public record SessionDependencies(
        SshRoute route,
        PrivateKeys privateKeys,
        Runner runner,
        Executor workers,
        Random random,
        RunFolders folders,
        Texts texts,
        Optional<Path> practiceKey,
        Optional<String> callerAddress,
        Durations durations,
        PriceMemory prices,
        Path home,
        Path knownHosts) {}
