package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.AzureException.Kind;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Resources;
import io.keylesspull.engine.plan.Retry;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.text.Text;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides whether an error of Azure passes by itself, or lasts until somebody changes something. */
final class PassingRefusal {

    /** An interface is kept for three minutes; other operations of the network have been seen to take several. */
    static final Retry UNTIL_FREE = new Retry(
            Duration.ofMinutes(10),
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofSeconds(20)));

    private static final Pattern ID = Pattern.compile("/subscriptions/[-\\w./()]+", Pattern.CASE_INSENSITIVE);

    private final StepContext context;
    private final AzureSubscription azure;

    /** @param azure marks what it makes for the run */
    PassingRefusal(StepContext context, AzureSubscription azure) {
        this.context = context;
        this.azure = azure;
    }

    /** Why a retry helps; empty if it does not. */
    Optional<Text> reason(AzureException refusal) throws InterruptedException {
        String code = refusal.code().toLowerCase(Locale.ROOT);
        boolean inUse = code.endsWith("inuse") || code.endsWith("cannotbedeleted");
        if (refusal.kind() != Kind.BUSY || inUse && isUsedByWhatStays(refusal)) {
            return Optional.empty();
        }
        return Optional.of(Text.of(
                code.equals("nicreservedforanothervm")
                        ? "setup.waiting.reserved"
                        : inUse ? "setup.waiting.inUse" : "setup.waiting.busy"));
    }

    /** What uses it is named in Azure's message, beside what is used. */
    private boolean isUsedByWhatStays(AzureException refusal) throws InterruptedException {
        for (String named : ID.matcher(refusal.getMessage())
                .results()
                .map(found -> found.group())
                .toList()) {
            String id = Resources.whole(named.replaceAll("[./]+$", ""));
            if (Resources.canBeFound(id) && !Resources.isGroup(id) && stays(id)) {
                return true;
            }
        }
        return false;
    }

    private boolean stays(String id) throws InterruptedException {
        if (context.state().resource(id).isPresent()) {
            return false;
        }
        try {
            // Even if it has the run's mark: what the journal does not name is not deleted.
            return azure.resources().find(id).isPresent();
        } catch (AzureException unreadable) {
            // Nothing is known of it: it may go.
            return false;
        }
    }
}
