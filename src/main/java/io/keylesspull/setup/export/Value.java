package io.keylesspull.setup.export;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A value in a description for Azure Resource Manager, which ARM JSON and Bicep write differently. */
sealed interface Value {

    record Text(String text) implements Value {}

    record Whole(int number) implements Value {}

    record Flag(boolean set) implements Value {}

    record Items(List<Value> items) implements Value {}

    /** An object. @param fields in their order; a key is a {@link Text}, or an {@link Id} */
    record Fields(Map<Value, Value> fields) implements Value {}

    /** What whoever deploys gives. */
    record Parameter(String name) implements Value {}

    /** The id of a resource. */
    record Id(Resource of) implements Value {}

    /** What Azure knows of a resource once it is there. @param path such as {@code properties.loginServer} */
    record Property(Resource of, String path) implements Value {}

    /** Texts one after the other. */
    record Joined(List<Value> parts) implements Value {}

    record Base64(Value text) implements Value {}

    /** A GUID that is the same for the same parts. */
    record Guid(List<Value> parts) implements Value {}

    /** The id of a built-in role. @param guid of its definition */
    record RoleId(String guid) implements Value {}

    static Value of(String text) {
        return new Text(text);
    }

    static Value of(int number) {
        return new Whole(number);
    }

    static Value of(boolean set) {
        return new Flag(set);
    }

    static Value items(Value... items) {
        return new Items(List.of(items));
    }

    /** @param keysAndValues a text, its value, and so on */
    static Value fields(Object... keysAndValues) {
        Map<Value, Value> fields = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            fields.put(of((String) keysAndValues[i]), (Value) keysAndValues[i + 1]);
        }
        return new Fields(fields);
    }

    static Value joined(Value... parts) {
        return new Joined(Arrays.asList(parts));
    }

    /** Itself and all values in it. */
    default Stream<Value> all() {
        return Stream.concat(Stream.of(this), inside().flatMap(Value::all));
    }

    private Stream<Value> inside() {
        if (this instanceof Items items) {
            return items.items().stream();
        }
        if (this instanceof Fields fields) {
            return fields.fields().entrySet().stream().flatMap(field -> Stream.of(field.getKey(), field.getValue()));
        }
        if (this instanceof Joined joined) {
            return joined.parts().stream();
        }
        if (this instanceof Base64 base64) {
            return Stream.of(base64.text());
        }
        return this instanceof Guid guid ? guid.parts().stream() : Stream.empty();
    }
}
