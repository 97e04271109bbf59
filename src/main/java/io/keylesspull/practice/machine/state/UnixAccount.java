package io.keylesspull.practice.machine.state;

import java.util.Set;

/**
 * Who runs a command.
 *
 * @param groups the groups as they were when this user's session began: a later {@code usermod} does not reach it
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
