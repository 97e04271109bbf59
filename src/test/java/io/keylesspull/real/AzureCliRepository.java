package io.keylesspull.real;

import io.keylesspull.practice.wire.HttpService;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code packages.microsoft.com} as the Azure CLI's installation page uses it: a signing key and an apt repository with
 * the Azure CLI in one package. The key is of this run; the package's version is one that there is here only. There is
 * no suite for Debian 13, as there is none there: what is made for it is here in Debian 12's.
 */
final class AzureCliRepository implements HttpService {

    private static final String KEY = "/keys/microsoft.asc";
    private static final String ROOT = "/repos/azure-cli/";
    private static final String INDEX = "main/binary-amd64/Packages";
    private static final String DISTRIBUTION = ROOT + "dists/bookworm/";

    private final Sandbox sandbox;
    private final Path folder;
    private final Path keyring;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private String version;

    private AzureCliRepository(Sandbox sandbox, Path folder, Path keyring) {
        this.sandbox = sandbox;
        this.folder = folder;
        this.keyring = keyring;
    }

    /** @param packages the directory of the packages it has */
    static AzureCliRepository of(Sandbox sandbox, Suite suite, Path packages) throws IOException, InterruptedException {
        Path work = Files.createDirectory(sandbox.folder().resolve("azure-cli-" + suite.codename()));
        Path keyring = Files.createDirectory(work.resolve("keys"));
        Files.setPosixFilePermissions(keyring, PosixFilePermissions.fromString("rwx------"));
        AzureCliRepository repository = new AzureCliRepository(sandbox, work, keyring);
        repository.gpg("--passphrase", "", "--quick-generate-key", "Test packages", "rsa2048", "sign", "2d");
        repository.files.put(KEY, repository.gpg("--armor", "--export"));
        repository.offer(packages);
        return repository;
    }

    /** The Azure CLI's own, such as {@code 2.45.0}. */
    String version() {
        return version;
    }

    private void offer(Path packages) throws IOException, InterruptedException {
        StringBuilder entries = new StringBuilder();
        try (DirectoryStream<Path> debs = Files.newDirectoryStream(packages, "*.deb")) {
            for (Path deb : debs) {
                entries.append(offerOne(deb));
            }
        }
        byte[] index = entries.toString().getBytes(StandardCharsets.UTF_8);
        Path release = Files.writeString(folder.resolve("Release"), """
                Origin: azure-cli bookworm
                Label: azure-cli bookworm
                Suite: bookworm
                Codename: bookworm
                Date: %s
                Architectures: amd64
                Components: main
                SHA256:
                 %s %d %s
                """.formatted(
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)),
                        sha256(index),
                        index.length,
                        INDEX));
        files.put(DISTRIBUTION + INDEX, index);
        files.put(DISTRIBUTION + "InRelease", gpg("--clearsign", release.toString()));
    }

    /** @return its entry in the index */
    private String offerOne(Path deb) throws IOException, InterruptedException {
        byte[] archive = Files.readAllBytes(deb);
        String pool = "pool/main/a/azure-cli/" + deb.getFileName();
        files.put(ROOT + pool, archive);
        version = Programs.run("dpkg-deb", "--field", deb.toString(), "Version")
                .strip()
                .replaceFirst("-.*", "");
        return """
                %s
                Filename: %s
                Size: %d
                SHA256: %s

                """.formatted(
                Programs.run("dpkg-deb", "--field", deb.toString()).strip(), pool, archive.length, sha256(archive));
    }

    /** @return what it made */
    private byte[] gpg(String... arguments) throws IOException, InterruptedException {
        Path made = folder.resolve("gpg.out");
        List<String> argv = new ArrayList<>(
                List.of("gpg", "--homedir", keyring.toString(), "--batch", "--quiet", "--output", made.toString()));
        argv.addAll(List.of(arguments));
        // Inside, so that the agent that gpg starts ends with the sandbox.
        sandbox.run(argv.toArray(String[]::new));
        byte[] content = Files.exists(made) ? Files.readAllBytes(made) : new byte[0];
        Files.deleteIfExists(made);
        return content;
    }

    @Override
    public Response send(Request request) {
        byte[] file = files.get(request.uri().getPath());
        return file == null ? new Response(404, Map.of(), new byte[0]) : new Response(200, Map.of(), file);
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
