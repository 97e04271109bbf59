package io.keylesspull.setup.step;

import io.keylesspull.text.Text;
import java.util.Optional;

/**
 * What a step would do in the present state.
 *
 * @param what the object of the action
 * @param why for {@link Kind#LEAVE} alone: why it is left alone
 */
public record Preview(Kind kind, Text what, Optional<Text> why) {

    /** Each matches the outcome that the step reports after it has run. */
    public enum Kind {
        CREATE,
        CHANGE,
        /** Created or changed if necessary, which can only be seen on the machine. */
        IF_MISSING,
        /** It exists and is not changed. */
        KEEP,
        DELETE,
        /** Undoing the run would not delete it. */
        LEAVE,
        /** The step only looks, or prepares what another step does: not listed. */
        NOTHING
    }

    private static final Preview NOTHING = new Preview(Kind.NOTHING, Text.of("setup.change.nothing"));

    private Preview(Kind kind, Text what) {
        this(kind, what, Optional.empty());
    }

    public static Preview create(Text what) {
        return new Preview(Kind.CREATE, what);
    }

    public static Preview change(Text what) {
        return new Preview(Kind.CHANGE, what);
    }

    public static Preview ifMissing(Text what) {
        return new Preview(Kind.IF_MISSING, what);
    }

    public static Preview keep(Text what) {
        return new Preview(Kind.KEEP, what);
    }

    /** @param there whether it exists */
    public static Preview keepOrCreate(boolean there, Text what) {
        return there ? keep(what) : create(what);
    }

    public static Preview delete(Text what) {
        return new Preview(Kind.DELETE, what);
    }

    public static Preview leave(Text what, Text why) {
        return new Preview(Kind.LEAVE, what, Optional.of(why));
    }

    public static Preview nothing() {
        return NOTHING;
    }
}
