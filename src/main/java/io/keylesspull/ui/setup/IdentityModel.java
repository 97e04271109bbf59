package io.keylesspull.ui.setup;

import io.keylesspull.azure.model.IdentityInfo;
import io.keylesspull.setup.request.RepositoryScope;
import io.keylesspull.setup.request.SetupRequest.Identity;
import io.keylesspull.setup.request.SetupRequest.Role;
import io.keylesspull.setup.session.Session;
import io.keylesspull.ui.component.LoadedList;
import io.keylesspull.ui.component.Workers;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** The identity that the machines pull with, its role, and whether later pulls keep working. */
final class IdentityModel {

    /** Where no machine is set up: clusters have their own. */
    static final Identity OF_NO_MACHINE = new Identity(Identity.Kind.SYSTEM_ASSIGNED, "", true, Optional.empty());

    private final ObjectProperty<Identity.Kind> kind = new SimpleObjectProperty<>(Identity.Kind.USER_ASSIGNED);
    private final BooleanProperty existing = new SimpleBooleanProperty();
    private final StringProperty name = new SimpleStringProperty("keyless-pull-id");
    private final ObjectProperty<IdentityInfo> identity = new SimpleObjectProperty<>();
    private final ObjectProperty<Role> role = new SimpleObjectProperty<>(Role.ACR_PULL);
    private final BooleanProperty limited = new SimpleBooleanProperty();
    private final StringProperty repositories = new SimpleStringProperty("");
    private final BooleanProperty keepSignedIn = new SimpleBooleanProperty(true);
    private final LoadedList<IdentityInfo> identities;
    private @Nullable Session session;
    private @Nullable String subscription;

    IdentityModel(Workers workers) {
        identities = new LoadedList<>(workers);
        identities.onFirst(found -> {
            if (identity.get() == null) {
                identity.set(found);
            }
        });
    }

    /** Loads the choices for a subscription. Keeps what was entered. */
    void open(Session session, String subscription) {
        if (this.session == session && Objects.equals(this.subscription, subscription)) {
            identities.resume();
            return;
        }
        this.session = session;
        this.subscription = subscription;
        identity.set(null);
        identities.start(session.identities(subscription));
    }

    Identity request() {
        if (kind.get() == Identity.Kind.SYSTEM_ASSIGNED) {
            return new Identity(Identity.Kind.SYSTEM_ASSIGNED, "", true, Optional.empty());
        }
        if (existing.get()) {
            IdentityInfo found = identity.get();
            return new Identity(
                    Identity.Kind.USER_ASSIGNED,
                    found == null ? "" : found.name(),
                    false,
                    Optional.ofNullable(found).map(IdentityInfo::resourceGroup));
        }
        return new Identity(Identity.Kind.USER_ASSIGNED, name.get(), true, Optional.empty());
    }

    /** Where the role counts, if the registry can limit it. */
    RepositoryScope repositoryScope() {
        return limited.get()
                ? new RepositoryScope(Stream.of(repositories.get().split("[\\s,、，]+"))
                        .filter(each -> !each.isEmpty())
                        .toList())
                : RepositoryScope.ALL;
    }

    /** Adds a repository to those that were entered. */
    void addRepository(String name) {
        if (!repositoryScope().patterns().contains(name)) {
            repositories.set(
                    repositories.get().isBlank() ? name : repositories.get().strip() + ", " + name);
        }
    }

    /** What the request depends on. */
    Observable[] inputs() {
        return new Observable[] {kind, existing, name, identity, role, limited, repositories, keepSignedIn};
    }

    ObjectProperty<Identity.Kind> kindProperty() {
        return kind;
    }

    BooleanProperty existingProperty() {
        return existing;
    }

    StringProperty nameProperty() {
        return name;
    }

    ObjectProperty<IdentityInfo> identityProperty() {
        return identity;
    }

    ObjectProperty<Role> roleProperty() {
        return role;
    }

    /** Whether the role is limited to {@link #repositoriesProperty}. */
    BooleanProperty limitedProperty() {
        return limited;
    }

    /** Separated by commas or blanks. */
    StringProperty repositoriesProperty() {
        return repositories;
    }

    BooleanProperty keepSignedInProperty() {
        return keepSignedIn;
    }

    LoadedList<IdentityInfo> identities() {
        return identities;
    }
}
