package io.keylesspull.practice.machine;

import java.util.Set;

/**
 * Who runs a command.
 *
 * @param groups the groups as they were when this user's session began: a later {@code usermod} does not reach it
 */
record Account(String name, Set<String> groups) {

    static final Account ROOT = new Account("root", Set.of("root"));

    boolean isRoot() {
        return name.equals("root");
    }

    String home() {
        return isRoot() ? "/root" : "/home/" + name;
    }
}
