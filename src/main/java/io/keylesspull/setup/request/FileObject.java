package io.keylesspull.setup.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keylesspull.text.Text;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * An object in a setup file.
 *
 * @param keys in the order in which they are written
 * @param clashes keys that may not be together
 * @param make puts the values together; of those that clash it may leave one out
 */
record FileObject<T>(List<FileKey<T, ?>> keys, List<Clash<T>> clashes, Function<Values, T> make)
        implements FileValue<T> {

    /** A key beside which another one makes no sense. @param with whether that one is there */
    record Clash<T>(FileKey<T, ?> key, Predicate<Values> with, Text rule) {}

    FileObject(List<FileKey<T, ?>> keys, Function<Values, T> make) {
        this(keys, List.of(), make);
    }

    /** What was read under the keys of one object. */
    static final class Values {

        private final Map<FileKey<?, ?>, Optional<?>> values = new HashMap<>();

        /** Of a key that is required or has a default. */
        <V> V get(FileKey<?, V> key) {
            return find(key).orElseThrow();
        }

        @SuppressWarnings("unchecked") // put in under a key of the same type, below
        <V> Optional<V> find(FileKey<?, V> key) {
            return (Optional<V>) values.getOrDefault(key, Optional.empty());
        }
    }

    @Override
    public T read(JsonNode node, String path, FileProblems problems) {
        if (!node.isObject()) {
            problems.unreadable(
                    path, FileProblems.asWritten(node), Text.of("setup.file.type", Text.of("setup.file.type.object")));
            return standIn();
        }
        List<String> names = names();
        node.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                problems.besides(
                        path.isEmpty() ? name : path + "." + name,
                        FileProblems.shown(node.get(name)),
                        Nearest.of(name, names)
                                .map(near -> Text.of("setup.file.unknown", near, String.join(", ", names)))
                                .orElseGet(() -> Text.of("setup.file.unknownOnly", String.join(", ", names))));
            }
        });
        Values values = new Values();
        keys.forEach(key -> values.values.put(key, key.read(node, path, problems)));
        for (Clash<T> clash : clashes) {
            String name = clash.key().name();
            String here = path.isEmpty() ? name : path + "." + name;
            if (node.has(name) && !problems.touches(here) && clash.with().test(values)) {
                problems.clash(here, FileProblems.shown(node.get(name)), clash.rule());
            }
        }
        return make.apply(values);
    }

    @Override
    public JsonNode write(T value) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        keys.forEach(key -> key.write(value, object));
        return object;
    }

    @Override
    public T standIn() {
        Values values = new Values();
        keys.forEach(key -> values.values.put(key, standIn(key)));
        return make.apply(values);
    }

    private static <V> Optional<V> standIn(FileKey<?, V> key) {
        return key.required() ? Optional.of(key.value().standIn()) : key.fallback();
    }

    @Override
    public String type() {
        return "object";
    }

    /** Of its keys. */
    List<String> names() {
        return keys.stream().map(FileKey::name).toList();
    }
}
