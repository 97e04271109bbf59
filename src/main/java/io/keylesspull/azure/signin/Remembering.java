package io.keylesspull.azure.signin;

import com.azure.identity.AuthenticationRecord;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How sign-ins are remembered.
 *
 * @param known who has signed in earlier; empty if nobody has
 * @param remember called with who has signed in now
 */
record Remembering(Optional<AuthenticationRecord> known, Consumer<AuthenticationRecord> remember) {}
