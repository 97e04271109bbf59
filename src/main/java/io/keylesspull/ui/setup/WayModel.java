package io.keylesspull.ui.setup;

import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.JumpHost;
import io.keylesspull.setup.request.SetupRequest.Ssh;
import java.util.List;
import java.util.Optional;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** By which way the machines are reached. */
final class WayModel {

    /** What there is to choose from. */
    enum Way {
        AUTOMATIC,
        PUBLIC,
        PRIVATE,
        JUMP_HOST,
        RUN_COMMAND
    }

    /** What the rules refuse. */
    private static final int NO_PORT = 0;

    private final ObjectProperty<Way> way = new SimpleObjectProperty<>(Way.AUTOMATIC);
    private final StringProperty port = new SimpleStringProperty(String.valueOf(Ssh.DEFAULT_PORT));
    private final StringProperty jumpHost = new SimpleStringProperty("");
    private final StringProperty jumpPort = new SimpleStringProperty(String.valueOf(Ssh.DEFAULT_PORT));
    private final StringProperty jumpUser = new SimpleStringProperty("");
    private final StringProperty jumpKey = new SimpleStringProperty("");
    private final StringProperty jumpHostKey = new SimpleStringProperty("");
    private final BooleanProperty addKey = new SimpleBooleanProperty();

    /** Whether commands go by Run Command, without SSH. */
    boolean isRunCommand() {
        return way.get() == Way.RUN_COMMAND;
    }

    /** @param existing whether it is for existing machines; the port and the tick are only theirs */
    SetupRequest.Way request(boolean existing) {
        if (isRunCommand()) {
            return new SetupRequest.RunCommand();
        }
        Optional<Ssh.Address> address = switch (way.get()) {
            case PUBLIC -> Optional.of(Ssh.Address.PUBLIC);
            case PRIVATE -> Optional.of(Ssh.Address.PRIVATE);
            case AUTOMATIC, JUMP_HOST, RUN_COMMAND -> Optional.empty();
        };
        return new Ssh(
                address,
                existing ? number(port) : Ssh.DEFAULT_PORT,
                way.get() == Way.JUMP_HOST
                        ? List.of(new JumpHost(
                                jumpHost.get().strip(),
                                number(jumpPort),
                                jumpUser.get().strip(),
                                given(jumpKey),
                                given(jumpHostKey)))
                        : List.of(),
                existing && addKey.get());
    }

    private static int number(StringProperty text) {
        String digits = text.get().strip();
        return digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : NO_PORT;
    }

    private static Optional<String> given(StringProperty text) {
        return Optional.of(text.get().strip()).filter(value -> !value.isEmpty());
    }

    Observable[] inputs() {
        return new Observable[] {way, port, jumpHost, jumpPort, jumpUser, jumpKey, jumpHostKey, addKey};
    }

    ObjectProperty<Way> wayProperty() {
        return way;
    }

    /** Whether the key is added by Run Command where SSH does not take it. */
    BooleanProperty addKeyProperty() {
        return addKey;
    }

    StringProperty portProperty() {
        return port;
    }

    StringProperty jumpHostProperty() {
        return jumpHost;
    }

    StringProperty jumpPortProperty() {
        return jumpPort;
    }

    StringProperty jumpUserProperty() {
        return jumpUser;
    }

    /** Empty for the machines' own key. */
    StringProperty jumpKeyProperty() {
        return jumpKey;
    }

    /** Empty for the one that the user's own SSH client knows. */
    StringProperty jumpHostKeyProperty() {
        return jumpHostKey;
    }
}
