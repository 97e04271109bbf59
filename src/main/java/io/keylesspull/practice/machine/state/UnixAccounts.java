package io.keylesspull.practice.machine.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The users and groups of one machine. */
public final class UnixAccounts {

    private record Group(int id, Set<String> members) {}

    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final Map<String, Integer> users = new LinkedHashMap<>();

    UnixAccounts(String adminUser) {
        users.put("root", 0);
        users.put(adminUser, 1000);
        groups.put("root", new Group(0, new LinkedHashSet<>(List.of("root"))));
        groups.put(adminUser, new Group(1000, new LinkedHashSet<>(List.of(adminUser))));
        Map<String, Integer> standard = new LinkedHashMap<>();
        standard.put("adm", 4);
        standard.put("dialout", 20);
        standard.put("cdrom", 24);
        standard.put("sudo", 27);
        standard.put("dip", 30);
        standard.put("plugdev", 46);
        standard.put("lxd", 118);
        standard.forEach((name, id) -> groups.put(name, new Group(id, new LinkedHashSet<>(List.of(adminUser)))));
    }

    /** Begins a session with the groups of this moment. Empty if there is no such user. */
    public synchronized Optional<UnixAccount> session(String user) {
        return users.containsKey(user)
                ? Optional.of(new UnixAccount(user, Set.copyOf(groupsOf(user))))
                : Optional.empty();
    }

    public synchronized List<String> groupsOf(String user) {
        List<String> names = new ArrayList<>();
        groups.forEach((name, group) -> {
            if (group.members().contains(user)) {
                names.add(name);
            }
        });
        return names;
    }

    /** Sorts group names in the machine's order. */
    public synchronized List<String> ordered(Set<String> names) {
        return groups.keySet().stream().filter(names::contains).toList();
    }

    public synchronized int userId(String user) {
        return users.getOrDefault(user, 65534);
    }

    public synchronized int groupId(String group) {
        return groups.containsKey(group) ? groups.get(group).id() : 65534;
    }

    public synchronized boolean hasUser(String user) {
        return users.containsKey(user);
    }

    public synchronized boolean hasGroup(String group) {
        return groups.containsKey(group);
    }

    synchronized void addGroup(String group) {
        groups.putIfAbsent(group, new Group(900 + groups.size(), new LinkedHashSet<>()));
    }

    public synchronized void addMember(String group, String user) {
        Objects.requireNonNull(groups.get(group)).members().add(user);
    }

    public synchronized void inventory(Consumer<String> line) {
        groups.forEach((name, group) -> line.accept("group " + name + ": " + String.join(" ", group.members())));
    }

    /** @return whether the group's list had the user; a user's own group has no such list */
    public synchronized boolean removeMember(String group, String user) {
        Group found = groups.get(group);
        return found != null && !group.equals(user) && found.members().remove(user);
    }
}
