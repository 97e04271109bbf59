package io.keylesspull.remote;

import io.keylesspull.disk.PrivateFiles;
import io.keylesspull.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The pinned host keys of several machines, in a file that OpenSSH can read too ({@code ssh -o UserKnownHostsFile=…}).
 * Each line has the machine's name as ssh looks it up, the key's type and the key (sshd(8), "SSH_KNOWN_HOSTS FILE
 * FORMAT"). The file decides who is trusted, so a malformed line is an error and is never skipped. Thread-safe; of
 * several objects for one file only one may write.
 */
public final class KnownHosts {

    private static final int SSH_PORT = 22;
    /** Names and addresses. ssh would read anything else as a pattern, a list or a hash. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_.:-]{1,253}");

    private static final Pattern NAME = Pattern.compile("[a-z0-9_.:-]{1,253}|\\[[a-z0-9_.:-]{1,253}]:[0-9]{1,5}");
    /** In bytes; enough for thousands of machines. */
    private static final int LARGEST = 4 * 1024 * 1024;

    private final Path file;

    /** @param file need not exist yet */
    public KnownHosts(Path file) {
        this.file = file;
    }

    /**
     * @param host the name or address that is connected to
     * @return its keys; empty if none are pinned
     * @throws SshException BAD_KNOWN_HOSTS if any line of the file is malformed
     * @throws IOException if it cannot be read
     */
    public synchronized List<HostKey> keys(String host, int port) throws IOException, SshException {
        return read().getOrDefault(name(host, port), List.of());
    }

    /**
     * Replaces the machine's pinned keys. Only the owner can read the file.
     *
     * @throws SshException BAD_KNOWN_HOSTS if any line of the file is malformed; the file is not changed
     * @throws IOException if it cannot be read or written
     */
    public synchronized void pin(String host, int port, List<HostKey> keys) throws IOException, SshException {
        Map<String, List<HostKey>> all = read();
        all.put(name(host, port), List.copyOf(keys));
        StringBuilder lines = new StringBuilder();
        all.forEach((name, pinned) -> pinned.forEach(key -> lines.append(name)
                .append(' ')
                .append(key.type())
                .append(' ')
                .append(key.base64())
                .append('\n')));
        PrivateFiles.createFolderOf(file);
        PrivateFiles.write(file, lines.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private Map<String, List<HostKey>> read() throws IOException, SshException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST + 1);
        } catch (NoSuchFileException nothingPinnedYet) {
            return new LinkedHashMap<>();
        }
        if (bytes.length > LARGEST) {
            throw broken("large-known-hosts", 0);
        }
        Map<String, List<HostKey>> all = new LinkedHashMap<>();
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int number = 0;
        for (int at = 0; at < text.length(); ) {
            number++;
            int end = text.indexOf('\n', at);
            if (end < 0) {
                throw broken("broken-known-hosts", number);
            }
            add(all, text.substring(at, end), number);
            at = end + 1;
        }
        return all;
    }

    private void add(Map<String, List<HostKey>> all, String line, int number) throws SshException {
        String[] parts = line.split(" ", -1);
        if (parts.length != 3 || !NAME.matcher(parts[0]).matches()) {
            throw broken("broken-known-hosts", number);
        }
        try {
            all.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(new HostKey(parts[1], parts[2]));
        } catch (IllegalArgumentException noKey) {
            throw broken("broken-known-hosts", number);
        }
    }

    private SshException broken(String key, int line) {
        return new SshException(
                SshException.Kind.BAD_KNOWN_HOSTS,
                Text.of("remote." + key, file.toString(), String.valueOf(line)),
                null);
    }

    private static String name(String host, int port) {
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("\"" + host + "\" is no name and no address of a machine");
        }
        String lower = host.toLowerCase(Locale.ROOT);
        return port == SSH_PORT ? lower : "[" + lower + "]:" + port;
    }
}
