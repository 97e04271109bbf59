package io.keylesspull.setup.step;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.text.Text;
import java.util.Locale;

/** Puts what Azure refused into words: one place, so that the same trouble reads the same wherever it is met. */
public final class AzureFailures {

    private AzureFailures() {}

    /** @param subject what was being looked at or made, as the reader knows it */
    public static Failure failure(Text subject, AzureException cause) {
        return new Failure(problem(subject, cause), cause);
    }

    /** @param subject what was being looked at or made, as the reader knows it */
    public static Problem problem(Text subject, AzureException cause) {
        String key = "setup.azure." + cause.kind().name().toLowerCase(Locale.ROOT);
        String code = cause.code().isEmpty() ? "" : cause.code() + ": ";
        return new Problem(
                Text.of(key + ".what", subject),
                Text.of(key + ".meaning", subject),
                Text.of(key + ".remedy", subject),
                code + cause.getMessage());
    }
}
