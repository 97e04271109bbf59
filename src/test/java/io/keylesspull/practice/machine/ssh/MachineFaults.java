package io.keylesspull.practice.machine.ssh;

import io.keylesspull.practice.fault.Fault;
import io.keylesspull.practice.fault.Occasions;
import io.keylesspull.practice.fault.Rules;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Faults of machines and of SSH connections, on demand. Machines are named as in their resource id, without regard to
 * case, and need not exist yet; {@link #ANY} stands for all of them. Safe for use by many threads.
 */
public final class MachineFaults implements SshHook {

    /** Every machine there is. */
    public static final String ANY = "*";

    private final Rules<String, SshFault> refusals = new Rules<>();
    private final Rules<String, SshFault> connections = new Rules<>();
    private final Rules<Typed, CommandHook> commands = new Rules<>();
    private final Rules<Typed, Runnable> acts = new Rules<>();

    private record Typed(String machine, String line) {}

    /** Makes SSH connections to a machine fail. */
    public Fault ssh(String machine, Occasions when, SshFault what) {
        return (what == SshFault.REFUSED ? refusals : connections).add(named(machine), when, what);
    }

    /** Makes a command fail that comes by SSH. @param line regular expression, found anywhere in the command line */
    public Fault command(String machine, String line, Occasions when, CommandHook what) {
        return commands.add(typed(machine, line), when, what);
    }

    /** Runs something just before a command that comes by SSH. @param line as for {@link #command} */
    public Fault beforeCommand(String machine, String line, Occasions when, Runnable act) {
        return acts.add(typed(machine, line), when, act);
    }

    private static Predicate<String> named(String machine) {
        return name -> machine.equals(ANY) || machine.equalsIgnoreCase(name);
    }

    private static Predicate<Typed> typed(String machine, String line) {
        Pattern pattern = Pattern.compile(line);
        return typed -> named(machine).test(typed.machine)
                && pattern.matcher(typed.line).find();
    }

    @Override
    public boolean refuses(String machine) {
        return refusals.strike(machine).isPresent();
    }

    @Override
    public Optional<SshFault> connected(String machine) {
        return connections.strike(machine);
    }

    @Override
    public Optional<CommandHook> command(String machine, String line) {
        Typed typed = new Typed(machine, line);
        acts.strike(typed).ifPresent(Runnable::run);
        return commands.strike(typed);
    }
}
