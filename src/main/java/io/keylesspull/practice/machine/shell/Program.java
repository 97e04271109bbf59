package io.keylesspull.practice.machine.shell;

import java.io.IOException;

/** A command that a practice machine knows. */
@FunctionalInterface
public interface Program {

    /**
     * @return the exit status
     * @throws InterruptedException where whoever waited for it has gone
     */
    int run(Call call) throws IOException, InterruptedException;
}
