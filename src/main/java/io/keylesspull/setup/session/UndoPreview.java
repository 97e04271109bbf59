package io.keylesspull.setup.session;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.ResourceState;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Resources;
import io.keylesspull.engine.event.RunState.Changed;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.setup.plan.UndoList.Option;
import io.keylesspull.setup.plan.UndoList.Staying;
import io.keylesspull.setup.plan.UndoList;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.UndoChoice;
import io.keylesspull.setup.step.cloud.MadeByRun;
import io.keylesspull.setup.step.cloud.ResourceWords;
import io.keylesspull.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What undoing a run would do, by how things are in Azure now. Asks, and changes nothing. */
final class UndoPreview {

    private static final String DISK = "microsoft.compute/disks";
    private static final int NAMED = 3;

    private final String run;
    private final RunState traces;
    private final Set<String> gone;
    private final Resources resources;
    private final List<Text> goes = new ArrayList<>();
    private final List<Staying> stays = new ArrayList<>();
    private final List<String> going = new ArrayList<>();

    /** @param gone names of machines that were there before the run and are not any more */
    UndoPreview(String run, RunState traces, Set<String> gone, AzureSubscription azure) {
        this.run = run;
        this.traces = traces;
        this.gone = gone;
        this.resources = azure.resources();
    }

    UndoList list() throws AzureException, InterruptedException {
        List<RunState.Resource> made = traces.resources();
        // In the order in which they go: what was made last goes first.
        for (int i = made.size() - 1; i >= 0; i--) {
            look(made.get(i).id());
        }
        List<Option> asked = new ArrayList<>();
        Map<UndoChoice, Set<String>> choices = new LinkedHashMap<>();
        gone.forEach(machine -> goes.add(Text.of("setup.undo.goneMachine", machine)));
        for (Changed changed : traces.changes()) {
            if (changed.machine().filter(gone::contains).isPresent()) {
                continue;
            }
            Optional<ChangeKind> kind = ChangeKind.of(changed.change());
            if (kind.isEmpty()) {
                stays.add(new Staying(Text.of("setup.undo.change", changed.change().subject()),
                        Text.of("setup.undo.unknown")));
            } else if (changed.machine().isEmpty()) {
                shared(changed);
            } else if (!new MadeByRun(traces).machine(changed.machine().get())) {
                onMachine(changed, kind.get(), choices);
            }
        }
        choices.forEach((choice, subjects) -> asked.add(new Option(choice, List.copyOf(subjects))));
        return new UndoList(goes, asked, stays);
    }

    private void look(String id) throws AzureException, InterruptedException {
        Optional<ResourceState> state = resources.find(id);
        if (state.isEmpty()) {
            return;
        }
        Text what = ResourceWords.of(id);
        if (!state.get().run().equals(Optional.of(run))) {
            stays.add(new Staying(what, Text.of("setup.undo.notOurs")));
            return;
        }
        List<String> others = resources.in(id).stream()
                .filter(inside -> going.stream().noneMatch(inside::equalsIgnoreCase))
                .filter(inside -> !goesWithMachine(inside)).toList();
        if (!others.isEmpty()) {
            String names = others.stream().limit(NAMED).map(Resources::name).collect(Collectors.joining(", "));
            stays.add(new Staying(what, Text.of("setup.undo.notEmpty", others.size() > NAMED ? names + ", …" : names)));
            return;
        }
        goes.add(what);
        going.add(id);
    }

    /** The disk of a machine that was made here goes with it, and bears its name. */
    private boolean goesWithMachine(String id) {
        String name = Resources.name(id).toLowerCase(Locale.ROOT);
        return Resources.type(id).equals(DISK) && names(MadeByRun.MACHINE, going)
                .anyMatch(machine -> name.startsWith(machine.toLowerCase(Locale.ROOT) + "_"));
    }

    private static Stream<String> names(String type, List<String> ids) {
        return ids.stream().filter(id -> Resources.type(id).equals(type)).map(Resources::name);
    }

    private void shared(Changed changed) {
        String subject = changed.change().subject();
        // Where the registry goes, all in it goes.
        if (!new MadeByRun(traces).registry()) {
            goes.add(Text.of("setup.undo.importedImage", subject));
        }
    }

    private void onMachine(Changed changed, ChangeKind kind, Map<UndoChoice, Set<String>> choices) {
        String machine = changed.machine().orElseThrow();
        Optional<UndoChoice> choice = kind.choice(machine);
        if (choice.isPresent()) {
            choices.computeIfAbsent(choice.get(), key -> new LinkedHashSet<>()).add(kind.shown(changed.change()));
        } else {
            goes.add(0, Text.of("setup.undo.identity", machine));
        }
    }
}
