package io.keylesspull.azure.signin;

import com.azure.identity.AuthenticationRecord;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.disk.PrivateFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Stores who has signed in, one file per directory: the record says which tokens in the encrypted cache belong to the
 * account. It is not secret (azure-identity, {@link AuthenticationRecord}), but private.
 */
final class SignInRecords {

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

    /** @return empty also if the file holds no record */
    Optional<AuthenticationRecord> find(AzureCloud cloud, Optional<String> tenant) {
        return file(cloud, tenant).flatMap(file -> {
            try {
                return Optional.of(AuthenticationRecord.deserialize(new ByteArrayInputStream(Files.readAllBytes(file))))
                        .filter(SignInRecords::isWhole);
            } catch (IOException | RuntimeException notOne) {
                // A record that cannot be read costs one prompt, which writes a new record.
                return Optional.empty();
            }
        });
    }

    void save(AzureCloud cloud, Optional<String> tenant, AuthenticationRecord record) throws IOException {
        Optional<Path> file = file(cloud, tenant);
        if (file.isEmpty()) {
            return;
        }
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        record.serialize(json);
        PrivateFiles.write(file.get(), json.toByteArray());
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

    private static boolean isWhole(AuthenticationRecord record) {
        return record.getAuthority() != null
                && record.getHomeAccountId() != null
                && record.getClientId() != null
                && record.getTenantId() != null
                && record.getUsername() != null;
    }
}
