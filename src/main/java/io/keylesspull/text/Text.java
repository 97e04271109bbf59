package io.keylesspull.text;

import java.util.List;
import java.util.Objects;

/**
 * A message for people, not yet in a language: the key of the message and its arguments.
 *
 * <p>A key starts with the room whose bundle holds it ({@code "setup.role.waiting"} is in
 * {@code io/keylesspull/setup/messages.properties}). An argument may itself be a {@code Text}.
 *
 * @param key the message's key, never null
 * @param arguments the values for {@code {0}}, {@code {1}}…; never null, holds no null
 */
public record Text(String key, List<Object> arguments) {

    public Text {
        Objects.requireNonNull(key);
        arguments = List.copyOf(arguments);
    }

    public static Text of(String key, Object... arguments) {
        return new Text(key, List.of(arguments));
    }
}
