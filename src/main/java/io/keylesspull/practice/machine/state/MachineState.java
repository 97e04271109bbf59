package io.keylesspull.practice.machine.state;

import io.keylesspull.practice.machine.Hypervisor;
import io.keylesspull.practice.sshkey.SshHostKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The whole state of a machine, which it keeps while it is off. */
public final class MachineState {

    private static final Duration CLOUD_INIT = Duration.ofSeconds(20);
    private static final Duration UNATTENDED_UPGRADE = Duration.ofSeconds(45);

    /** The packages that come with a Docker daemon: the distribution's and Docker's own. */
    private static final Set<String> ENGINES = Set.of("docker.io", "docker-ce");

    private final Hypervisor.Spec spec;
    private final MachineEnvironment world;
    private final LinuxRelease release;
    private final FileTree files = new FileTree();
    private final UnixAccounts accounts;
    private final PackageDatabase packages;
    private final Map<AptLock.File, AptLock> aptLocks = new EnumMap<>(AptLock.File.class);
    private final DockerEngine docker = new DockerEngine();
    private final Map<String, AzProfile> azureProfiles = new ConcurrentHashMap<>();
    private volatile @Nullable SshHostKeys hostKeys;
    private volatile Instant bootedAt = Instant.MAX;
    private volatile boolean cloudInitRan;
    private volatile boolean diskFull;
    private volatile boolean german;
    private volatile String cloudInitError = "";
    private volatile @Nullable Thread cloudInit;
    private final Map<String, ServiceState> services = new ConcurrentHashMap<>();

    public MachineState(Hypervisor.Spec spec, MachineEnvironment world) {
        this.spec = spec;
        this.world = world;
        this.release = LinuxRelease.of(spec.release());
        this.accounts = new UnixAccounts(spec.adminUser());
        this.packages = new PackageDatabase(release);
        for (AptLock.File file : AptLock.File.values()) {
            aptLocks.put(file, new AptLock(world.time()));
        }
        files.put("/etc/os-release", release.osRelease());
        files.put("/etc/hostname", hostname() + "\n");
        files.put("/etc/debian_version", release.isDebian() ? "12.11\n" : "trixie/sid\n");
        files.put(
                "/etc/sudoers.d/90-cloud-init-users",
                (spec.adminUser() + " ALL=(ALL) NOPASSWD:ALL\n").getBytes(StandardCharsets.UTF_8),
                "root",
                0440);
        files.makeDirectory("/home/" + spec.adminUser(), spec.adminUser(), 0750);
        files.makeDirectory("/home/" + spec.adminUser() + "/.ssh", spec.adminUser(), 0700);
        files.put(
                authorizedKeys(spec.adminUser()),
                (String.join("\n", spec.authorizedKeys()) + "\n").getBytes(StandardCharsets.UTF_8),
                spec.adminUser(),
                0600);
        files.makeDirectory("/etc/apt/keyrings", "root", 0755);
        spec.packages().forEach(this::install);
        if (!spec.packages().isEmpty()) {
            packages.updated();
        }
    }

    /** The file with the keys that open a user's account over SSH, whether or not it is there. */
    public static String authorizedKeys(String user) {
        return "/home/" + user + "/.ssh/authorized_keys";
    }

    private void install(String wanted) {
        int equals = wanted.indexOf('=');
        if (equals > 0) {
            packages.azureCliVersion(wanted.substring(equals + 1));
        }
        installed(equals > 0 ? wanted.substring(0, equals) : wanted);
    }

    /** Does what the package's scripts do after unpacking. */
    public void installed(String packageName) {
        packages.install(packageName);
        if (ENGINES.contains(packageName)) {
            accounts.addGroup("docker");
            files.makeDirectory("/var/lib/docker", "root", 0710);
            docker.enabled(true);
            docker.socketEnabled(true);
            docker.start();
        }
    }

    /** Does what the package's scripts do on removal; the group docker and the images stay, as in reality. */
    public void removed(String packageName) {
        packages.remove(packageName);
        if (ENGINES.contains(packageName)) {
            docker.stop();
            docker.closeSocket();
            docker.enabled(false);
            docker.socketEnabled(false);
        }
    }

    /** Does what the package's scripts also do on a purge. */
    public void purged(String packageName) {
        packages.purge(packageName);
        if (packageName.equals("docker.io")) {
            docker.forgetImages();
        }
    }

    /** Boots it. The first boot starts cloud-init and holds the package lock for the first unattended upgrade. */
    public void boot(Instant at) {
        if (bootedAt.equals(Instant.MAX) && !cloudInitRan) {
            aptLock(AptLock.File.FRONTEND).holdUntil(at.plus(world.pace().of(UNATTENDED_UPGRADE)));
        }
        if (hostKeys == null) {
            replaceHostKeys();
        }
        bootedAt = at;
        docker.boot();
    }

    public void shutDown() {
        cloudInitRan = true;
        Thread running = cloudInit;
        if (running != null) {
            running.interrupt();
        }
        services.values().forEach(ServiceState::interrupt);
        docker.closeSocket();
        docker.stop();
        bootedAt = Instant.MAX;
    }

    /** When cloud-init's own work at the first start is over; what it was told to do may take longer. */
    public Instant cloudInitDoneAt() {
        return cloudInitRan || bootedAt.equals(Instant.MAX)
                ? bootedAt
                : bootedAt.plus(world.pace().of(CLOUD_INIT));
    }

    public void replaceHostKeys() {
        SshHostKeys made = new SshHostKeys();
        hostKeys = made;
        // To make them takes long, and nobody looks at those of most machines.
        files.whenLookedAt(
                "/etc/ssh/ssh_host_", () -> made.publicKeyFiles(hostname()).forEach(files::put));
    }

    public SshHostKeys hostKeys() {
        return Objects.requireNonNull(hostKeys, "the machine was never started");
    }

    public Hypervisor.Spec spec() {
        return spec;
    }

    public MachineEnvironment world() {
        return world;
    }

    public String hostname() {
        return spec.name();
    }

    /** Its name in Azure, which can differ from its host name. */
    public String vmName() {
        return spec.vmId().substring(spec.vmId().lastIndexOf('/') + 1);
    }

    public LinuxRelease release() {
        return release;
    }

    public FileTree files() {
        return files;
    }

    public UnixAccounts accounts() {
        return accounts;
    }

    public PackageDatabase packages() {
        return packages;
    }

    public AptLock aptLock(AptLock.File file) {
        return Objects.requireNonNull(aptLocks.get(file));
    }

    public DockerEngine docker() {
        return docker;
    }

    /** The Azure CLI's profile of one Unix user; root has its own. */
    public AzProfile azureProfile(String user) {
        return azureProfiles.computeIfAbsent(user, u -> new AzProfile());
    }

    public Map<String, AzProfile> azureProfiles() {
        return azureProfiles;
    }

    public Instant bootedAt() {
        return bootedAt;
    }

    /** Has cloud-init end with an error. */
    public void failCloudInit() {
        failCloudInit("('scripts_user', RuntimeError('Runparts: 1 failures (part-001) in 1 attempted commands'))");
    }

    /** The same. @param detail as {@code cloud-init status --long} prints it */
    public void failCloudInit(String detail) {
        cloudInitError = detail;
    }

    /** What went wrong in cloud-init; empty if nothing did. */
    public String cloudInitError() {
        return cloudInitError;
    }

    /** cloud-init has something to do beyond its own work. */
    public void cloudInitBegins(Thread thread) {
        cloudInit = thread;
    }

    public void cloudInitEnds() {
        synchronized (services) {
            cloudInit = null;
            services.notifyAll();
        }
    }

    public boolean cloudInitRuns() {
        return cloudInit != null || world.time().now().isBefore(cloudInitDoneAt());
    }

    /** Waits for the end of what cloud-init was told to do. */
    public void awaitCloudInit() throws InterruptedException {
        synchronized (services) {
            while (cloudInit != null) {
                services.wait();
            }
        }
    }

    /** What systemd knows of a service. @param unit with {@code .service} */
    public ServiceState service(String unit) {
        return services.computeIfAbsent(unit, any -> new ServiceState());
    }

    /** The services that it has heard of. */
    public Map<String, ServiceState> services() {
        return Map.copyOf(services);
    }

    /** Has its programs speak German, but for those that are called in the locale C. */
    public void speakGerman() {
        german = true;
    }

    public boolean speaksGerman() {
        return german;
    }

    public boolean diskFull() {
        return diskFull;
    }

    /** Whether there is no room for this file: what lies in /run is in memory. @param path absolute */
    public boolean diskFull(String path) {
        return diskFull && !path.startsWith("/run/");
    }

    public void diskFull(boolean full) {
        diskFull = full;
    }
}
