package io.keylesspull.practice.machine.shell;

import io.keylesspull.practice.machine.state.FileTree;
import io.keylesspull.practice.machine.state.MachineState;
import io.keylesspull.practice.machine.state.UnixAccount;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One running program: its arguments, streams, user and machine.
 *
 * @param name how it was called
 * @param args without the name
 * @param env variables beyond the usual ones
 */
public record ProgramCall(
        MachineState machine,
        Shell shell,
        UnixAccount user,
        Map<String, String> env,
        String name,
        List<String> args,
        InputStream in,
        TextOutput out,
        TextOutput err) {

    /** The same streams and user for another program. */
    public ProgramCall with(String newName, List<String> newArgs) {
        return new ProgramCall(machine, shell, user, env, newName, List.copyOf(newArgs), in, out, err);
    }

    public ProgramCall with(UnixAccount newUser, Map<String, String> newEnv) {
        return new ProgramCall(machine, shell, newUser, Map.copyOf(newEnv), name, args, in, out, err);
    }

    public ProgramCall with(InputStream newIn, TextOutput newOut, TextOutput newErr) {
        return new ProgramCall(machine, shell, user, env, name, args, newIn, newOut, newErr);
    }

    /** Prints an error message. @return the given exit status */
    public int fail(int status, String message) throws IOException {
        err.line(message);
        return status;
    }

    public void spend(Duration inAzure) throws InterruptedException {
        machine.world().spend(inAzure);
    }

    public boolean has(String option) {
        return args.contains(option);
    }

    public String path(String given) {
        return FileTree.absolute(user.home(), given);
    }
}
