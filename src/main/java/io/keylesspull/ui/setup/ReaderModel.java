package io.keylesspull.ui.setup;

import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.model.MachineInfo.Identities;
import io.keylesspull.azure.model.MachineInfo.PowerState;
import io.keylesspull.ui.component.LoadedList;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.ListChangeListener;
import org.jspecify.annotations.Nullable;

/** Who reads a registry's images: this computer, or, where it cannot, a machine that the user chooses. */
final class ReaderModel {

    private final MachinesModel machines;
    private final ObjectProperty<MachineInfo> choice = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<MachineInfo> machine = new ReadOnlyObjectWrapper<>();
    private @Nullable MachineInfo suggested;

    ReaderModel(MachinesModel machines) {
        this.machines = machines;
        machines.machines().items().addListener((ListChangeListener<MachineInfo>) change -> suggest());
    }

    /** Whether a machine can read: it runs, and has an identity to read with. */
    static boolean canRead(MachineInfo machine) {
        return machine.os().linux()
                && machine.power() == PowerState.RUNNING
                && !machine.identities().equals(Identities.NONE);
    }

    /** One of those that are to be set up, or else the first that can, unless the user has chosen one. */
    void suggest() {
        if (choice.get() == suggested) {
            suggested = Stream.concat(machines.chosen().stream(), machines.machines().items().stream())
                    .filter(ReaderModel::canRead)
                    .findFirst()
                    .orElse(null);
            choice.set(suggested);
        }
    }

    /** The machine that is chosen becomes the reader. */
    void useMachine() {
        machine.set(choice.get());
    }

    void useThisComputer() {
        machine.set(null);
    }

    /** Of another subscription nothing counts any more. */
    void forget() {
        machine.set(null);
        suggested = null;
        choice.set(null);
    }

    /** The machine that reads; empty if this computer does. */
    Optional<MachineInfo> reader() {
        return Optional.ofNullable(machine.get());
    }

    /** The same; null if this computer reads. */
    ReadOnlyObjectProperty<MachineInfo> machineProperty() {
        return machine.getReadOnlyProperty();
    }

    /** The machine that would read. */
    ObjectProperty<MachineInfo> choiceProperty() {
        return choice;
    }

    /** Those that there are to choose from, with others. */
    LoadedList<MachineInfo> machines() {
        return machines.machines();
    }
}
