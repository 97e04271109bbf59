package io.keylesspull.real;

import io.keylesspull.practice.Pace;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.practice.PracticeClouds;
import io.keylesspull.practice.http.Hosts;
import io.keylesspull.practice.http.Internet;
import io.keylesspull.practice.machine.Hardware;
import io.keylesspull.time.Time;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;

/** A practice cloud whose machines are real, and everything that they reach by its real name. */
final class RealCloud implements AutoCloseable {

    /** Where the Debian system and packages are kept between runs: about 400 MB. */
    private static final Path CACHE = Path.of(System.getProperty("keylesspull.real.cache",
            "/var/cache/keyless-pull-real"));
    private static final String PACKAGES = "packages.microsoft.com";
    private static final List<String> AZURE = List.of("management.azure.com", "login.microsoftonline.com");
    private static final String DEBIAN = "deb.debian.org";
    private static final String REGISTRIES = "azurecr.io";

    private final Sandbox sandbox;
    private final Front front;
    private final RealMachines machines;
    private final AzureCliRepository azureCli;
    private final PracticeCloud cloud;

    private RealCloud(Sandbox sandbox, Front front, RealMachines machines, AzureCliRepository azureCli,
                      PracticeCloud cloud) {
        this.sandbox = sandbox;
        this.front = front;
        this.machines = machines;
        this.azureCli = azureCli;
        this.cloud = cloud;
    }

    static RealCloud start(Pace pace, Time time) throws IOException, InterruptedException, GeneralSecurityException {
        Needs.check();
        Sandbox sandbox = Sandbox.open();
        try {
            return in(sandbox, pace, time);
        } catch (IOException | InterruptedException | GeneralSecurityException | RuntimeException e) {
            sandbox.close();
            throw e;
        }
    }

    private static RealCloud in(Sandbox sandbox, Pace pace, Time time)
            throws IOException, InterruptedException, GeneralSecurityException {
        Certificates certificates = Certificates.make(sandbox.folder());
        RealMachines machines = new RealMachines(sandbox, certificates.authority());
        Hosts hosts = new Hosts();
        Front front = new Front(certificates.server(), hosts, machines::at);
        sandbox.serve(front);
        nameServer(sandbox);
        DebianMirror mirror = DebianMirror.ofHost(CACHE);
        hosts.add(DEBIAN, mirror);
        hosts.add(Sandbox.FRONT, mirror);
        RootImage image = new RootImage(CACHE);
        image.unpack(sandbox);
        AzureCliRepository azureCli = AzureCliRepository.of(sandbox.folder(), image.azureCli());
        hosts.add(PACKAGES, azureCli);
        Distribution distribution = Distribution.start(sandbox);
        HelloWorld.publish(sandbox.folder(), distribution);
        PracticeCloud cloud = PracticeClouds.start(pace, time,
                azure -> machinesOf(azure, hosts, distribution, machines));
        return new RealCloud(sandbox, front, machines, azureCli, cloud);
    }

    private static Hardware machinesOf(Internet azure, Hosts hosts, Distribution distribution, RealMachines machines) {
        AZURE.forEach(host -> hosts.add(host, azure));
        hosts.add(Sandbox.METADATA, azure);
        hosts.add(host -> host.endsWith("." + REGISTRIES) || host.equals(RegistryFront.MICROSOFT),
                new RegistryFront(azure, distribution));
        return machines;
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

    PracticeCloud cloud() {
        return cloud;
    }

    RealMachines machines() {
        return machines;
    }

    Front front() {
        return front;
    }

    AzureCliRepository azureCli() {
        return azureCli;
    }

    @Override
    public void close() {
        cloud.close();
        sandbox.close();
        front.close();
    }
}
