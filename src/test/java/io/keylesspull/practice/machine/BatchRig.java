package io.keylesspull.practice.machine;

import io.keylesspull.practice.clock.Pace;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A practice machine on which root runs scripts, as Azure's Run Command does. */
public final class BatchRig implements AutoCloseable {

    public static final String CLIENT_ID = Rig.CLIENT_ID;
    public static final String IDENTITY = Rig.IDENTITY;
    public static final String REGISTRY = Rig.REGISTRY;

    private final Rig rig;
    private String errors = "";

    /** @param packages that are installed */
    public BatchRig(String release, Set<String> packages) {
        rig = new Rig(Pace.INSTANT, release, packages);
    }

    /** The machine has the identity, and that its role. */
    public void ready() {
        rig.attachIdentity();
        rig.allow("pull/read");
    }

    /** @return what it writes */
    public String run(String script) {
        try {
            Hypervisor.CommandOutput ended = rig.machines.runScript(
                    Rig.VM, new Hypervisor.Script(script, Map.of(), List.of(), Optional.empty(), Optional.empty()));
            errors = ended.stderr();
            return ended.stdout();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the last script complained of. */
    public String errors() {
        return errors;
    }

    public String file(String path) {
        return rig.machine().state().files().text(path).orElseThrow();
    }

    /** The user's Docker has a configuration. */
    public void configure(String text) {
        run("runuser azureuser -c 'mkdir .docker'\nprintf '%s' '" + text
                + "' | runuser azureuser -c 'tee .docker/config.json'");
    }

    /** An installation was cut off. */
    public void interruptDpkg() {
        rig.machine().state().packages().interrupted(true);
    }

    @Override
    public void close() {
        rig.close();
    }
}
