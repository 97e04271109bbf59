package io.keylesspull.setup.step;

import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.text.Text;

/** What the proof of a machine's pull proves, for people. */
public final class ProvenText {

    private ProvenText() {}

    /**
     * Nothing but the identity can have let the machine in, unless the registry lets everybody.
     *
     * @param digest that the machine and the registry agree on
     * @param reader who asked the registry
     */
    public static Text of(
            SetupRequest request, String digest, String principalId, RegistryInfo registry, ImageReader reader) {
        Text proven = Text.of(
                "setup.proven." + request.identity().kind().name(),
                digest,
                request.identity().name(),
                principalId);
        Text read = reader.isMachine() ? Text.of("setup.provenByMachine", proven, reader.reason()) : proven;
        return registry.anonymousPull() ? Text.of("setup.provenAnonymous", read) : read;
    }
}
