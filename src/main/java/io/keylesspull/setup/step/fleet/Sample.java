package io.keylesspull.setup.step.fleet;

/**
 * How many instances of a scale set were asked for their digests. Where that is not all, they were chosen by lot.
 *
 * @param asked at least 1
 * @param of how many there are
 */
public record Sample(long asked, long of) {

    /** As {@link #toString} writes it. */
    public static Sample parse(String text) {
        int slash = text.indexOf('/');
        return new Sample(Long.parseLong(text.substring(0, slash)), Long.parseLong(text.substring(slash + 1)));
    }

    public boolean isAll() {
        return asked >= of;
    }

    @Override
    public String toString() {
        return asked + "/" + of;
    }
}
