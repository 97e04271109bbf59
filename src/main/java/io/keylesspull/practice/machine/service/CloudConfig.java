package io.keylesspull.practice.machine.service;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The part of a {@code #cloud-config} that practice machines follow. Source: canonical/cloud-init,
 * {@code cloudinit/config/schemas/schema-cloud-config-v1.json}. Keys that they do not know are refused: nobody should
 * believe that they have an effect.
 *
 * @param commands lines of a shell script
 */
record CloudConfig(List<String> packages, List<File> files, List<String> commands) {

    /** One of {@code write_files}. */
    record File(String path, String content, String owner, int mode, boolean append) {}

    /** @throws IllegalArgumentException if it cannot be read, or has a key that is not known */
    static CloudConfig read(String text) {
        List<String> packages = new ArrayList<>();
        List<File> files = new ArrayList<>();
        List<String> commands = new ArrayList<>();
        for (Map.Entry<String, Object> entry : map(Yaml.read(text)).entrySet()) {
            switch (entry.getKey()) {
                case "packages" -> list(entry.getValue()).forEach(one -> packages.add(text(one)));
                case "package_update", "package_upgrade", "final_message" -> text(entry.getValue());
                case "write_files" -> list(entry.getValue()).forEach(one -> files.add(file(map(one))));
                case "runcmd" -> list(entry.getValue()).forEach(one -> commands.add(command(one)));
                default -> throw new IllegalArgumentException("practice machines do not know '" + entry.getKey() + "'");
            }
        }
        return new CloudConfig(List.copyOf(packages), List.copyOf(files), List.copyOf(commands));
    }

    private static File file(Map<String, Object> keys) {
        String content = text(keys.getOrDefault("content", ""));
        String encoding = text(keys.getOrDefault("encoding", "text/plain"));
        return new File(
                text(keys.getOrDefault("path", List.of())),
                encoding.matches("b64|base64")
                        ? new String(Base64.getDecoder().decode(content.strip()), StandardCharsets.UTF_8)
                        : content,
                text(keys.getOrDefault("owner", "root:root")),
                Integer.parseInt(text(keys.getOrDefault("permissions", "0644")), 8),
                text(keys.getOrDefault("append", "false")).equals("true"));
    }

    /** A list is run as it is, a text by a shell. */
    private static String command(Object item) {
        return item instanceof List<?> words
                ? words.stream()
                        .map(word -> "'" + text(word).replace("'", "'\\''") + "'")
                        .collect(Collectors.joining(" "))
                : text(item);
    }

    private static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("a text is expected");
    }

    private static List<?> list(Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException("a list is expected");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new IllegalArgumentException("keys are expected");
    }
}
