package io.keylesspull.azure.resource;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import io.keylesspull.azure.http.BlockingWork;
import io.keylesspull.azure.http.Pipelines;
import io.keylesspull.azure.http.Waits;
import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.azure.model.AzureException;
import io.keylesspull.azure.model.ResourceListener;
import io.keylesspull.practice.SetTime;
import io.keylesspull.time.Time;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import reactor.core.publisher.Mono;

/** A signed-in account whose requests go to the given client. */
public final class Fixture {

    public static final String SUBSCRIPTION = "00000000-0000-0000-0000-00000000000a";
    public static final String GROUP = "/subscriptions/" + SUBSCRIPTION + "/resourceGroups/rg";
    static final String TOKEN = "e30."
            + Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString("{\"upn\":\"ada@contoso.com\",\"tid\":\"t1\"}".getBytes(StandardCharsets.UTF_8))
            + ".s";

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "waits");
        thread.setDaemon(true);
        return thread;
    });

    private Fixture() {}

    static TokenCredential credential() {
        return request -> Mono.just(new AccessToken(TOKEN, OffsetDateTime.now().plusHours(1)));
    }

    /** Waits take no time. */
    public static AzureAccount account(HttpClient client) throws AzureException, InterruptedException {
        return account(client, new SetTime(Instant.parse("2026-03-01T10:00:00Z")));
    }

    public static AzureAccount account(HttpClient client, Time time) throws AzureException, InterruptedException {
        return AzureAccount.signIn(
                credential(), Optional.empty(), AzureCloud.PUBLIC, pipelines(client, time), Optional::empty);
    }

    public static Pipelines pipelines(HttpClient client, Time time) {
        return new Pipelines(client, new Waits(time, new BlockingWork(THREADS)), new Random(1));
    }

    public static AzureSubscription subscription(HttpClient client) throws AzureException, InterruptedException {
        return account(client).subscription(SUBSCRIPTION);
    }

    /** Records what is reported to it. */
    static final class Recorder implements ResourceListener {

        final List<String> all = new ArrayList<>();

        @Override
        public void creating(String id) {
            all.add("creating " + ArmId.name(id));
        }

        @Override
        public void created(String id) {
            all.add("created " + ArmId.name(id));
        }
    }
}
