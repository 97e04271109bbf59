package io.keylesspull.practice.registry;

import io.keylesspull.practice.registry.ImageStore.PermissionMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** One registry: its rules and its repositories. */
final class Registry {

    private final String resourceId;
    private final String loginServer;
    private final PermissionMode mode;
    private final boolean anonymous;
    private volatile boolean anonymousPull;
    private final Optional<TokenServer> tokenServer;
    private final ConcurrentSkipListMap<String, Repository> repositories = new ConcurrentSkipListMap<>();
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

    private Registry(
            String resourceId,
            String loginServer,
            PermissionMode mode,
            boolean anonymous,
            Optional<TokenServer> tokenServer) {
        this.resourceId = resourceId;
        this.loginServer = loginServer;
        this.mode = mode;
        this.anonymous = anonymous;
        this.tokenServer = tokenServer;
    }

    /** Where everybody gets a token. @param service as the registry calls itself there */
    record TokenServer(String realm, String service) {}

    static Registry of(String resourceId, String loginServer, PermissionMode mode) {
        return new Registry(resourceId, loginServer, mode, false, Optional.empty());
    }

    /** One that everybody may read and nobody may write. @param tokenServer empty if it wants no token */
    static Registry open(String loginServer, Optional<TokenServer> tokenServer) {
        return new Registry("", loginServer, PermissionMode.LEGACY_REGISTRY_PERMISSIONS, true, tokenServer);
    }

    Optional<TokenServer> tokenServer() {
        return tokenServer;
    }

    String resourceId() {
        return resourceId;
    }

    String loginServer() {
        return loginServer;
    }

    PermissionMode mode() {
        return mode;
    }

    /** Whether it is a public registry, which nobody signs in to. */
    boolean anonymous() {
        return anonymous;
    }

    /** Whether those who do not sign in may pull. */
    boolean anonymousPull() {
        return anonymousPull;
    }

    void anonymousPull(boolean allowed) {
        anonymousPull = allowed;
    }

    /** In the order of their names. */
    List<Repository> repositories() {
        return repositories.values().stream().filter(Repository::visible).toList();
    }

    Optional<Repository> find(String name) {
        return Optional.ofNullable(repositories.get(name));
    }

    /** @throws RegistryError if no repository of that name is visible */
    Repository repository(String name) {
        return find(name).filter(Repository::visible).orElseThrow(() -> RegistryError.unknownName(name));
    }

    Repository repositoryToWrite(String name, Instant now) {
        return repositories.computeIfAbsent(name, n -> new Repository(n, now));
    }

    /** @return the removed repository; empty if none of that name is visible */
    Optional<Repository> removeRepository(String name) {
        return find(name).filter(Repository::visible).filter(found -> repositories.remove(name, found));
    }

    Map<String, Upload> uploads() {
        return uploads;
    }
}
