package io.keylesspull.ui.runs;

import io.keylesspull.engine.event.RunState;
import io.keylesspull.setup.plan.LeftBehind;
import io.keylesspull.setup.plan.Together;
import io.keylesspull.setup.session.StoredRun;
import io.keylesspull.setup.step.ResourceWords;
import io.keylesspull.text.Text;
import io.keylesspull.text.Texts;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An earlier run in words. */
public final class RunTexts {

    private final Texts texts;
    private final ZoneId zone;

    /** @param zone in which times are shown */
    public RunTexts(Texts texts, ZoneId zone) {
        this.texts = texts;
        this.zone = zone;
    }

    /** Its machines, and the registry they pull from. */
    public String about(StoredRun run) {
        return run.request()
                .map(request -> {
                    List<String> machines = request.labels();
                    String first = machines.stream().findFirst().orElse("");
                    return texts.render(
                            "ui.runs.about",
                            machines.size() > 1
                                    ? texts.render("setup.picture.more", first, machines.size() - 1)
                                    : first,
                            request.registry().name());
                })
                .orElseGet(() -> texts.render("ui.runs.unread", run.id()));
    }

    public String started(StoredRun run) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(texts.locale())
                .withZone(zone)
                .format(run.started());
    }

    public String state(StoredRun run) {
        return texts.render("ui.runs.state." + run.state());
    }

    public String mode(EarlierRun earlier) {
        return texts.render(earlier.practice() ? "ui.practice.label" : "ui.runs.azure");
    }

    /** How far the last attempt got; empty for a run that needs no more. */
    public String progress(StoredRun run) {
        return switch (run.state()) {
            case UNFINISHED, UNDOING ->
                run.steps() == 0
                        ? texts.render("ui.runs.noStep")
                        : texts.render("ui.runs.steps", run.done(), run.steps());
            case PROVEN, UNDONE, DAMAGED -> "";
        };
    }

    /** How many resources it left, and on how many machines it left changes. */
    public String left(StoredRun run) {
        int resources = run.left().resources().size();
        int machines = LeftBehind.changedMachines(run.left()).size();
        if (resources == 0 && machines == 0) {
            return texts.render(
                    run.state() == StoredRun.State.DAMAGED ? "ui.runs.left.unknown" : "ui.runs.left.nothing");
        }
        return Stream.of(
                        resources == 0 ? "" : texts.render("ui.runs.left.resources", resources),
                        machines == 0 ? "" : texts.render("ui.runs.left.machines", machines))
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(texts.render("ui.runs.left.and")));
    }

    /** Everything it left, in few lines: what it made, then what it changed. */
    public List<String> leftInFull(StoredRun run) {
        List<String> ids =
                run.left().resources().stream().map(RunState.Resource::id).toList();
        List<Text> made = run.left().resources().stream()
                .map(resource -> resource.sure()
                        ? ResourceWords.of(resource.id(), ids)
                        : Text.of("ui.runs.left.unsure", ResourceWords.of(resource.id(), ids)))
                .toList();
        return Stream.concat(Together.of(made).stream(), LeftBehind.of(run.left()).changesTogether().stream())
                .map(texts::render)
                .toList();
    }
}
