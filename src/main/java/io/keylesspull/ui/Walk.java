package io.keylesspull.ui;

import io.keylesspull.azure.Location;
import io.keylesspull.setup.ProvenMachine;
import io.keylesspull.setup.Session;
import io.keylesspull.setup.SetupRequest;
import io.keylesspull.setup.SetupRun;
import io.keylesspull.text.Texts;
import io.keylesspull.ui.component.Workers;
import io.keylesspull.ui.page.DonePage;
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
import io.keylesspull.ui.page.RunningPage;
import io.keylesspull.ui.page.SaveSetup;
import io.keylesspull.ui.page.SignInModel;
import io.keylesspull.ui.page.SignInPage;
import io.keylesspull.ui.run.RunPage;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** The pages of one setup, from its registry to its end; the sign-in before them outlives it. */
final class Walk {

    private final Map<WizardStep, Page> pages = new EnumMap<>(WizardStep.class);
    private final SignInModel signIn;
    private final RequestModel request;
    private final ReviewModel review;
    private final RunPage run;

    Walk(Texts texts, Workers workers, RandomGenerator random, SignInModel signIn, SignInPage signInPage,
         Function<SetupRequest, List<String>> byHand, Runnable another) {
        this.signIn = signIn;
        RegistryModel registry = new RegistryModel(workers, random, home(texts.locale()));
        MachinesModel machines = new MachinesModel(workers);
        IdentityModel identity = new IdentityModel(workers);
        request = new RequestModel(signIn, registry, machines, identity);
        review = new ReviewModel(workers);
        run = new RunPage(texts, workers.time(), workers.background());
        pages.put(WizardStep.SIGN_IN, signInPage);
        pages.put(WizardStep.REGISTRY, new RegistryPage(texts, registry, signIn, request));
        pages.put(WizardStep.MACHINES, new MachinesPage(texts, machines, registry, signIn, request));
        pages.put(WizardStep.IDENTITY, new IdentityPage(texts, identity, registry, signIn, request));
        pages.put(WizardStep.REVIEW, new ReviewPage(texts, review, signIn, request, byHand,
                new SaveSetup(texts, workers, request::request)));
        pages.put(WizardStep.RUN, new RunningPage(run));
        pages.put(WizardStep.DONE, new DonePage(texts, this::proven, another));
    }

    Page page(WizardStep step) {
        return pages.get(step);
    }

    RunPage run() {
        return run;
    }

    void startRun() {
        Session session = signIn.signedInProperty().get().session();
        SetupRequest wanted = request.request();
        run.start(events -> session.start(wanted, events));
    }

    /** Lets go of work that nobody will look at. */
    void leaveReview() {
        review.close();
    }

    private List<ProvenMachine> proven() {
        SetupRun shown = run.run();
        return shown == null ? List.of() : shown.proven();
    }

    /** Where new things are suggested to be made. */
    private static Location home(Locale locale) {
        return locale.getLanguage().equals("ja") ? new Location("japaneast", "Japan East")
                : new Location("eastus", "East US");
    }
}
