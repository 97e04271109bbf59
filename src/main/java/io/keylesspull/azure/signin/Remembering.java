package io.keylesspull.azure.signin;

import com.azure.identity.AuthenticationRecord;
import java.util.Optional;
import java.util.function.Consumer;

/** @param known who has signed in earlier @param remember told who has signed in now */
record Remembering(Optional<AuthenticationRecord> known, Consumer<AuthenticationRecord> remember) {
}
