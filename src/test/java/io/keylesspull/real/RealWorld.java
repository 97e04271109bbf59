package io.keylesspull.real;

import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.PracticeClouds;
import io.keylesspull.practice.clock.Pace;
import io.keylesspull.practice.wire.HttpService;
import io.keylesspull.practice.wire.Request;
import io.keylesspull.practice.wire.VirtualHosts;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small internet with everything that a machine reaches by its real name, and practice clouds in it whose machines
 * are real. Each machine sees the cloud that it belongs to.
 */
final class RealWorld implements AutoCloseable {

    private static final String PACKAGES = "packages.microsoft.com";
    private static final List<String> AZURE = List.of("management.azure.com", "login.microsoftonline.com");
    private static final String DEBIAN = "deb.debian.org";
    private static final String REGISTRIES = "azurecr.io";
    /** How the practice cloud's metadata service learns which machine asks. */
    private static final String MACHINE = "x-practice-machine";

    private final Sandbox sandbox;
    private final VirtualHosts packages = new VirtualHosts();
    private final Certificates certificates;
    private final Front front;
    private final Distribution distribution;
    private final Map<Suite, RootImage> bare = new EnumMap<>(Suite.class);
    private final Map<Suite, PreparedImage> prepared = new EnumMap<>(Suite.class);
    private final AtomicInteger numbers = new AtomicInteger();
    private final List<Cloud> clouds = new CopyOnWriteArrayList<>();

    static RealWorld open() throws Exception {
        Needs.REAL_MACHINE.check();
        Sandbox sandbox = Sandbox.open();
        try {
            return new RealWorld(sandbox);
        } catch (Exception e) {
            sandbox.close();
            throw e;
        }
    }

    private RealWorld(Sandbox sandbox) throws IOException, InterruptedException, GeneralSecurityException {
        this.sandbox = sandbox;
        certificates = Certificates.make(sandbox.folder());
        front = new Front(certificates.server(), this::seenFrom);
        sandbox.serve(front);
        nameServer(sandbox);
        Path cache = Cache.folder();
        DebianMirror mirror = DebianMirror.ofHost(cache);
        packages.add(DEBIAN, mirror);
        packages.add(Sandbox.FRONT, mirror);
        distribution = Distribution.start(sandbox);
        MicrosoftImages.publish(sandbox.folder(), distribution);
        for (Suite suite : Suite.values()) {
            bare.put(suite, new RootImage(sandbox, suite, cache));
            prepared.put(suite, new PreparedImage(this, sandbox, suite, cache));
        }
    }

    private HttpService seenFrom(String address) {
        return clouds.stream()
                .flatMap(cloud -> cloud.machines().at(address).map(machine -> cloud.seenFrom(machine)).stream())
                .findFirst()
                .orElse(packages);
    }

    /**
     * A new practice cloud.
     *
     * @param disk what its machines start from
     */
    Cloud cloud(Disk disk, Pace pace, Time time) {
        RealMachines made = new RealMachines(sandbox, numbers, disk.layers(), certificates.authority());
        VirtualHosts hosts = new VirtualHosts();
        PracticeCloud practice = PracticeClouds.start(pace, time, azure -> {
            AZURE.forEach(host -> hosts.add(host, azure));
            hosts.add(Sandbox.METADATA, azure);
            RegistryFront registries = new RegistryFront(azure, distribution);
            hosts.add(host -> host.endsWith("." + REGISTRIES) || host.equals(RegistryFront.MICROSOFT), registries);
            List.of(DEBIAN, Sandbox.FRONT).forEach(host -> hosts.add(host, packages));
            hosts.add(PACKAGES, disk.azureCli());
            return made;
        });
        Cloud cloud = new Cloud(practice, made, hosts);
        clouds.add(cloud);
        return cloud;
    }

    /** What bare machines start from. Takes minutes where it is not kept from an earlier run. */
    Disk bare(Suite suite) throws IOException, InterruptedException {
        return bare.get(suite).disk();
    }

    /**
     * What machines with Docker and the Azure CLI start from. Takes minutes where it is not kept from an earlier run.
     */
    Disk prepared(Suite suite) throws Exception {
        return prepared.get(suite).disk();
    }

    /** A practice cloud and the machines it has. Closing the cloud ends the machines. */
    record Cloud(PracticeCloud practice, RealMachines machines, HttpService internet) {

        private HttpService seenFrom(String machineId) {
            return request -> {
                Map<String, String> headers = new HashMap<>(request.headers());
                headers.put(MACHINE, machineId);
                return internet.send(new Request(request.method(), request.uri(), headers, request.body()));
            };
        }
    }

    private static void nameServer(Sandbox sandbox) throws IOException {
        List<String> argv = new ArrayList<>(List.of(
                "dnsmasq",
                "--keep-in-foreground",
                "--conf-file=/dev/null",
                "--pid-file=",
                "--user=root",
                "--no-resolv",
                "--no-hosts",
                "--bind-interfaces",
                "--listen-address=" + Sandbox.FRONT));
        List<String> names = new ArrayList<>(AZURE);
        names.addAll(List.of(DEBIAN, PACKAGES, RegistryFront.MICROSOFT, REGISTRIES));
        names.forEach(name -> argv.add("--address=/" + name + "/" + Sandbox.FRONT));
        sandbox.start(sandbox.folder().resolve("names.log"), argv.toArray(String[]::new));
    }

    Front front() {
        return front;
    }

    @Override
    public void close() {
        sandbox.close();
        front.close();
    }
}
