package io.keylesspull.real;

import io.keylesspull.practice.Pace;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.PracticeClouds;
import io.keylesspull.practice.http.Hosts;
import io.keylesspull.practice.http.Internet;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A small internet with everything that a machine reaches by its real name, and practice clouds in it whose machines are
 * real. Only one cloud at a time.
 */
final class RealWorld implements AutoCloseable {

    /** Where the Debian system and packages are kept between runs: about 400 MB. */
    private static final Path CACHE = Path.of(System.getProperty("keylesspull.real.cache",
            "/var/cache/keyless-pull-real"));
    private static final String PACKAGES = "packages.microsoft.com";
    private static final List<String> AZURE = List.of("management.azure.com", "login.microsoftonline.com");
    private static final String DEBIAN = "deb.debian.org";
    private static final String REGISTRIES = "azurecr.io";

    private final Sandbox sandbox;
    private final Hosts hosts = new Hosts();
    private final Certificates certificates;
    private final Front front;
    private final AzureCliRepository azureCli;
    private final Distribution distribution;
    private final PreparedImage preparedImage = new PreparedImage(CACHE);
    private String preparedLayers;
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicReference<Internet> azure = new AtomicReference<>();
    private final AtomicReference<RealMachines> machines = new AtomicReference<>();

    static RealWorld open() throws IOException, InterruptedException, GeneralSecurityException {
        Needs.REAL_MACHINE.check();
        Sandbox sandbox = Sandbox.open();
        try {
            return new RealWorld(sandbox);
        } catch (IOException | InterruptedException | GeneralSecurityException | RuntimeException e) {
            sandbox.close();
            throw e;
        }
    }

    private RealWorld(Sandbox sandbox) throws IOException, InterruptedException, GeneralSecurityException {
        this.sandbox = sandbox;
        certificates = Certificates.make(sandbox.folder());
        front = new Front(certificates.server(), hosts, this::machineAt);
        sandbox.serve(front);
        nameServer(sandbox);
        DebianMirror mirror = DebianMirror.ofHost(CACHE);
        hosts.add(DEBIAN, mirror);
        hosts.add(Sandbox.FRONT, mirror);
        RootImage image = new RootImage(CACHE);
        image.unpack(sandbox);
        azureCli = AzureCliRepository.of(sandbox, image.azureCli());
        hosts.add(PACKAGES, azureCli);
        distribution = Distribution.start(sandbox);
        HelloWorld.publish(sandbox.folder(), distribution);
        hosts.add(host -> host.endsWith("." + REGISTRIES) || host.equals(RegistryFront.MICROSOFT),
                request -> new RegistryFront(azure.get(), distribution).send(request));
    }

    private Optional<String> machineAt(String address) {
        return Optional.ofNullable(machines.get()).flatMap(present -> present.at(address));
    }

    /**
     * A new practice cloud in place of the one before.
     *
     * @param layers what its machines start from: {@link RootImage#LAYER} or what {@link RealMachine#seal} gave
     */
    Cloud cloud(String layers, Pace pace, Time time) {
        RealMachines made = new RealMachines(sandbox, numbers, layers, certificates.authority());
        PracticeCloud cloud = PracticeClouds.start(pace, time, (internet, faults) -> {
            azure.set(internet);
            return made;
        });
        machines.set(made);
        AZURE.forEach(host -> hosts.add(host, azure.get()));
        hosts.add(Sandbox.METADATA, azure.get());
        return new Cloud(cloud, made);
    }

    /** Whether {@link #prepared} has something to give. */
    boolean hasPrepared() {
        return preparedImage.isThere();
    }

    /** What machines with Docker and the Azure CLI start from. */
    synchronized String prepared() throws IOException, InterruptedException {
        if (preparedLayers == null) {
            preparedLayers = preparedImage.unpack(sandbox);
        }
        return preparedLayers;
    }

    /** Makes others start as this machine is now, also in later runs. It is shut down. */
    void keepAsPrepared(RealMachine machine) throws IOException, InterruptedException {
        preparedImage.keep(sandbox, machine.seal());
    }

    /** A practice cloud and the machines it has. Closing the cloud ends the machines. */
    record Cloud(PracticeCloud practice, RealMachines machines) {
    }

    private static void nameServer(Sandbox sandbox) throws IOException {
        List<String> argv = new ArrayList<>(List.of("dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null",
                "--pid-file=", "--user=root", "--no-resolv", "--no-hosts", "--bind-interfaces",
                "--listen-address=" + Sandbox.FRONT));
        List<String> names = new ArrayList<>(AZURE);
        names.addAll(List.of(DEBIAN, PACKAGES, RegistryFront.MICROSOFT, REGISTRIES));
        names.forEach(name -> argv.add("--address=/" + name + "/" + Sandbox.FRONT));
        sandbox.start(sandbox.folder().resolve("names.log"), argv.toArray(String[]::new));
    }

    Front front() {
        return front;
    }

    AzureCliRepository azureCli() {
        return azureCli;
    }

    @Override
    public void close() {
        sandbox.close();
        front.close();
    }
}
