package io.keylesspull.practice.machine.state;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The files of one machine: absolute path to content, owner and mode. Only files that some command uses exist. */
public final class FileTree {

    public record Node(byte[] content, String owner, int mode, boolean directory) {

        Node withMode(int newMode) {
            return new Node(content, owner, newMode, directory);
        }

        public boolean readableBy(UnixAccount user) {
            return user.isRoot() || (mode & (owner.equals(user.name()) ? 0400 : 04)) != 0;
        }

        public boolean writableBy(UnixAccount user) {
            return user.isRoot() || (mode & (owner.equals(user.name()) ? 0200 : 02)) != 0;
        }

        public boolean executableBy(UnixAccount user) {
            return (mode & (user.isRoot() ? 0111 : owner.equals(user.name()) ? 0100 : 01)) != 0;
        }
    }

    private final Map<String, Node> nodes = new TreeMap<>();
    /** Makes the files below a directory; null once it has. */
    private @Nullable Runnable maker;

    private String made = "";

    FileTree() {
        for (String path : List.of(
                "/",
                "/bin",
                "/boot",
                "/dev",
                "/etc",
                "/etc/apt",
                "/etc/apt/sources.list.d",
                "/etc/cloud",
                "/etc/ssh",
                "/etc/sudoers.d",
                "/home",
                "/opt",
                "/proc",
                "/root",
                "/run",
                "/sys",
                "/usr",
                "/usr/bin",
                "/usr/local",
                "/usr/local/bin",
                "/usr/local/sbin",
                "/usr/sbin",
                "/usr/share",
                "/usr/share/keyrings",
                "/var",
                "/var/lib",
                "/var/log")) {
            nodes.put(path, new Node(new byte[0], "root", path.equals("/root") ? 0700 : 0755, true));
        }
        nodes.put("/tmp", new Node(new byte[0], "root", 01777, true));
    }

    /** An absolute path without {@code .}, {@code ..} and doubled slashes. */
    public static String absolute(String directory, String path) {
        List<String> names = new ArrayList<>();
        for (String name : (path.startsWith("/") ? path : directory + "/" + path).split("/")) {
            if (name.equals("..")) {
                if (!names.isEmpty()) {
                    names.remove(names.size() - 1);
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return "/" + String.join("/", names);
    }

    public static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    /** Has files made when somebody looks for the first time. @param beginning what all their paths begin with */
    synchronized void whenLookedAt(String beginning, Runnable make) {
        made = beginning;
        maker = make;
    }

    /** @param path that somebody looks at, or the beginning of several */
    private void lookAt(String path) {
        Runnable make = maker;
        if (make != null && (path.startsWith(made) || made.startsWith(path))) {
            maker = null;
            make.run();
        }
    }

    public synchronized Optional<Node> node(String path) {
        if (path.startsWith(made)) {
            lookAt(path);
        }
        return Optional.ofNullable(nodes.get(path));
    }

    /** Whether that user may traverse every directory on the path. */
    public synchronized boolean reachableBy(UnixAccount user, String path) {
        for (String at = path; !at.equals("/"); at = parent(at)) {
            Node directory = nodes.get(parent(at));
            if (directory != null && !(directory.directory() && (user.isRoot() || directory.executableBy(user)))) {
                return false;
            }
        }
        return true;
    }

    /** Whether that user may put another file in the place of one, or remove it: a sticky directory protects it. */
    public synchronized boolean replaceableBy(UnixAccount user, String path) {
        Node directory = nodes.get(parent(path));
        Node file = nodes.get(path);
        if (directory == null || !reachableBy(user, path) || !directory.writableBy(user)) {
            return false;
        }
        boolean sticky = (directory.mode() & 01000) != 0;
        return !sticky
                || user.isRoot()
                || file == null
                || file.owner().equals(user.name())
                || directory.owner().equals(user.name());
    }

    /** What that user can see there; empty if there is nothing, or a directory on the path is closed. */
    public Optional<Node> visible(UnixAccount user, String path) {
        return reachableBy(user, path) ? node(path) : Optional.empty();
    }

    public Optional<String> text(String path) {
        return node(path).filter(n -> !n.directory()).map(n -> new String(n.content(), StandardCharsets.UTF_8));
    }

    public synchronized void put(String path, byte[] content, String owner, int mode) {
        nodes.put(path, new Node(content.clone(), owner, mode, false));
    }

    public void put(String path, String content) {
        put(path, content.getBytes(StandardCharsets.UTF_8), "root", 0644);
    }

    public synchronized void makeDirectory(String path, String owner, int mode) {
        nodes.putIfAbsent(path, new Node(new byte[0], owner, mode, true));
    }

    public synchronized void changeMode(String path, int mode) {
        nodes.computeIfPresent(path, (p, node) -> node.withMode(mode));
    }

    public synchronized void remove(String path) {
        nodes.remove(path);
        nodes.keySet().removeIf(p -> p.startsWith(path + "/"));
    }

    /** The names in a directory, in order. */
    public synchronized List<String> children(String directory) {
        lookAt(directory);
        String prefix = directory.equals("/") ? "/" : directory + "/";
        return nodes.keySet().stream()
                .filter(p -> p.length() > prefix.length() && p.startsWith(prefix))
                .map(p -> p.substring(prefix.length()))
                .filter(name -> !name.contains("/"))
                .toList();
    }

    public synchronized void inventory(Consumer<String> line) {
        lookAt("/");
        nodes.forEach((path, node) -> line.accept((node.directory() ? "directory " : "file ") + path
                + " " + node.owner() + " " + Integer.toOctalString(node.mode())
                + (node.directory() ? "" : " " + new String(node.content(), StandardCharsets.UTF_8))));
    }

    /** The paths that match a pattern with {@code *} and {@code ?}; wildcards do not match a slash. */
    public synchronized List<String> matching(String pattern) {
        lookAt(pattern.replaceFirst("[*?].*", ""));
        StringBuilder regex = new StringBuilder();
        for (char c : pattern.toCharArray()) {
            regex.append(c == '*' ? "[^/]*" : c == '?' ? "[^/]" : Pattern.quote(String.valueOf(c)));
        }
        Pattern compiled = Pattern.compile(regex.toString());
        return nodes.keySet().stream()
                .filter(p -> compiled.matcher(p).matches())
                .toList();
    }

    /**
     * Writes a file with that user's permissions.
     *
     * @return the error in the words of {@code strerror}; empty on success
     */
    public synchronized Optional<String> write(UnixAccount user, String path, byte[] content, boolean append) {
        Node old = nodes.get(path);
        Node directory = nodes.get(parent(path));
        if (path.startsWith("/dev/")) {
            return Optional.empty();
        }
        if (!reachableBy(user, path)) {
            return Optional.of("Permission denied");
        }
        if (directory == null || !directory.directory()) {
            return Optional.of("No such file or directory");
        }
        if (old != null && old.directory()) {
            return Optional.of("Is a directory");
        }
        if (!(old == null ? directory : old).writableBy(user)) {
            return Optional.of("Permission denied");
        }
        byte[] all = content;
        if (append && old != null) {
            all = Arrays.copyOf(old.content(), old.content().length + content.length);
            System.arraycopy(content, 0, all, old.content().length, content.length);
        }
        put(path, all, old == null ? user.name() : old.owner(), old == null ? 0644 : old.mode());
        return Optional.empty();
    }
}
