package io.keylesspull.setup;

import io.keylesspull.azure.DeviceCode;
import io.keylesspull.engine.Failure;
import java.util.function.Consumer;

/** The two ways in. Both block. */
public interface Sessions {

    /** @param prompt told the code to show when the method is device code */
    Session azure(SetupRequest.SignIn signIn, Consumer<DeviceCode> prompt) throws Failure, InterruptedException;

    Session practice() throws Failure, InterruptedException;

    /** The runs that were begun so far; nobody has to be signed in to look at them. */
    Runs runs(boolean practice);
}
