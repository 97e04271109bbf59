package io.keylesspull.setup.plan;

import io.keylesspull.text.Alike;
import io.keylesspull.text.Text;
import java.util.List;

/** Many things in few lines: of those that are alike the first, how many more there are, and the last. */
public final class Together {

    private Together() {}

    /** Each line for one, or for more than {@link Alike#FEW} that are alike. */
    public static List<Text> of(List<Text> all) {
        return Alike.groups(all, what -> what).stream().map(Together::one).toList();
    }

    /** In one line. @param alike at least one */
    public static Text one(List<Text> alike) {
        return alike.size() == 1 ? alike.get(0) : several(alike);
    }

    /** In one line. @param alike at least two, as texts or as they are called */
    public static Text several(List<?> alike) {
        return Text.of("setup.alike", alike.get(0), String.valueOf(alike.size() - 1), alike.get(alike.size() - 1));
    }
}
