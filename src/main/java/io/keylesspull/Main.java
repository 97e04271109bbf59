package io.keylesspull;

import io.keylesspull.app.Program;

/** The program's entry point. Not a JavaFX application, so that unattended runs never start JavaFX. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(Program.run(args));
    }
}
