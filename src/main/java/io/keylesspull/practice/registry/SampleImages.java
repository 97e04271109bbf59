package io.keylesspull.practice.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Makes small images that are complete: every digest is that of its content. */
final class SampleImages {

    private static final String CONFIG = "application/vnd.docker.container.image.v1+json";
    private static final String LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip";
    private static final int BLOCK = 512;

    private SampleImages() {}

    /** One for Linux on each of some processors. @param text one layer each: the content of its only file */
    static void putList(Repository repository, String tag, List<String> architectures, List<String> text, Instant now) {
        ObjectNode list = RegistryResponses.object().put("schemaVersion", 2).put("mediaType", Manifest.LIST);
        ArrayNode manifests = list.putArray("manifests");
        for (String architecture : architectures) {
            Manifest manifest = manifest(repository, architecture, text, now);
            repository.put(manifest, Optional.empty(), now);
            manifests
                    .addObject()
                    .put("mediaType", manifest.mediaType())
                    .put("size", manifest.bytes().length)
                    .put("digest", manifest.digest())
                    .putObject("platform")
                    .put("architecture", architecture)
                    .put("os", "linux");
        }
        byte[] bytes = list.toPrettyString().getBytes(StandardCharsets.UTF_8);
        repository.put(Manifest.parse(bytes, Manifest.LIST, now), Optional.of(tag), now);
    }

    /** @param text one layer each: the content of its only file */
    static void put(Repository repository, String tag, List<String> text, Instant now) {
        repository.put(manifest(repository, "amd64", text, now), Optional.of(tag), now);
    }

    private static Manifest manifest(Repository repository, String architecture, List<String> text, Instant now) {
        List<byte[]> layers = new ArrayList<>();
        ObjectNode config = RegistryResponses.object()
                .put("architecture", architecture)
                .put("os", "linux")
                .put("created", now.toString());
        config.putObject("config").putArray("Cmd").add("/app");
        ArrayNode diffIds = config.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        for (int i = 0; i < text.size(); i++) {
            byte[] tar = tar("app" + (i == 0 ? "" : "." + i), text.get(i).getBytes(StandardCharsets.UTF_8));
            diffIds.add(Digests.of(tar));
            layers.add(gzip(tar));
        }
        ObjectNode manifest = RegistryResponses.object().put("schemaVersion", 2).put("mediaType", Manifest.DOCKER);
        manifest.set("config", blob(repository, CONFIG, config.toString().getBytes(StandardCharsets.UTF_8)));
        ArrayNode list = manifest.putArray("layers");
        layers.forEach(layer -> list.add(blob(repository, LAYER, layer)));
        return Manifest.parse(manifest.toPrettyString().getBytes(StandardCharsets.UTF_8), Manifest.DOCKER, now);
    }

    private static ObjectNode blob(Repository repository, String mediaType, byte[] content) {
        String digest = Digests.of(content);
        repository.putBlob(digest, content);
        return RegistryResponses.object()
                .put("mediaType", mediaType)
                .put("size", content.length)
                .put("digest", digest);
    }

    /** A ustar archive with one file (POSIX pax, "ustar Interchange Format"). */
    private static byte[] tar(String name, byte[] content) {
        byte[] header = new byte[BLOCK];
        text(header, 0, name);
        text(header, 100, "0000755\0");
        text(header, 108, "0000000\0");
        text(header, 116, "0000000\0");
        text(header, 124, String.format("%011o\0", content.length));
        text(header, 136, "00000000000\0");
        text(header, 148, "        ");
        text(header, 156, "0");
        text(header, 257, "ustar\00000");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        text(header, 148, String.format("%06o\0 ", sum));
        int blocks = (content.length + BLOCK - 1) / BLOCK;
        byte[] tar = new byte[BLOCK * (1 + blocks + 2)];
        System.arraycopy(header, 0, tar, 0, BLOCK);
        System.arraycopy(content, 0, tar, BLOCK, content.length);
        return tar;
    }

    private static void text(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
