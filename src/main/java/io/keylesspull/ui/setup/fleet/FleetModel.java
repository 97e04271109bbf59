package io.keylesspull.ui.setup.fleet;

import io.keylesspull.azure.model.SizeInfo;
import io.keylesspull.setup.request.DefaultSizes;
import io.keylesspull.setup.request.MachineImages;
import io.keylesspull.setup.request.SetupRequest.ScaleSet;
import io.keylesspull.ui.component.BackgroundTask;
import java.util.List;
import java.util.Optional;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** The new scale set that gets the right to pull, if one is wanted. */
public final class FleetModel {

    private final BooleanProperty wanted = new SimpleBooleanProperty();
    private final StringProperty name = new SimpleStringProperty("myFleet");
    private final IntegerProperty instances = new SimpleIntegerProperty(10);
    private final StringProperty image =
            new SimpleStringProperty(MachineImages.aliases().get(0));
    private final StringProperty size = new SimpleStringProperty("");
    private final StringProperty adminUser = new SimpleStringProperty("azureuser");
    private final BooleanProperty ownKey = new SimpleBooleanProperty();
    private final StringProperty keyPath = new SimpleStringProperty("");
    private final BackgroundTask<List<SizeInfo>> sizes;
    private String suggestedSize = "";

    /** @param sizes those of the location, loaded by somebody else */
    public FleetModel(BackgroundTask<List<SizeInfo>> sizes) {
        this.sizes = sizes;
        sizes.onDone(found -> {
            if (size.get().equals(suggestedSize)) {
                suggestedSize = DefaultSizes.offered(found).stream()
                        .findFirst()
                        .map(SizeInfo::name)
                        .orElse("");
                size.set(suggestedSize);
            }
        });
    }

    /** Empty if none is wanted. */
    public Optional<ScaleSet> request() {
        return wanted.get()
                ? Optional.of(new ScaleSet(
                        name.get().strip(),
                        instances.get(),
                        image.get(),
                        size.get().strip(),
                        adminUser.get(),
                        ownKey.get() ? Optional.of(keyPath.get().strip()) : Optional.empty(),
                        Optional.empty()))
                : Optional.empty();
    }

    /** What the request depends on. */
    public Observable[] inputs() {
        return new Observable[] {wanted, name, instances, image, size, adminUser, ownKey, keyPath};
    }

    /** Whether a scale set is set up. */
    public BooleanProperty wantedProperty() {
        return wanted;
    }

    StringProperty nameProperty() {
        return name;
    }

    public IntegerProperty instancesProperty() {
        return instances;
    }

    StringProperty imageProperty() {
        return image;
    }

    StringProperty sizeProperty() {
        return size;
    }

    StringProperty adminUserProperty() {
        return adminUser;
    }

    BooleanProperty ownKeyProperty() {
        return ownKey;
    }

    StringProperty keyPathProperty() {
        return keyPath;
    }

    BackgroundTask<List<SizeInfo>> sizes() {
        return sizes;
    }
}
