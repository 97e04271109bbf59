package io.keylesspull.azure.signin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.disk.PrivateFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Stores who has signed in, one file per directory. That is not secret, but private. */
final class SignInRecords {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUFFIX = ".json";
    /** A directory's id or domain. Anything else is not used as a file name. */
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,99}");

    private final Path folder;

    private SignInRecords(Path folder) {
        this.folder = folder;
    }

    /** @param folder created with access for its owner only, if it does not exist */
    static SignInRecords in(Path folder) throws IOException {
        PrivateFiles.createDirectories(folder);
        return new SignInRecords(folder);
    }

    Path folder() {
        return folder;
    }

    /** @return empty also if the file holds no record */
    Optional<SignedInAccount> find(AzureCloud cloud, Optional<String> tenant) {
        return file(cloud, tenant).flatMap(file -> {
            try {
                JsonNode json = JSON.readTree(Files.readAllBytes(file));
                return json.path("homeAccountId").isTextual()
                                && json.path("environment").isTextual()
                                && json.path("username").isTextual()
                        ? Optional.of(new SignedInAccount(
                                json.get("homeAccountId").asText(),
                                json.get("environment").asText(),
                                json.get("username").asText()))
                        : Optional.empty();
            } catch (IOException notOne) {
                // A record that cannot be read costs one prompt, which writes a new record.
                return Optional.empty();
            }
        });
    }

    void save(AzureCloud cloud, Optional<String> tenant, SignedInAccount account) throws IOException {
        Optional<Path> file = file(cloud, tenant);
        if (file.isEmpty()) {
            return;
        }
        PrivateFiles.write(
                file.get(),
                JSON.writeValueAsBytes(JSON.createObjectNode()
                        .put("homeAccountId", account.homeAccountId())
                        .put("environment", account.environment())
                        .put("username", account.username())));
    }

    void removeAll() throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path one : all) {
                Files.deleteIfExists(one);
            }
        }
    }

    private Optional<Path> file(AzureCloud cloud, Optional<String> tenant) {
        return tenant.filter(name -> !TENANT.matcher(name).matches()).isPresent()
                ? Optional.empty()
                : Optional.of(folder.resolve(cloud.fileName()
                        + tenant.map(name -> "-" + name.toLowerCase(Locale.ROOT))
                                .orElse("")
                        + SUFFIX));
    }
}
