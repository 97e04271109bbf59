package io.keylesspull.ui.shell;

import io.keylesspull.azure.model.DeviceCode;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.Runs;
import io.keylesspull.setup.session.Session;
import io.keylesspull.setup.session.Sessions;
import java.util.Optional;
import java.util.function.Consumer;

/** Signs in at once, whatever is asked. */
class FakeSessions implements Sessions {

    private final Session session;
    private final Runs runs;

    /** @param session of Azure and of practice mode */
    FakeSessions(Session session, Runs runs) {
        this.session = session;
        this.runs = runs;
    }

    @Override
    public Session azure(SetupRequest.SignIn signIn, Consumer<DeviceCode> prompt) throws InterruptedException {
        return session;
    }

    @Override
    public Session practice(Optional<String> tenant) {
        return session;
    }

    @Override
    public void signOut() {
        // Nobody is remembered.
    }

    @Override
    public Runs runs(boolean practice) {
        return runs;
    }
}
