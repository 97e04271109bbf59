package io.keylesspull.setup.session;

import io.keylesspull.setup.request.KeyPath;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Machine;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Fills in what a request leaves open, so that it means the same when it is resumed later or elsewhere.
 *
 * @param home the user's home
 */
record Completion(Optional<Path> practiceKey, Optional<String> callerAddress, Path home) {

    SetupRequest of(SetupRequest request) {
        return request.withMachines(
                request.machines().stream().map(this::machine).toList());
    }

    private Machine machine(Machine machine) {
        Optional<Path> given = machine.sshKey()
                .map(written -> KeyPath.absolute(written, home))
                .filter(path -> !isOfEarlierPractice(path));
        Optional<String> key = (machine.create() ? given : given.or(() -> practiceKey)).map(Path::toString);
        Optional<String> from =
                machine.create() ? machine.allowSshFrom().or(() -> callerAddress) : machine.allowSshFrom();
        return new Machine(
                machine.name(),
                machine.create(),
                machine.image(),
                machine.size(),
                machine.adminUser(),
                key,
                from,
                machine.resourceGroup());
    }

    /** The key of a practice cloud that has ended is of no use. */
    private boolean isOfEarlierPractice(Path key) {
        return practiceKey
                .filter(current -> Objects.equals(current.toAbsolutePath().getParent(), key.getParent()))
                .isPresent();
    }
}
