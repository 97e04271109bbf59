package io.keylesspull.setup.step;

import io.keylesspull.azure.model.RegistryInfo;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.text.Text;
import java.util.Optional;

/** The words for an image of which a registry has nothing that whoever pulls it could run. */
public final class ImageProblem {

    private ImageProblem() {}

    /**
     * The problem if that is the cause of a failed pull; otherwise empty.
     *
     * @param details what was said
     * @param image repository, and tag or digest
     * @param loginServer the registry's
     * @param who pulls it, for the middle of a sentence
     */
    public static Optional<Problem> of(Cause cause, String details, String image, String loginServer, Text who) {
        return Optional.ofNullable(
                        switch (cause.kind()) {
                            case MISSING_IMAGE ->
                                Failure.of(
                                        "setup.missing.image",
                                        details,
                                        image,
                                        loginServer,
                                        RegistryInfo.nameOf(loginServer));
                            case PLATFORM -> Failure.of("setup.missing.platform", details, image, loginServer, who);
                            default -> null;
                        })
                .map(Failure::problem);
    }
}
