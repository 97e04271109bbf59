package io.keylesspull.practice.machine.program.apt;

import io.keylesspull.practice.machine.shell.MachineProgram;
import io.keylesspull.practice.machine.shell.ProgramCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** {@code gpg --dearmor}, the only option that the documented steps need. */
public final class Gpg implements MachineProgram {

    @Override
    public int run(ProgramCall call) throws IOException {
        if (!call.has("--dearmor")) {
            return call.fail(2, "gpg: practice machines know --dearmor only");
        }
        String output = null;
        String input = null;
        for (int i = 0; i < call.args().size(); i++) {
            String arg = call.args().get(i);
            if ((arg.equals("-o") || arg.equals("--output"))
                    && i + 1 < call.args().size()) {
                output = call.args().get(++i);
            } else if (!arg.startsWith("-")) {
                input = arg;
            }
        }
        if (input != null && call.machine().files().text(call.path(input)).isEmpty()) {
            return call.fail(2, "gpg: can't open '" + input + "': No such file or directory");
        }
        String armored = input == null
                ? new String(call.in().readAllBytes(), StandardCharsets.UTF_8)
                : call.machine().files().text(call.path(input)).orElseThrow();
        Optional<byte[]> key = MicrosoftRepository.dearmored(armored);
        if (key.isEmpty()) {
            return call.fail(2, "gpg: no valid OpenPGP data found.\ngpg: dearmoring failed: eof");
        }
        if (output == null) {
            call.out().write(key.get());
            return 0;
        }
        if (call.machine().files().node(call.path(output)).isPresent() && !call.has("--yes")) {
            return call.fail(2, "File '" + output + "' exists. gpg: signal Interrupt caught ... exiting");
        }
        Optional<String> problem = call.machine().files().write(call.user(), call.path(output), key.get(), false);
        return problem.isEmpty()
                ? 0
                : call.fail(
                        2,
                        "gpg: can't create '" + output + "': " + problem.get() + "\ngpg: dearmoring failed: "
                                + problem.get());
    }
}
