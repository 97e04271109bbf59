package io.keylesspull.setup.plan;

import io.keylesspull.engine.event.RunState;
import io.keylesspull.engine.event.RunState.Changed;
import io.keylesspull.engine.event.StepId;
import io.keylesspull.setup.step.ChangeKind;
import io.keylesspull.setup.step.UndoChoice;
import io.keylesspull.setup.step.UndoChoice.What;
import io.keylesspull.setup.step.cloud.MadeByRun;
import io.keylesspull.text.Alike;
import io.keylesspull.text.Text;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What undoing a run would do in the present state.
 *
 * @param goes what is deleted or undone
 * @param asked what is undone only if it is chosen
 * @param stays what the run left behind and undo leaves alone
 */
public record UndoList(List<Text> goes, List<Option> asked, List<Staying> stays) {

    public UndoList {
        goes = List.copyOf(goes);
        asked = List.copyOf(asked);
        stays = List.copyOf(stays);
    }

    /** @param subjects the packages, images, groups… concerned */
    public record Option(UndoChoice choice, List<String> subjects) {

        /** Stands for those that are not named. */
        private static final String OTHERS = "…";

        /** What a script may have changed of which the result was not read. */
        private static final List<What> UNREAD = List.of(
                What.PULLED_IMAGES, What.CREDENTIAL_HELPER, What.SIGN_INS, What.GROUPS, What.SERVICES, What.PACKAGES);

        /** The questions about what a run left, in its order. @param gone names of machines that no longer exist */
        static List<Option> of(RunState left, Set<String> gone) {
            MadeByRun made = new MadeByRun(left);
            Map<UndoChoice, Set<String>> asked = new LinkedHashMap<>();
            for (Changed changed : left.changes()) {
                Optional<ChangeKind> kind = ChangeKind.of(changed.change());
                Optional<String> machine = changed.machine().filter(one -> !gone.contains(one) && !made.machine(one));
                if (ChangeKind.UNREAD_SCRIPT.is(changed.change())) {
                    machine.ifPresent(one -> UNREAD.forEach(
                            what -> asked.computeIfAbsent(new UndoChoice(one, what), any -> new LinkedHashSet<>())
                                    .add(OTHERS)));
                }
                machine.flatMap(one -> kind.flatMap(known -> known.choice(one)))
                        .ifPresent(choice -> asked.computeIfAbsent(choice, any -> new LinkedHashSet<>())
                                .add(kind.orElseThrow().shown(changed.change())));
            }
            return asked.entrySet().stream()
                    .map(choice -> new Option(choice.getKey(), List.copyOf(choice.getValue())))
                    .toList();
        }

        /** The choice as text. */
        public Text what() {
            return what(choice.machine());
        }

        private Text what(Object machines) {
            return Text.of(
                    "setup.undo.choice." + choice.what().name(),
                    machines,
                    subjects.equals(List.of(OTHERS))
                            ? Text.of("setup.undo.choice.unknown")
                            : String.join(", ", subjects));
        }
    }

    /** @param step the step of the undo that checks it again; empty if none does */
    public record Staying(Text what, Text why, Optional<StepId> step) {

        /** What stays, and why. */
        public Text words() {
            return Text.of("setup.undo.staying", what, why);
        }
    }

    /**
     * One question about all that is undone only if it is chosen.
     *
     * @param choices what a yes chooses
     */
    public record Question(Text what, Set<UndoChoice> choices) {

        public Question {
            choices = Set.copyOf(choices);
        }

        /** As many as a person can answer: of many machines one for each kind, in the order of undoing. */
        public static List<Question> of(List<Option> asked) {
            if (asked.stream()
                            .map(option -> option.choice().machine())
                            .distinct()
                            .count()
                    <= Alike.FEW) {
                return asked.stream()
                        .map(option -> new Question(option.what(), Set.of(option.choice())))
                        .toList();
            }
            Map<What, List<Option>> byKind = new EnumMap<>(What.class);
            asked.forEach(option -> byKind.computeIfAbsent(option.choice().what(), any -> new ArrayList<>())
                    .add(option));
            return byKind.values().stream().map(UndoList::ofMany).toList();
        }
    }

    /** What is asked, in few questions. */
    public List<Question> questions() {
        return Question.of(asked);
    }

    private static Question ofMany(List<Option> options) {
        List<UndoChoice> choices = options.stream().map(Option::choice).toList();
        List<String> subjects = options.stream()
                .flatMap(option -> option.subjects().stream())
                .distinct()
                .toList();
        Option whole = new Option(
                choices.get(0),
                subjects.size() > Alike.FEW
                        ? Stream.concat(subjects.stream().limit(Alike.FEW), Stream.of(Option.OTHERS))
                                .toList()
                        : subjects);
        List<String> names = choices.stream().map(UndoChoice::machine).sorted().toList();
        Object machines = names.size() == 1
                ? names.get(0)
                : Text.of(
                        "setup.undo.machines", String.valueOf(names.size()), names.get(0), names.get(names.size() - 1));
        return new Question(whole.what(machines), new LinkedHashSet<>(choices));
    }

    /** Whether there is nothing to undo. */
    public boolean isEmpty() {
        return goes.isEmpty() && asked.isEmpty();
    }
}
