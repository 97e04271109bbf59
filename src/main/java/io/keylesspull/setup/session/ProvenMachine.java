package io.keylesspull.setup.session;

import io.keylesspull.text.Text;
import java.util.List;

/**
 * A machine on which a pull was proven.
 *
 * @param name with its resource group where another machine of the run has the same name
 * @param way by which it was reached
 * @param ssh the command that opens a session on it
 * @param sshArguments the same as a program and its arguments; empty if it is not {@code ssh}
 * @param sshNotes why that command does not work as it is; empty if it does
 * @param image what was pulled, such as {@code contoso.azurecr.io/aci-helloworld:v1}
 * @param digest the same on the machine and in the registry
 * @param pullCommand what to type there to pull it again
 */
public record ProvenMachine(
        String name,
        Text way,
        String ssh,
        List<String> sshArguments,
        List<Text> sshNotes,
        String image,
        String digest,
        String pullCommand) {

    public ProvenMachine {
        sshArguments = List.copyOf(sshArguments);
        sshNotes = List.copyOf(sshNotes);
    }
}
