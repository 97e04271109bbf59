package io.keylesspull.setup.step;

import io.keylesspull.setup.step.Script.Piece.Text;
import io.keylesspull.setup.step.Script.Piece.Variable;
import java.util.List;
import java.util.Optional;

/** What the steps do on one machine, for that machine itself: the lines for this computer are left out. */
public abstract class MachineLines extends Script {

    /** A line as one argument of a command of the machine's shell, which has the variables. */
    protected static String argument(List<Piece> line) {
        StringBuilder argument = new StringBuilder();
        for (Piece piece : line) {
            if (piece instanceof Variable variable) {
                argument.append("\"$").append(variable.name()).append('"');
            } else {
                argument.append(quoted(((Text) piece).text()));
            }
        }
        return argument.toString();
    }

    protected static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    @Override
    public void run(List<Piece> words) {
        dropComments();
    }

    @Override
    public void keep(String variable, String... argv) {
        dropComments();
    }

    @Override
    public final void require(String variable, String words) {
        dropComments();
    }

    @Override
    public final void runUnless(String said, String says, String... argv) {
        dropComments();
    }

    @Override
    public final void write(String file, List<String> text) {
        dropComments();
    }

    @Override
    public final void writeFilled(String file, String text) {
        dropComments();
    }

    @Override
    public final void overSsh(List<String> argv, String user, boolean dockerBySudo) {
        dropComments();
    }

    @Override
    public final void byRunCommand(String group, String machine, String user, boolean dockerBySudo) {
        dropComments();
    }

    /** Only a proof needs it, which compares with what the registry tells another computer. */
    @Override
    public final void keepRemote(String variable, List<Piece> line) {
        dropComments();
    }

    @Override
    public final void keepDigests(String variable, int times, List<String> argv, List<String> between) {
        dropComments();
    }

    @Override
    public final void keepFirst(String variable, String of) {
        dropComments();
    }

    @Override
    public final void awaitNothing(List<String> argv, String stays) {
        dropComments();
    }

    @Override
    public final void proveInstances(Instances instances, Optional<String> digest) {
        dropComments();
    }

    @Override
    public final void compare(String where, String pulled, String digest) {
        dropComments();
    }
}
