package io.keylesspull.setup.plan;

import io.keylesspull.azure.resource.Resources;
import io.keylesspull.engine.event.RunState;
import io.keylesspull.engine.event.RunState.Changed;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.cloud.DeleteImageStep;
import io.keylesspull.setup.step.cloud.DetachIdentityStep;
import io.keylesspull.setup.step.cloud.MadeByRun;
import io.keylesspull.setup.step.cluster.RemoveNamespaceStep;
import io.keylesspull.setup.step.connect.ClearFolderStep;
import io.keylesspull.setup.step.connect.RemoveKeyStep;
import io.keylesspull.text.Alike;
import io.keylesspull.text.Text;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a run left behind by its journal, in the words of {@link UndoList}. Azure is not asked.
 *
 * @param resources ids of the resources that it made, or began to
 * @param unasked what it changed that was there before, and undo does not ask about; changes on machines and in a
 *     registry that it made are not named, because they go with them
 * @param asked the same that undo asks about
 */
public record LeftBehind(List<String> resources, List<Text> unasked, List<UndoList.Option> asked) {

    private static final String DEPLOYMENT = "microsoft.resources/deployments";

    public LeftBehind {
        resources = List.copyOf(resources);
        unasked = List.copyOf(unasked);
        asked = List.copyOf(asked);
    }

    public static LeftBehind of(RunState left) {
        return new LeftBehind(
                left.resources().stream().map(RunState.Resource::id).toList(),
                unasked(left),
                UndoList.Option.of(left, Set.of()));
    }

    /** All changes, one by one. */
    public List<Text> changes() {
        return Stream.concat(unasked.stream(), asked.stream().map(UndoList.Option::what))
                .toList();
    }

    /** All changes in few lines, as the list before an undo has them. */
    public List<Text> changesTogether() {
        return Stream.concat(
                        Alike.groups(unasked, what -> what).stream().map(LeftBehind::inOrder),
                        UndoList.Question.of(asked).stream().map(UndoList.Question::what))
                .toList();
    }

    /**
     * The names of deployments that Azure may still be carrying out: of each it is not known that all was made, and
     * nothing stops it but undo.
     */
    public static List<String> deploying(RunState left) {
        if (left.resources().stream().allMatch(RunState.Resource::sure)) {
            return List.of();
        }
        return left.resources().stream()
                .map(RunState.Resource::id)
                .filter(id -> Resources.type(id).equals(DEPLOYMENT))
                .map(Resources::name)
                .toList();
    }

    /** All resources in few lines: those of one type together, if there are many. */
    public List<List<String>> resourcesTogether() {
        return Alike.byKind(resources, Resources::type).stream()
                .map(ids -> ids.stream().sorted().toList())
                .toList();
    }

    /** By their names: a run leaves them in no order. */
    private static Text inOrder(List<Text> alike) {
        return Together.one(alike.stream()
                .sorted(Comparator.comparing(what -> what.arguments().toString()))
                .toList());
    }

    public boolean isEmpty() {
        return resources.isEmpty() && unasked.isEmpty() && asked.isEmpty();
    }

    /** The names of machines that were there before the run and that it changed. */
    public static List<String> changedMachines(RunState left) {
        MadeByRun made = new MadeByRun(left);
        return left.changes().stream()
                .flatMap(changed -> changed.machine().stream())
                .distinct()
                .filter(machine -> !made.machine(machine))
                .toList();
    }

    private static List<Text> unasked(RunState left) {
        MadeByRun made = new MadeByRun(left);
        Set<Text> words = new LinkedHashSet<>();
        for (Changed changed : left.changes()) {
            if (changed.machine().filter(made::machine).isEmpty()) {
                unasked(changed, made).ifPresent(words::add);
            }
        }
        return List.copyOf(words);
    }

    /** What undo takes back, or leaves, without asking; empty for anything else. */
    private static Optional<Text> unasked(Changed changed, MadeByRun made) {
        String subject = changed.change().subject();
        Optional<ChangeKind> kind = ChangeKind.of(changed.change());
        if (kind.isEmpty()) {
            return Optional.of(Text.of("setup.undo.change", subject));
        }
        return switch (kind.get()) {
            case IDENTITY -> changed.machine().map(DetachIdentityStep::words);
            case AUTHORIZED_KEY, KEY_FILE, KEY_FOLDER -> changed.machine().map(RemoveKeyStep::words);
            case SCRIPT_FOLDER -> changed.machine().map(ClearFolderStep::words);
            case UNREAD_SCRIPT -> changed.machine().map(machine -> Text.of("setup.undo.unreadScript", machine));
            case CLUSTER_NAMESPACE -> changed.machine().map(RemoveNamespaceStep::words);
            case IMPORTED_IMAGE -> made.registry() ? Optional.empty() : Optional.of(DeleteImageStep.words(subject));
            case PROVIDER -> Optional.of(Text.of("setup.undo.provider", subject));
            default -> Optional.empty();
        };
    }
}
