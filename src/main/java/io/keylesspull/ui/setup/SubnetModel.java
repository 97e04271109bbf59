package io.keylesspull.ui.setup;

import io.keylesspull.azure.model.Location;
import io.keylesspull.azure.model.NetworkInfo.Subnet;
import io.keylesspull.setup.session.Session;
import io.keylesspull.ui.component.BackgroundTask.State;
import io.keylesspull.ui.component.LoadedList;
import io.keylesspull.ui.component.Workers;
import java.util.List;
import java.util.Objects;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** In which subnet new machines lie: one of the subscription's, at their location, or any by its resource id. */
final class SubnetModel {

    /** Whose subnets are listed. */
    private record Source(Session session, String subscription, String location) {}

    private final BooleanProperty typed = new SimpleBooleanProperty();
    private final StringProperty id = new SimpleStringProperty("");
    private final ObjectProperty<Subnet> choice = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<Location> location = new ReadOnlyObjectWrapper<>();
    private final LoadedList<Subnet> subnets;
    private @Nullable Source source;
    private @Nullable Source listed;
    private boolean wanted;

    SubnetModel(Workers workers) {
        subnets = new LoadedList<>(workers);
    }

    /** Whose subnets there are to choose from. A choice from others is forgotten. */
    void open(Session session, String subscription, Location at) {
        Source now = new Source(session, subscription, at.name());
        if (!now.equals(source)) {
            source = now;
            choice.set(null);
        }
        location.set(at);
        load();
    }

    /** Loads the list if it is needed: a new machine may as well get a network of its own. */
    void want(boolean needed) {
        wanted = needed;
        load();
    }

    private void load() {
        if (!wanted || source == null) {
            return;
        }
        if (Objects.equals(source, listed)) {
            subnets.resume();
            return;
        }
        listed = source;
        subnets.start(source.session().subnets(source.subscription(), source.location()));
    }

    /** Nobody looks at the list for now. */
    void leave() {
        subnets.pause();
    }

    /** The resource id; empty if nothing is chosen. */
    String request() {
        if (typed.get()) {
            return id.get().strip();
        }
        return choice.get() == null ? "" : choice.get().id();
    }

    /** Whether there is nothing to choose from. */
    boolean isEmpty() {
        return subnets.state() instanceof State.Done<List<Subnet>> done
                && done.value().isEmpty();
    }

    /** Whether one has to be chosen yet from the list that has come. */
    boolean isMissing() {
        return choice.get() == null && !subnets.items().isEmpty();
    }

    Observable[] inputs() {
        return new Observable[] {typed, id, choice, subnets.stateProperty(), subnets.items()};
    }

    /** Whether the id is given instead of a choice from the list. */
    BooleanProperty typedProperty() {
        return typed;
    }

    StringProperty idProperty() {
        return id;
    }

    ObjectProperty<Subnet> choiceProperty() {
        return choice;
    }

    /** Where the machines are, and so the subnets that are listed. */
    ReadOnlyObjectProperty<Location> locationProperty() {
        return location.getReadOnlyProperty();
    }

    LoadedList<Subnet> subnets() {
        return subnets;
    }
}
