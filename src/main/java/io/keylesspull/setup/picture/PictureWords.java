package io.keylesspull.setup.picture;

import io.keylesspull.setup.picture.Part.Detail;
import io.keylesspull.setup.picture.Part.Origin;
import io.keylesspull.setup.picture.Picture.Row;
import io.keylesspull.text.Texts;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a picture says, in words. */
public final class PictureWords {

    /** More names than this are counted. */
    private static final int NAMED = 3;

    private static final List<State> IN_ORDER =
            List.of(State.PROVEN, State.FAILED, State.THERE, State.WORKING, State.PLANNED, State.STOPPED);

    private final Texts texts;

    public PictureWords(Texts texts) {
        this.texts = texts;
    }

    /** What a part is; of a scale set, how many instances it has. */
    public String title(Part part) {
        return part.details().stream()
                .filter(detail -> detail.label() == Part.Label.INSTANCES)
                .findFirst()
                .map(instances -> text("targets." + part.kind(), Integer.parseInt(instances.value())))
                .orElseGet(() -> text("kind." + part.kind()));
    }

    /** What the targets of a row are, and how many. */
    public String title(Row row) {
        return row.targets().size() == 1
                ? title(row.targets().get(0))
                : text("targets." + row.kind(), row.targets().size());
    }

    /** Their names, the first of many. */
    public String names(Row row) {
        List<String> names = row.targets().stream().map(Part::name).toList();
        String first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() > NAMED ? text("more", first, names.size() - NAMED) : first;
    }

    /** The name of a part, or whose it is if it has none. @param targets whose part it may be */
    public String name(Part part, int targets) {
        return part.name().isEmpty() ? text("own." + part.kind(), targets) : part.name();
    }

    private String origin(Origin origin) {
        return origin == Origin.UNKNOWN ? "" : text("origin." + origin);
    }

    public String state(State state) {
        return text("state." + state);
    }

    /** Whether a part is new, and how far it is. What exists, and was not looked at yet, is not planned. */
    public String said(Part part) {
        String origin = origin(part.origin());
        if (origin.isEmpty()) {
            return state(part.state());
        }
        return part.state() == State.PLANNED ? origin : text("said", origin, state(part.state()));
    }

    /** How many targets have got how far, such as "812 pulled, 3 failed, 185 waiting"; in this order. */
    public Map<State, String> counts(Row row) {
        Map<State, Integer> counts = row.counts();
        Map<State, String> words = new LinkedHashMap<>();
        for (State state : IN_ORDER) {
            int count = counts.getOrDefault(state, 0);
            if (count > 0) {
                words.put(state, text("count." + state, count));
            }
        }
        return words;
    }

    /** Several of them in one line. */
    public String listed(Collection<String> words) {
        return String.join(text("and"), words);
    }

    /** From the targets to their identity. */
    public String uses() {
        return text("uses");
    }

    /** From the identity to the registry. */
    public String holds(Part role) {
        return text("holds", role.name());
    }

    /** From the registry to the image. */
    public String contains() {
        return text("contains");
    }

    /** From the image to the targets. */
    public String pulled(Picture picture) {
        return picture.digest().map(digest -> text("pulled", digest)).orElseGet(() -> text("pull"));
    }

    public String label(Detail detail) {
        return text("detail." + detail.label());
    }

    private String text(String key, Object... arguments) {
        return texts.render("setup.picture." + key, arguments);
    }
}
