package io.keylesspull.network;

import io.keylesspull.text.Texts;
import java.util.Locale;

/** A setting of the network is wrong: a file that cannot be read, an address that is none. */
public final class NetworkSettingsException extends Exception implements NetworkFault {

    private static final long serialVersionUID = 1;

    private final transient NetworkProblem problem;

    NetworkSettingsException(NetworkProblem problem) {
        super(new Texts(Locale.ENGLISH).render(problem.what()));
        this.problem = problem;
    }

    @Override
    public NetworkProblem problem() {
        return problem;
    }
}
