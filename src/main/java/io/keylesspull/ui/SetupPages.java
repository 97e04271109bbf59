package io.keylesspull.ui;

import io.keylesspull.azure.model.Location;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Workers;
import io.keylesspull.ui.page.IdentityModel;
import io.keylesspull.ui.page.IdentityPage;
import io.keylesspull.ui.page.MachinesModel;
import io.keylesspull.ui.page.MachinesPage;
import io.keylesspull.ui.page.Page;
import io.keylesspull.ui.page.RegistryModel;
import io.keylesspull.ui.page.RegistryPage;
import io.keylesspull.ui.page.RequestModel;
import io.keylesspull.ui.page.ReviewModel;
import io.keylesspull.ui.page.ReviewPage;
import io.keylesspull.ui.page.SaveSetup;
import io.keylesspull.ui.page.SignInModel;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** The pages on which a setup is entered and looked at before it runs, and what they share. */
final class SetupPages {

    private final Texts texts;
    private final Workers workers;
    private final SignInModel signIn;
    private final Function<SetupRequest, List<String>> byHand;
    private final RegistryModel registry;
    private final MachinesModel machines;
    private final IdentityModel identity;
    private final RequestModel request;

    SetupPages(Texts texts, Workers workers, RandomGenerator random, SignInModel signIn,
               Function<SetupRequest, List<String>> byHand) {
        this.texts = texts;
        this.workers = workers;
        this.signIn = signIn;
        this.byHand = byHand;
        registry = new RegistryModel(workers, random, home(texts.locale()));
        machines = new MachinesModel(workers);
        identity = new IdentityModel(workers);
        request = new RequestModel(signIn, registry, machines, identity);
    }

    Page registry() {
        return new RegistryPage(texts, registry, signIn, request);
    }

    Page machines() {
        return new MachinesPage(texts, machines, registry, signIn, request);
    }

    Page identity() {
        return new IdentityPage(texts, identity, registry, signIn, request);
    }

    Page review() {
        return new ReviewPage(texts, new ReviewModel(workers), signIn, request, byHand,
                new SaveSetup(texts, workers, request::request));
    }

    /** As it is entered by now. */
    SetupRequest request() {
        return request.request();
    }

    /** Where new things are suggested to be made. */
    private static Location home(Locale locale) {
        return locale.getLanguage().equals("ja") ? new Location("japaneast", "Japan East")
                : new Location("eastus", "East US");
    }
}
