package io.keylesspull.ui.setup;

import io.keylesspull.azure.model.Location;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Page;
import io.keylesspull.ui.component.Workers;
import io.keylesspull.ui.setup.cluster.ClustersModel;
import io.keylesspull.ui.setup.cost.CostBox;
import io.keylesspull.ui.setup.fleet.FleetModel;
import io.keylesspull.ui.setup.save.SaveSetup;
import io.keylesspull.ui.signin.SignInModel;
import java.util.Locale;
import java.util.random.RandomGenerator;
import javafx.scene.layout.VBox;

/** The pages on which a setup is entered and reviewed, and the models they share. */
public final class SetupPages {

    private final Texts texts;
    private final Workers workers;
    private final SignInModel signIn;
    private final RegistryModel registry;
    private final MachinesModel machines;
    private final ClustersModel clusters;
    private final FleetModel fleet;
    private final IdentityModel identity;
    private final RequestModel request;
    private final KeyUnlocking keys;

    public SetupPages(Texts texts, Workers workers, RandomGenerator random, SignInModel signIn, KeyUnlocking keys) {
        this.keys = keys;
        this.texts = texts;
        this.workers = workers;
        this.signIn = signIn;
        machines = new MachinesModel(workers);
        registry = new RegistryModel(workers, random, home(texts.locale()), new ReaderModel(machines));
        clusters = new ClustersModel(workers);
        fleet = new FleetModel(machines.sizes());
        identity = new IdentityModel(workers);
        request = new RequestModel(signIn, registry, machines, clusters, fleet, identity);
    }

    public Page registry() {
        return new RegistryPage(texts, registry, machines, signIn, request);
    }

    public Page targets() {
        return new TargetsPage(texts, machines, clusters, fleet, registry, signIn, request);
    }

    public Page identity() {
        return new IdentityPage(
                texts,
                identity,
                new IdentityPage.Targets(
                        machines.wantedProperty().or(fleet.wantedProperty()), clusters.wantedProperty()),
                registry,
                signIn,
                request);
    }

    public Page review() {
        ReviewModel model = new ReviewModel(workers);
        return new ReviewPage(
                texts,
                model,
                keys,
                signIn,
                request,
                new CostBox(texts, workers),
                new VBox(12, new SaveSetup(texts, workers, request::request), new ExportMenu(texts, model)));
    }

    /** Reviews and sets up this instead of what is entered. */
    public void open(SetupRequest fromFile) {
        request.open(fromFile);
    }

    /** What is entered at the moment. */
    public SetupRequest request() {
        return request.request();
    }

    /** The location suggested for new resources. */
    private static Location home(Locale locale) {
        return locale.getLanguage().equals("ja")
                ? new Location("japaneast", "Japan East")
                : new Location("eastus", "East US");
    }
}
