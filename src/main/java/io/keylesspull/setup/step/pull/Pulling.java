package io.keylesspull.setup.step.pull;

import io.keylesspull.remote.CommandResult;
import io.keylesspull.setup.step.Cause;

/** How far a part of a target is with the image, such as a node pool of a cluster. */
public sealed interface Pulling {

    /** @param digest {@code sha256:…} */
    record Pulled(String digest) implements Pulling {}

    /** The pull failed; the part tries again by itself. @param cause why @param said by what pulls */
    record Refused(Cause cause, String said) implements Pulling {

        /** @param said by what pulls, of this one pull */
        public static Refused of(String said) {
            return new Refused(Cause.of(new CommandResult(1, "", said, false)), said);
        }
    }

    /** Nothing is known yet. @param said so far; may be empty */
    record Waiting(String said) implements Pulling {}

    /** The part cannot begin. @param said in the words of what hinders it */
    record Unscheduled(String said) implements Pulling {}
}
