package io.keylesspull.setup.session;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.setup.step.AzureFailures;
import io.keylesspull.text.Text;

/** A request to Azure; errors become problems with texts. */
@FunctionalInterface
interface Asking<T> {

    T ask() throws AzureException, InterruptedException;

    static <T> T of(Text subject, Asking<T> asking) throws Failure, InterruptedException {
        try {
            return asking.ask();
        } catch (AzureException e) {
            throw AzureFailures.failure(subject, e);
        }
    }
}
