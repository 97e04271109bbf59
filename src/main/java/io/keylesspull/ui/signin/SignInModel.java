package io.keylesspull.ui.signin;

import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.DeviceCode;
import io.keylesspull.azure.model.SignInMethod;
import io.keylesspull.azure.model.Subscription;
import io.keylesspull.azure.model.Tenant;
import io.keylesspull.engine.event.Failure;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.SignIn;
import io.keylesspull.setup.session.Session;
import io.keylesspull.setup.session.Sessions;
import io.keylesspull.time.Time;
import io.keylesspull.ui.component.BackgroundTask;
import io.keylesspull.ui.component.LoadedList;
import io.keylesspull.ui.component.Workers;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;

/** Who signs in and how, and the directory and subscription that are worked in. */
public final class SignInModel {

    /**
     * A session with what its account has access to.
     *
     * @param first the subscription to begin with; empty if the account has none
     */
    public record SignedIn(Session session, List<Tenant> tenants, Optional<Subscription> first) {}

    private final Sessions sessions;
    private final Workers workers;
    private final BooleanProperty practice = new SimpleBooleanProperty(true);
    private final ObjectProperty<PracticeSituation> situation = new SimpleObjectProperty<>(PracticeSituation.IN_ORDER);
    private final ObjectProperty<SignInMethod> method = new SimpleObjectProperty<>(SignInMethod.BROWSER);
    private final ObjectProperty<AzureCloud> cloud = new SimpleObjectProperty<>(AzureCloud.PUBLIC);
    private final ObjectProperty<Tenant> tenant = new SimpleObjectProperty<>();
    private final ObjectProperty<Subscription> subscription = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<DeviceCode> deviceCode = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<SignedIn> signedIn = new ReadOnlyObjectWrapper<>();
    private final LoadedList<Subscription> subscriptions;
    private final BackgroundTask<SignedIn> work;
    private final BackgroundTask<Boolean> forgetting;
    private Optional<SetupRequest> wanted = Optional.empty();
    private boolean settling;

    public SignInModel(Sessions sessions, Workers workers) {
        this.sessions = sessions;
        this.workers = workers;
        subscriptions = new LoadedList<>(workers);
        work = new BackgroundTask<>(workers);
        work.onDone(this::entered);
        forgetting = new BackgroundTask<>(workers);
        practice.addListener((property, before, now) -> signOut());
        situation.addListener((property, before, now) -> signOut());
        method.addListener((property, before, now) -> signOut());
        cloud.addListener((property, before, now) -> signOut());
        tenant.addListener((property, before, now) -> {
            if (!settling && now != null) {
                signIn();
            }
        });
    }

    public BooleanProperty practiceProperty() {
        return practice;
    }

    /** What is practised, in practice mode. */
    public ObjectProperty<PracticeSituation> situationProperty() {
        return situation;
    }

    /** Whether a directory and a subscription are to be chosen after the sign-in. */
    public BooleanBinding choosesDirectory() {
        return practice.not().or(situation.isEqualTo(PracticeSituation.SEVERAL_DIRECTORIES));
    }

    public ObjectProperty<SignInMethod> methodProperty() {
        return method;
    }

    public ObjectProperty<AzureCloud> cloudProperty() {
        return cloud;
    }

    public ObjectProperty<Tenant> tenantProperty() {
        return tenant;
    }

    public ObjectProperty<Subscription> subscriptionProperty() {
        return subscription;
    }

    /** The code to enter in a browser; null while there is none. */
    public ReadOnlyObjectProperty<DeviceCode> deviceCodeProperty() {
        return deviceCode.getReadOnlyProperty();
    }

    /** Null while nobody is signed in. Changes on the JavaFX thread. */
    public ReadOnlyObjectProperty<SignedIn> signedInProperty() {
        return signedIn.getReadOnlyProperty();
    }

    public BackgroundTask<SignedIn> work() {
        return work;
    }

    /** The subscriptions of the account in the directory. */
    public LoadedList<Subscription> subscriptions() {
        return subscriptions;
    }

    /** Signs in as chosen, in the chosen directory if there is one. */
    public void signIn() {
        wanted = Optional.empty();
        enter(request());
    }

    /** Signs in as a run was signed in, unless that is so already, and selects the run's subscription. */
    public void signInFor(boolean practiceRun, SetupRequest request) {
        Optional<Subscription> known = subscriptions.items().stream()
                .filter(each -> isWanted(each, request.subscription()))
                .findFirst();
        if (known.isPresent() && isSignedInFor(practiceRun, request.signIn())) {
            subscription.set(known.get());
            return;
        }
        practice.set(practiceRun);
        if (!practiceRun) {
            method.set(request.signIn().method());
            cloud.set(request.signIn().cloud());
        }
        signOut();
        wanted = Optional.of(request);
        enter(request.signIn());
    }

    private boolean isSignedInFor(boolean practiceRun, SignIn as) {
        boolean sameWay = method.get() == as.method()
                && cloud.get() == as.cloud()
                && as.tenant().isPresent()
                && tenant.get() != null
                && named(tenant.get(), as.tenant().get());
        return signedIn.get() != null && practice.get() == practiceRun && (practiceRun || sameWay);
    }

    private void enter(SignIn request) {
        leave();
        boolean rehearsing = practice.get();
        Optional<String> name = wanted.map(SetupRequest::subscription)
                .orElseGet(() -> Optional.of(situation.get().subscription()).filter(any -> rehearsing));
        work.start(() -> look(
                rehearsing
                        ? sessions.practice(request.tenant())
                        : sessions.azure(request, code -> workers.fxThread().execute(() -> take(code))),
                name));
    }

    /** Also later, in a run, if Azure asks for a new sign-in. */
    private void take(DeviceCode code) {
        deviceCode.set(code);
        code.ended()
                .thenRunAsync(
                        () -> {
                            if (deviceCode.get() == code) {
                                deviceCode.set(null);
                            }
                        },
                        workers.fxThread());
    }

    /** The clock of the window. */
    public Time time() {
        return workers.time();
    }

    public void cancel() {
        work.stop();
        deviceCode.set(null);
    }

    public void signOut() {
        cancel();
        leave();
        wanted = Optional.empty();
        settling = true;
        tenant.set(null);
        settling = false;
    }

    /** Signs out and forgets the account, so that another can be chosen. */
    public void forget() {
        signOut();
        forgetting.start(() -> {
            sessions.signOut();
            return true;
        });
    }

    /** The task that forgets the account. */
    public BackgroundTask<Boolean> forgetting() {
        return forgetting;
    }

    public SignIn request() {
        return new SignIn(method.get(), Optional.ofNullable(tenant.get()).map(Tenant::id), cloud.get());
    }

    private void leave() {
        deviceCode.set(null);
        signedIn.set(null);
        subscription.set(null);
        subscriptions.stop();
    }

    /** All are listed later: there may be hundreds. */
    private static SignedIn look(Session session, Optional<String> name) throws Failure, InterruptedException {
        List<Tenant> tenants = session.tenants();
        Optional<Subscription> first = session.subscriptions().find(each -> isWanted(each, name));
        if (first.isEmpty()) {
            first = session.subscriptions().find(each -> each.state().equals("Enabled"));
        }
        if (first.isEmpty()) {
            first = session.subscriptions().find(any -> true);
        }
        return new SignedIn(session, tenants, first);
    }

    private static boolean isWanted(Subscription each, Optional<String> name) {
        return name.map(wants ->
                        each.id().equalsIgnoreCase(wants) || each.name().equalsIgnoreCase(wants))
                .orElseGet(() -> each.state().equals("Enabled"));
    }

    private void entered(SignedIn now) {
        deviceCode.set(null);
        settling = true;
        String home = wanted.flatMap(request -> request.signIn().tenant())
                .filter(id -> !practice.get())
                .orElse(now.session().account().tenantId());
        if (tenant.get() == null) {
            now.tenants().stream().filter(each -> named(each, home)).findFirst().ifPresent(tenant::set);
        }
        settling = false;
        subscription.set(now.first().orElse(null));
        signedIn.set(now);
        subscriptions.start(now.session().subscriptions());
    }

    /** @param name the directory's id or domain */
    private static boolean named(Tenant each, String name) {
        return each.id().equalsIgnoreCase(name) || each.domain().equalsIgnoreCase(name);
    }
}
