package io.keylesspull.setup.step;

import io.keylesspull.engine.event.Change;
import io.keylesspull.setup.step.UndoChoice.What;
import java.util.Locale;
import java.util.Optional;

/** The kinds of change that a run makes to what existed before it. */
public enum ChangeKind {
    /** An identity on a machine: a user-assigned one by its resource id, or {@link #SYSTEM_ASSIGNED}. */
    IDENTITY,
    /** An image copied into a registry that exists: {@code loginServer/repository:tag}. */
    IMPORTED_IMAGE,
    /** What the image copied into a registry that exists was: {@code loginServer/repository:tag@digest}. */
    IMPORTED_DIGEST,
    /** A manifest that came with an image for several platforms: {@code loginServer/repository@digest}. */
    IMPORTED_PLATFORM,
    /** A resource provider that was registered in the subscription: its namespace. It stays registered. */
    PROVIDER,
    /** A machine that was started: the power state that it had. */
    STARTED,
    /** A package that apt installed on a machine. */
    PACKAGE,
    /** A systemd service that was switched on. */
    SERVICE,
    /** A group that the machine's user was added to. */
    GROUP,
    /** A file that was created on a machine. */
    FILE,
    /** An account that the machine's user signed in to Azure with. */
    SIGN_IN,
    /** A registry's login server that the machine's user signed in to with Docker. */
    REGISTRY_LOGIN,
    /** An image in a machine's image store. */
    PULLED_IMAGE,
    /** A credential helper for Docker that was installed on a machine: its path. */
    CREDENTIAL_HELPER,
    /** An entry that makes a user's Docker ask the credential helper, as {@link HelperEntry} writes it. */
    HELPER_ENTRY,
    /** A Docker configuration that was made for that: its path. */
    DOCKER_CONFIG,
    /** The folder of such a configuration, made with it: its path. */
    DOCKER_FOLDER,
    /** A file or folder that a sign-in made in a user's home: its path. */
    LOGIN_FILE,
    /** A folder that was created on a machine: its path. */
    FOLDER,
    /** A line that was added to the {@code authorized_keys} of a machine's user. */
    AUTHORIZED_KEY,
    /** The file that was made for that: its path. */
    KEY_FILE,
    /** The folder that was made for that: its path. */
    KEY_FOLDER,
    /**
     * What a script by Run Command that was stopped or lost may leave on a machine, for root alone: a folder's path.
     */
    SCRIPT_FOLDER,
    /** A script that was sent to a machine, and of which it is not known yet what it changed. */
    UNREAD_SCRIPT,
    /** A namespace in a cluster, for the time of a proof: its name. */
    CLUSTER_NAMESPACE;

    /** The subject of {@link #IDENTITY} for the system-assigned one. */
    public static final String SYSTEM_ASSIGNED = "system-assigned";

    public Change of(String subject) {
        return new Change(name().toLowerCase(Locale.ROOT), subject);
    }

    /** The question that covers such a change when the run is undone; empty if it is undone without a question. */
    public Optional<UndoChoice> choice(String machine) {
        return switch (this) {
            case PULLED_IMAGE -> Optional.of(new UndoChoice(machine, What.PULLED_IMAGES));
            case REGISTRY_LOGIN, SIGN_IN, LOGIN_FILE -> Optional.of(new UndoChoice(machine, What.SIGN_INS));
            case CREDENTIAL_HELPER, HELPER_ENTRY, DOCKER_CONFIG, DOCKER_FOLDER ->
                Optional.of(new UndoChoice(machine, What.CREDENTIAL_HELPER));
            case GROUP -> Optional.of(new UndoChoice(machine, What.GROUPS));
            case SERVICE -> Optional.of(new UndoChoice(machine, What.SERVICES));
            case PACKAGE, FILE, FOLDER -> Optional.of(new UndoChoice(machine, What.PACKAGES));
            case STARTED -> Optional.of(new UndoChoice(machine, What.POWER));
            case IDENTITY,
                    IMPORTED_IMAGE,
                    IMPORTED_DIGEST,
                    IMPORTED_PLATFORM,
                    PROVIDER,
                    AUTHORIZED_KEY,
                    KEY_FILE,
                    KEY_FOLDER,
                    SCRIPT_FOLDER,
                    UNREAD_SCRIPT,
                    CLUSTER_NAMESPACE -> Optional.empty();
        };
    }

    /** Whether a change is of this kind. */
    public boolean is(Change change) {
        return name().equalsIgnoreCase(change.kind());
    }

    /** What was changed, in short. @param change of this kind */
    public String shown(Change change) {
        return switch (this) {
            case HELPER_ENTRY -> HelperEntry.parse(change.subject()).path();
            // Its subject is what the Azure CLI calls a managed identity.
            case SIGN_IN -> "Azure CLI";
            // Shown by the file that it was created for.
            case DOCKER_FOLDER -> change.subject() + "/config.json";
            default -> change.subject();
        };
    }

    /** Empty if a later version of the program made the change. */
    public static Optional<ChangeKind> of(Change change) {
        for (ChangeKind kind : values()) {
            if (kind.is(change)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
