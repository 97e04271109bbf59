package io.keylesspull.ui.setup.cluster;

import io.keylesspull.azure.cluster.ClusterInfo;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.session.Session;
import io.keylesspull.ui.component.BackgroundTask.State;
import io.keylesspull.ui.component.LoadedList;
import io.keylesspull.ui.component.Workers;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SetProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleSetProperty;
import javafx.collections.FXCollections;
import org.jspecify.annotations.Nullable;

/** Which AKS clusters get the right to pull, if any. */
public final class ClustersModel {

    /** Whose clusters are listed. */
    private record Source(Session session, String subscription) {}

    private final BooleanProperty wanted = new SimpleBooleanProperty();
    private final SetProperty<ClusterInfo> chosen = new SimpleSetProperty<>(FXCollections.observableSet());
    private final LoadedList<ClusterInfo> clusters;
    private @Nullable Source source;
    private @Nullable Source listed;

    public ClustersModel(Workers workers) {
        clusters = new LoadedList<>(workers);
        clusters.renew(chosen, ClusterInfo::id);
        wanted.addListener((property, before, now) -> load());
    }

    /** Whose clusters there are to choose from. A choice from another subscription is forgotten. */
    public void open(Session session, String subscription) {
        Source now = new Source(session, subscription);
        if (!now.equals(source)) {
            source = now;
            chosen.set(FXCollections.observableSet());
        }
        load();
    }

    /** Most setups are of machines alone: the list is not read for them. */
    private void load() {
        if (!wanted.get() || source == null) {
            return;
        }
        if (source.equals(listed)) {
            clusters.resume();
            return;
        }
        listed = source;
        clusters.start(source.session().clusters(source.subscription()));
    }

    /** Nobody looks at the list for now. */
    public void leave() {
        clusters.pause();
    }

    public List<SetupRequest.Cluster> request() {
        return inOrder().stream()
                .map(found -> new SetupRequest.Cluster(found.name(), Optional.of(found.resourceGroup())))
                .toList();
    }

    /** Those that are chosen and that something stands in the way of. */
    List<ClusterInfo> hindered() {
        return inOrder().stream().filter(found -> found.hindrance().isPresent()).toList();
    }

    private List<ClusterInfo> inOrder() {
        return wanted.get()
                ? chosen.stream()
                        .sorted(Comparator.comparing(ClusterInfo::name).thenComparing(ClusterInfo::resourceGroup))
                        .toList()
                : List.of();
    }

    /** Whether one is chosen, if clusters are wanted. */
    public boolean complete() {
        return !wanted.get() || !chosen.isEmpty();
    }

    /** What the request depends on. */
    public Observable[] inputs() {
        return new Observable[] {wanted, chosen};
    }

    /** Whether clusters are set up. */
    public BooleanProperty wantedProperty() {
        return wanted;
    }

    SetProperty<ClusterInfo> chosen() {
        return chosen;
    }

    LoadedList<ClusterInfo> clusters() {
        return clusters;
    }

    /** Whether there is nothing to choose from. */
    boolean isEmpty() {
        return clusters.state() instanceof State.Done<List<ClusterInfo>> done
                && done.value().isEmpty();
    }
}
