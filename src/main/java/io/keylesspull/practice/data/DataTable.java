package io.keylesspull.practice.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads a table that comes with the program: one row per line, cells separated by {@code |}, comments after {@code #}.
 */
public final class DataTable {

    private DataTable() {}

    public static List<List<String>> rows(String name) {
        try (InputStream in = DataTable.class.getResourceAsStream("/io/keylesspull/practice/" + name)) {
            if (in == null) {
                throw new IllegalStateException("No table " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> List.of(line.split("\\|", -1)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
