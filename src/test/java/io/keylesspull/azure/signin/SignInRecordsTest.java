package io.keylesspull.azure.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keylesspull.azure.model.AzureCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInRecordsTest {

    private static final Optional<String> HOME = Optional.empty();
    private static final Optional<String> CONTOSO = Optional.of("contoso.onmicrosoft.com");

    @TempDir
    private Path temp;

    private Path folder;
    private SignInRecords records;

    @BeforeEach
    void open() throws IOException {
        folder = temp.resolve("data").resolve("sign-in");
        records = SignInRecords.in(folder);
    }

    @Test
    void whoSignedInIsFoundByWhatWasAskedFor() throws Exception {
        records.save(AzureCloud.PUBLIC, HOME, record("ada"));
        records.save(AzureCloud.PUBLIC, CONTOSO, record("grace"));

        SignInRecords later = SignInRecords.in(folder);
        assertThat(later.find(AzureCloud.PUBLIC, HOME))
                .map(SignedInAccount::username)
                .contains("ada");
        assertThat(later.find(AzureCloud.PUBLIC, Optional.of("Contoso.onMicrosoft.com")))
                .map(SignedInAccount::username)
                .contains("grace");
        assertThat(later.find(AzureCloud.PUBLIC, Optional.of("fabrikam.com"))).isEmpty();
        assertThat(later.find(AzureCloud.CHINA, HOME)).isEmpty();
    }

    @Test
    void theLastOneCounts() throws Exception {
        records.save(AzureCloud.PUBLIC, HOME, record("ada"));
        records.save(AzureCloud.PUBLIC, HOME, record("grace"));

        assertThat(records.find(AzureCloud.PUBLIC, HOME))
                .map(SignedInAccount::username)
                .contains("grace");
        assertThat(files()).hasSize(1);
    }

    @Test
    void signingOutForgetsAll() throws Exception {
        records.save(AzureCloud.PUBLIC, HOME, record("ada"));
        records.save(AzureCloud.CHINA, CONTOSO, record("grace"));

        records.removeAll();

        assertThat(files()).isEmpty();
        records.removeAll();
    }

    @Test
    void nobodyElseMayRead() throws Exception {
        assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
        records.save(AzureCloud.PUBLIC, HOME, record("ada"));

        assertThat(permissions(folder)).isEqualTo("rwx------");
        assertThat(permissions(files().get(0))).isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"environment\": \"login.windows.net\"}", "\u0000", "{\"username\": 1}"})
    void aFileThatHoldsNoRecordIsNobody(String content) throws Exception {
        records.save(AzureCloud.PUBLIC, HOME, record("ada"));
        Files.writeString(files().get(0), content);

        assertThat(records.find(AzureCloud.PUBLIC, HOME)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../evil", "a/b", "..", "a\u0000b", "", " "})
    void aTenantThatIsNoNameBecomesNoFile(String tenant) throws Exception {
        records.save(AzureCloud.PUBLIC, Optional.of(tenant), record("ada"));

        assertThat(files()).isEmpty();
        assertThat(records.find(AzureCloud.PUBLIC, Optional.of(tenant))).isEmpty();
        assertThat(temp.resolve("evil.json")).doesNotExist();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    static SignedInAccount record(String user) {
        return new SignedInAccount("a.b", "login.microsoftonline.com", user);
    }
}
