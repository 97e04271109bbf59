package io.keylesspull.real;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** Images of Microsoft's registry: each one program without anything beside it, that really runs. */
final class MicrosoftImages {

    /** What holds a pod's namespaces on the nodes of AKS. */
    static final String PAUSE = RegistryFront.MICROSOFT + "/oss/kubernetes/pause:3.6";

    private static final String HELLO_WORLD = RegistryFront.MICROSOFT + "/hello-world:latest";

    private static final String HELLO_PROGRAM = """
            #include <unistd.h>
            int main(void) {
              static const char hello[] = "\\nHello from Docker!\\n"
                "This message shows that your installation appears to be working correctly.\\n\\n";
              return write(1, hello, sizeof hello - 1) == sizeof hello - 1 ? 0 : 1;
            }
            """;
    private static final String PAUSE_PROGRAM = """
            #include <unistd.h>
            int main(void) { return pause(); }
            """;
    private static final String MANIFEST_TYPE = "application/vnd.docker.distribution.manifest.v2+json";

    private MicrosoftImages() {}

    /** Builds them and puts them where Microsoft's registry has them. @param folder a folder to work in */
    static void publish(Path folder, Distribution registry) throws IOException, InterruptedException {
        publish(HELLO_WORLD, HELLO_PROGRAM, Files.createDirectory(folder.resolve("hello-world")), registry);
        publish(PAUSE, PAUSE_PROGRAM, Files.createDirectory(folder.resolve("pause")), registry);
    }

    private static void publish(String image, String program, Path work, Distribution registry)
            throws IOException, InterruptedException {
        Path source = Files.writeString(work.resolve("program.c"), program);
        Programs.run(
                "gcc", "-Os", "-static", "-s", "-o", work.resolve("program").toString(), source.toString());
        Path layer = work.resolve("layer.tar");
        Programs.run(
                "tar",
                "--create",
                "--owner=0",
                "--group=0",
                "--numeric-owner",
                "--file",
                layer.toString(),
                "--directory",
                work.toString(),
                "program");

        String repository = image.substring(0, image.lastIndexOf(':'));
        byte[] tar = Files.readAllBytes(layer);
        byte[] gzip = gzip(tar);
        byte[] config = """
                {"architecture":"amd64","os":"linux","config":{"Cmd":["/program"]},\
                "rootfs":{"type":"layers","diff_ids":["%s"]},
                "history":[{"created_by":"COPY program /"}]}""".formatted(digest(tar)).getBytes(StandardCharsets.UTF_8);
        byte[] manifest = """
                {"schemaVersion":2,"mediaType":"%s",\
                "config":{"mediaType":"application/vnd.docker.container.image.v1+json","size":%d,"digest":"%s"},\
                "layers":[{"mediaType":"application/vnd.docker.image.rootfs.diff.tar.gzip",
                "size":%d,
                "digest":"%s"}]}""".formatted(MANIFEST_TYPE, config.length, digest(config), gzip.length, digest(gzip))
                .getBytes(StandardCharsets.UTF_8);
        registry.putBlob(repository, digest(config), config);
        registry.putBlob(repository, digest(gzip), gzip);
        registry.putManifest(repository, image.substring(image.lastIndexOf(':') + 1), MANIFEST_TYPE, manifest);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
