package io.keylesspull.setup.step;

import io.keylesspull.text.Text;
import java.util.Optional;

/**
 * What a step would do, by what is there now.
 *
 * @param what what it would do it to
 * @param why for {@link Kind#LEAVE} alone: why it is left alone
 */
public record Preview(Kind kind, Text what, Optional<Text> why) {

    /** Each stands for the outcome that the step reports when it has run. */
    public enum Kind {
        CREATE,
        CHANGE,
        /** Created or changed if that is necessary, which only the machine itself knows. */
        IF_MISSING,
        /** It is there already and stays as it is. */
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
