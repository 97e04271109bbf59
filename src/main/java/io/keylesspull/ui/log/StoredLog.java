package io.keylesspull.ui.log;

import io.keylesspull.text.TerminalText;
import io.keylesspull.text.Visible;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The lines of a log file, without control characters.
 *
 * @param lines the last ones if the file is very long
 * @param skipped how many bytes before them were not read
 */
public record StoredLog(List<String> lines, long skipped) {

    /** In bytes; a list shows that many without delay. A run writes far less, unless a command floods it. */
    private static final long MOST = 16_000_000;

    public static final StoredLog NOTHING = new StoredLog(List.of(), 0);

    /** @throws java.nio.file.NoSuchFileException if there is no such file */
    public static StoredLog read(Path file) throws IOException {
        return read(file, MOST);
    }

    static StoredLog read(Path file, long most) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long skipped = Math.max(0, channel.size() - most);
            channel.position(skipped);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(65_536);
            while (channel.read(buffer) >= 0 && bytes.size() <= most) {
                bytes.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
            List<String> lines = bytes.toString(StandardCharsets.UTF_8)
                    .lines()
                    .map(StoredLog::shown)
                    .toList();
            // The first line is most likely incomplete.
            return new StoredLog(skipped > 0 && lines.size() > 1 ? lines.subList(1, lines.size()) : lines, skipped);
        }
    }

    private static String shown(String line) {
        return Visible.of(line.length() > TerminalText.LONGEST ? line.substring(0, TerminalText.LONGEST) : line);
    }
}
