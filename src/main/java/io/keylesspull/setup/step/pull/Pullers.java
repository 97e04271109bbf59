package io.keylesspull.setup.step.pull;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.plan.NotYet;
import io.keylesspull.setup.step.Cause;
import io.keylesspull.text.Text;
import java.util.Map;
import java.util.Set;

/** A target whose parts pull the image by themselves, again and again until they have it. */
public interface Pullers {

    /** @return how far each part is, by its name; empty if no part is known yet */
    Map<String, Pulling> look() throws Failure, InterruptedException;

    /** What can pass by itself, so that it is waited for; anything else is reported at once. */
    Set<Cause.Kind> passing();

    /**
     * Called between two looks.
     *
     * @param all how far each part is; at least one has not pulled, or there is none
     * @return why it has to wait, and the problem if that never ends
     */
    NotYet wait(Map<String, Pulling> all) throws Failure, InterruptedException;

    /** In words, for the middle of a sentence. */
    Text who();

    /** Something is wrong with the pull of one part that has no words of its own. */
    Failure failed(String part, String said);

    /** @param digests what was pulled, and the registry's if it is another */
    Failure differ(String digests);
}
