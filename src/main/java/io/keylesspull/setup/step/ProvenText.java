package io.keylesspull.setup.step;

import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.text.Text;
import java.util.Optional;

/** What the proof of a pull proves, for people. */
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
        return toldBy(proven, registry, Optional.of(reader).filter(ImageReader::isMachine), "setup.provenByMachine");
    }

    /**
     * @param proven whose pull it is
     * @param instead who told the registry's digest because this computer could not ask; empty if it could
     * @param words for those who told: a key with two places, for what is proven and for why
     */
    public static Text toldBy(Text proven, RegistryInfo registry, Optional<ImageReader> instead, String words) {
        Text read =
                instead.map(reader -> Text.of(words, proven, reader.reason())).orElse(proven);
        return registry.anonymousPull() ? Text.of("setup.provenAnonymous", read) : read;
    }
}
