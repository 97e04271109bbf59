package io.keylesspull.setup.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.text.Text;
import java.util.Optional;
import java.util.function.Function;

/**
 * One key of an object in a setup file.
 *
 * @param get what to write; empty: leave the key out
 * @param fallback what is meant where the key is left out; empty: nothing is
 * @param required whether it may not be left out
 * @param <T> what the object describes
 */
record FileKey<T, V>(
        String name, FileValue<V> value, Function<T, Optional<V>> get, Optional<V> fallback, boolean required) {

    static <T, V> FileKey<T, V> required(String name, FileValue<V> value, Function<T, V> get) {
        return new FileKey<>(name, value, get.andThen(Optional::of), Optional.empty(), true);
    }

    static <T, V> FileKey<T, V> withDefault(String name, FileValue<V> value, V fallback, Function<T, V> get) {
        return new FileKey<>(name, value, get.andThen(Optional::of), Optional.of(fallback), false);
    }

    static <T, V> FileKey<T, V> optional(String name, FileValue<V> value, Function<T, Optional<V>> get) {
        return new FileKey<>(name, value, get, Optional.empty(), false);
    }

    Optional<V> read(JsonNode object, String path, FileProblems problems) {
        JsonNode node = object.get(name);
        String here = path.isEmpty() ? name : path + "." + name;
        if (node != null) {
            return Optional.of(value.read(node, here, problems));
        }
        if (required) {
            problems.unreadable(here, "", Text.of("setup.file.missing"));
            return Optional.of(value.standIn());
        }
        return fallback;
    }

    void write(T described, ObjectNode object) {
        get.apply(described).ifPresent(present -> object.set(name, value.write(present)));
    }
}
