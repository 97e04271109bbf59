package io.keylesspull.setup.step.cloud;

import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.ResourceState;
import io.keylesspull.azure.resource.AzureSubscription;
import io.keylesspull.azure.resource.Resources;
import io.keylesspull.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The content of a resource group that the run created, without the resources that are deleted before the group.
 * Azure's lists may have deleted resources, so each resource is read by its id.
 */
record GroupContents(List<Held> all) {

    private static final int NAMED = 3;

    /** @param certain whether it is there and stays; otherwise it is on its way out, or may be only listed */
    record Held(String id, Origin origin, boolean certain) {}

    enum Origin {
        /** The run's journal names it. */
        JOURNAL,
        /** It has the run's mark only: the journal has lost it, or somebody copied a resource with its tags. */
        MARK,
        OTHER
    }

    GroupContents {
        all = List.copyOf(all);
    }

    /**
     * @param made ids of what the run made
     * @param going whether something is deleted before the group
     */
    static GroupContents of(String group, AzureSubscription azure, List<String> made, Predicate<String> going)
            throws AzureException, InterruptedException {
        List<Held> all = new ArrayList<>();
        for (String id : azure.resources().in(group)) {
            if (!going.test(id)) {
                held(id, azure, made).ifPresent(all::add);
            }
        }
        return new GroupContents(all);
    }

    /**
     * As each resource provider says: a group's list may not show for many minutes what somebody else has made.
     *
     * @param made ids of what the run made
     */
    static GroupContents asProvidersSay(String group, AzureSubscription azure, List<String> made)
            throws AzureException, InterruptedException {
        List<Held> all = new ArrayList<>();
        for (String id : azure.resources().inAsProvidersSay(group)) {
            held(id, azure, made).ifPresent(all::add);
        }
        return new GroupContents(all);
    }

    private static Optional<Held> held(String id, AzureSubscription azure, List<String> made)
            throws AzureException, InterruptedException {
        String whole = Resources.whole(id);
        if (!Resources.canBeFound(whole)) {
            return Optional.of(new Held(id, Origin.OTHER, false));
        }
        Optional<ResourceState> state = azure.resources().find(whole);
        return state.map(there -> {
            boolean marked = there.run().isPresent() && there.run().equals(azure.run());
            boolean named =
                    made.stream().anyMatch(other -> Resources.same(other, whole) || MadeByRun.isPartOf(other, whole));
            Origin origin = named ? Origin.JOURNAL : marked ? Origin.MARK : Origin.OTHER;
            // What the journal names and still has the mark was deleted a moment ago, or goes with what was.
            return new Held(id, origin, !(named && marked));
        });
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** Whether waiting does not help. */
    boolean staysForCertain() {
        return all.stream().anyMatch(Held::certain);
    }

    /** Why the group is left alone. */
    Text whyLeft() {
        String why = has(Origin.JOURNAL)
                ? "setup.undo.stillHolds"
                : has(Origin.MARK) ? "setup.undo.notInJournal" : "setup.undo.notEmpty";
        return Text.of(why, names());
    }

    private boolean has(Origin origin) {
        return all.stream().anyMatch(held -> held.origin() == origin);
    }

    /** The first few. */
    String names() {
        String names =
                all.stream().limit(NAMED).map(held -> Resources.name(held.id())).collect(Collectors.joining(", "));
        return all.size() > NAMED ? names + ", …" : names;
    }
}
