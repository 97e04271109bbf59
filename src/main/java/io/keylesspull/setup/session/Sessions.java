package io.keylesspull.setup.session;

import io.keylesspull.azure.model.DeviceCode;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.setup.request.SetupRequest;
import java.util.Optional;
import java.util.function.Consumer;

/** The two ways in. Both block. */
public interface Sessions {

    /** @param prompt gets the code to show if the method is device code */
    Session azure(SetupRequest.SignIn signIn, Consumer<DeviceCode> prompt) throws Failure, InterruptedException;

    /**
     * @param tenant the id or the domain of a directory; one that the practice cloud does not have means the user's own
     */
    Session practice(Optional<String> tenant) throws Failure, InterruptedException;

    /** Forgets who has signed in to Azure: the next sign-in asks again. @throws Failure where that cannot be deleted */
    void signOut() throws Failure;

    /** The runs that were begun so far; nobody has to be signed in to look at them. */
    Runs runs(boolean practice);
}
