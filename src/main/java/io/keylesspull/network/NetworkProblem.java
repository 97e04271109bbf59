package io.keylesspull.network;

import io.keylesspull.text.Text;
import java.util.List;

/**
 * What keeps the program from reaching something, for people.
 *
 * @param what what happened
 * @param meaning what that means
 * @param remedy what to do about it
 */
public record NetworkProblem(Text what, Text meaning, Text remedy) {

    /** The three messages of a key; they share their arguments. */
    static NetworkProblem of(String key, Object... arguments) {
        List<Object> all = List.of(arguments);
        return new NetworkProblem(
                new Text("network." + key + ".what", all),
                new Text("network." + key + ".meaning", all),
                new Text("network." + key + ".remedy", all));
    }
}
