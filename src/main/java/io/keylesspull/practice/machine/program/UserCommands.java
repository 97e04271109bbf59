package io.keylesspull.practice.machine.program;

import io.keylesspull.practice.machine.shell.MachineProgram;
import io.keylesspull.practice.machine.shell.ProgramCall;
import io.keylesspull.practice.machine.shell.Shell;
import io.keylesspull.practice.machine.state.FileTree;
import io.keylesspull.practice.machine.state.UnixAccount;
import io.keylesspull.practice.machine.state.UnixAccounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Commands about users and groups, and {@code sudo}. */
final class UserCommands {

    private UserCommands() {}

    static void addTo(Map<String, MachineProgram> programs) {
        programs.put("whoami", call -> {
            call.out().line(call.user().name());
            return 0;
        });
        programs.put("id", UserCommands::id);
        programs.put("groups", call -> {
            call.out().line(String.join(" ", names(call, call.user())));
            return 0;
        });
        programs.put("usermod", UserCommands::usermod);
        programs.put("gpasswd", UserCommands::gpasswd);
        programs.put("sudo", UserCommands::sudo);
        programs.put("runuser", UserCommands::runuser);
        programs.put("getent", UserCommands::getent);
    }

    private static int id(ProgramCall call) throws IOException {
        List<String> users =
                call.args().stream().filter(a -> !a.startsWith("-")).toList();
        UnixAccount account = call.user();
        if (!users.isEmpty()) {
            Optional<UnixAccount> other = call.machine().accounts().session(users.get(0));
            if (other.isEmpty()) {
                return call.fail(1, "id: ‘" + users.get(0) + "’: no such user");
            }
            account = other.get();
        }
        Set<Character> options = new HashSet<>();
        call.args().stream()
                .filter(a -> a.startsWith("-"))
                .flatMapToInt(String::chars)
                .forEach(c -> options.add((char) c));
        UnixAccounts accounts = call.machine().accounts();
        boolean byName = options.contains('n');
        if (options.contains('G')) {
            call.out()
                    .line(String.join(
                            " ",
                            names(call, account).stream()
                                    .map(g -> byName ? g : String.valueOf(accounts.groupId(g)))
                                    .toList()));
        } else if (options.contains('u')) {
            call.out().line(byName ? account.name() : String.valueOf(accounts.userId(account.name())));
        } else if (options.contains('g')) {
            call.out().line(byName ? account.name() : String.valueOf(accounts.groupId(account.name())));
        } else {
            List<String> groups = names(call, account).stream()
                    .map(g -> accounts.groupId(g) + "(" + g + ")")
                    .toList();
            call.out()
                    .line("uid=%d(%s) gid=%d(%s) groups=%s"
                            .formatted(
                                    accounts.userId(account.name()),
                                    account.name(),
                                    accounts.groupId(account.name()),
                                    account.name(),
                                    String.join(",", groups)));
        }
        return 0;
    }

    /** The user's own group first, as in the output of {@code id}. */
    private static List<String> names(ProgramCall call, UnixAccount account) {
        List<String> names = new ArrayList<>(call.machine().accounts().ordered(account.groups()));
        if (names.remove(account.name())) {
            names.add(0, account.name());
        }
        return names;
    }

    private static int usermod(ProgramCall call) throws IOException {
        if (!call.user().isRoot()) {
            return call.fail(1, "usermod: Permission denied.\nusermod: cannot lock /etc/passwd; try again later.");
        }
        List<String> plain =
                call.args().stream().filter(a -> !a.startsWith("-")).toList();
        String options = call.args().stream()
                .filter(a -> a.startsWith("-"))
                .map(a -> a.equals("--append") ? "a" : a.equals("--groups") ? "G" : a)
                .collect(Collectors.joining());
        if (plain.size() != 2 || !options.contains("a") || !options.contains("G")) {
            return call.fail(2, "Usage: usermod [options] LOGIN");
        }
        UnixAccounts accounts = call.machine().accounts();
        if (!accounts.hasUser(plain.get(1))) {
            return call.fail(6, "usermod: user '" + plain.get(1) + "' does not exist");
        }
        for (String group : plain.get(0).split(",")) {
            if (!accounts.hasGroup(group)) {
                return call.fail(6, "usermod: group '" + group + "' does not exist");
            }
            accounts.addMember(group, plain.get(1));
        }
        return 0;
    }

    /** {@code gpasswd -d USER GROUP}, worded as in shadow 4.13. Open sessions keep the group. */
    private static int gpasswd(ProgramCall call) throws IOException {
        List<String> args = call.args();
        if (args.size() != 3 || !args.get(0).equals("-d") && !args.get(0).equals("--delete")) {
            return call.fail(2, "Usage: gpasswd [option] GROUP");
        }
        String user = args.get(1);
        String group = args.get(2);
        UnixAccounts accounts = call.machine().accounts();
        if (!accounts.hasGroup(group)) {
            return call.fail(3, "gpasswd: group '" + group + "' does not exist in /etc/group");
        }
        if (!call.user().isRoot()) {
            return call.fail(1, "gpasswd: Permission denied.");
        }
        call.out().line("Removing user " + user + " from group " + group);
        return accounts.removeMember(group, user)
                ? 0
                : call.fail(3, "gpasswd: user '" + user + "' is not a member of '" + group + "'");
    }

    private static int getent(ProgramCall call) throws IOException {
        if (call.args().size() == 2 && call.args().get(0).equals("group")) {
            String group = call.args().get(1);
            UnixAccounts accounts = call.machine().accounts();
            if (!accounts.hasGroup(group)) {
                return 2;
            }
            String admin = call.machine().spec().adminUser();
            boolean member = accounts.groupsOf(admin).contains(group) && !group.equals(admin);
            call.out().line(group + ":x:" + accounts.groupId(group) + ":" + (member ? admin : ""));
            return 0;
        }
        return call.fail(1, "Usage: getent [OPTION...] database [key ...]");
    }

    /** {@code runuser [-s SHELL] USER -c COMMAND}: a new session, with the groups that the user has now. */
    private static int runuser(ProgramCall call) throws IOException, InterruptedException {
        if (!call.user().isRoot()) {
            return call.fail(1, "runuser: may not be used by non-root users");
        }
        List<String> args = call.args();
        int at = args.size() > 2 && args.get(0).equals("-s") ? 2 : 0;
        if (args.size() != at + 3 || !args.get(at + 1).equals("-c")) {
            return call.fail(1, "Try 'runuser --help' for more information.");
        }
        Optional<UnixAccount> account = call.machine().accounts().session(args.get(at));
        if (account.isEmpty()) {
            return call.fail(
                    1,
                    "runuser: user " + args.get(at) + " does not exist or the user entry does not contain "
                            + "all the required fields");
        }
        return call.shell().run(args.get(at + 2), call.machine(), account.get(), call.in(), call.out(), call.err());
    }

    private static boolean needsNoPassword(ProgramCall call) {
        FileTree files = call.machine().files();
        return call.user().isRoot()
                || files.matching("/etc/sudoers.d/*").stream()
                        .flatMap(path -> files.text(path).stream())
                        .flatMap(String::lines)
                        .anyMatch(rule -> rule.startsWith(call.user().name() + " ") && rule.contains("NOPASSWD:"));
    }

    /** In the words of sudo 1.9.13. */
    private static String passwordNeeded(ProgramCall call) {
        if (call.machine().speaksGerman()
                && !call.env().getOrDefault("LC_ALL", "").equals("C")) {
            return "sudo: Ein Passwort ist notwendig";
        }
        return call.args().contains("-n")
                ? "sudo: a password is required"
                : "sudo: a terminal is required to read the password; either use the -S option to read from standard"
                        + " input or configure an askpass helper\nsudo: a password is required";
    }

    /** Who may use it without a password stands in {@code /etc/sudoers.d}; nobody can type one here. */
    private static int sudo(ProgramCall call) throws IOException, InterruptedException {
        String target = "root";
        boolean lists = false;
        Map<String, String> env = new HashMap<>(Map.of("SUDO_USER", call.user().name()));
        int at = 0;
        while (at < call.args().size()
                && (call.args().get(at).startsWith("-")
                        || Shell.isAssignment(call.args().get(at)))) {
            String arg = call.args().get(at++);
            if (arg.equals("-u") && at < call.args().size()) {
                target = call.args().get(at++);
            } else if (arg.startsWith("--user=")) {
                target = arg.substring("--user=".length());
            } else if (Shell.isAssignment(arg)) {
                String[] nameAndValue = arg.split("=", 2);
                env.put(nameAndValue[0], nameAndValue[1]);
            } else if (arg.equals("-l")) {
                lists = true;
            } else if (arg.equals("--")) {
                break;
            } else if (!Set.of("-n", "-E", "-H", "-S", "--non-interactive").contains(arg)) {
                return call.fail(1, "sudo: invalid option -- '" + arg.replaceFirst("^-+", "") + "'");
            }
        }
        Optional<UnixAccount> account = call.machine().accounts().session(target);
        if (account.isEmpty()) {
            return call.fail(
                    1, "sudo: unknown user " + target + "\nsudo: error initializing audit plugin sudoers_audit");
        }
        if (at == call.args().size()) {
            return call.fail(1, "usage: sudo [-ABbEHnPS] [-u user] [VAR=value] [-i | -s] [command [arg ...]]");
        }
        if (!needsNoPassword(call)) {
            return call.fail(1, passwordNeeded(call));
        }
        String name = call.args().get(at);
        Optional<MachineProgram> program = call.shell().find(call.machine(), name);
        if (program.isEmpty()) {
            return call.fail(1, "sudo: " + name + ": command not found");
        }
        if (lists) {
            call.out().line(name);
            return 0;
        }
        return program.get()
                .run(call.with(account.get(), env)
                        .with(name, call.args().subList(at + 1, call.args().size())));
    }
}
