package io.keylesspull.practice.machine.state;

import java.util.Set;

/**
 * A user in one session.
 *
 * @param groups as they were when the session began: a later {@code usermod} does not change them
 */
public record UnixAccount(String name, Set<String> groups) {

    public static final UnixAccount ROOT = new UnixAccount("root", Set.of("root"));

    public boolean isRoot() {
        return name.equals("root");
    }

    public String home() {
        return isRoot() ? "/root" : "/home/" + name;
    }
}
