package io.keylesspull.setup.step.connection;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Problem;
import io.keylesspull.remote.Command;
import io.keylesspull.remote.HostKey;
import io.keylesspull.remote.SshException;
import io.keylesspull.remote.SshRoute;
import io.keylesspull.remote.SshTarget;
import io.keylesspull.remote.jump.JumpHost;
import io.keylesspull.remote.jump.JumpRoute;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.text.Text;
import io.keylesspull.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The jump hosts on the way to one machine. */
public final class JumpHosts {

    private final SshRoute first;
    private final List<SetupRequest.JumpHost> chain;
    private final SshKeys keys;

    /**
     * @param first leads to the first of them, or to the machine if there is none
     * @param chain in the order in which they are passed, complete; may be empty
     */
    public JumpHosts(SshRoute first, List<SetupRequest.JumpHost> chain, SshKeys keys) {
        this.first = first;
        this.chain = chain;
        this.keys = keys;
    }

    public boolean isEmpty() {
        return chain.isEmpty();
    }

    /** The route through all of them. @throws Failure if a key cannot be read */
    public SshRoute route(Time time) throws Failure {
        return JumpRoute.through(first, loaded(), time);
    }

    /** Signs in to each, and out again. @param timeout for each @return why a machine could not be reached */
    public Optional<Problem> check(Duration timeout, Time time) throws InterruptedException {
        try {
            JumpRoute.check(first, loaded(), timeout.multipliedBy(chain.size()), time);
            return Optional.empty();
        } catch (SshException e) {
            Problem problem = SshFailures.problem(e);
            return Optional.of(
                    e.kind() == SshException.Kind.UNKNOWN_HOST_KEY && chain.size() == 1
                            ? problem.withRemedy(Text.of(problem.remedy().key(), connecting()))
                            : problem);
        } catch (Failure unreadableKey) {
            return Optional.of(unreadableKey.problem());
        }
    }

    /** What keeps the host key of the only one, once a person has compared it. */
    private String connecting() {
        SetupRequest.JumpHost host = chain.get(0);
        List<String> argv = new ArrayList<>(List.of("ssh"));
        argv.addAll(port(host.port()));
        argv.addAll(new JumpHosts(first, List.of(), keys).sshOptions(Optional.empty()));
        argv.add(host.user() + "@" + host.host());
        return Command.of(argv.toArray(String[]::new)).shellLine();
    }

    private List<JumpHost> loaded() throws Failure {
        List<JumpHost> hosts = new ArrayList<>();
        for (int i = 0; i < chain.size(); i++) {
            SetupRequest.JumpHost host = chain.get(i);
            hosts.add(new JumpHost(
                    host.host(),
                    host.port(),
                    host.user(),
                    keys(host, i).keys(),
                    host.hostKey().map(SshTarget.Trust::parse).orElseGet(SshTarget.Trust.Nothing::new)));
        }
        return hosts;
    }

    /** @param index of the host in the chain */
    private OfferedKeys keys(SetupRequest.JumpHost host, int index) throws Failure {
        if (host.key().isEmpty()) {
            return keys.usual();
        }
        try {
            return new OfferedKeys(keys.load(Path.of(host.key().get())));
        } catch (Failure e) {
            Problem unreadable = e.problem();
            throw new Failure(
                    new Problem(
                            unreadable.what(),
                            Text.of("setup.jumpHost.keyUnreadable.meaning", host.shown()),
                            Text.of("setup.jumpHost.keyUnreadable.remedy", String.valueOf(index)),
                            unreadable.details()),
                    e);
        }
    }

    /**
     * Writes their host keys down, beside those of the machines; of one with a known fingerprint only, there is none.
     */
    public void pin() throws Failure {
        for (int i = 0; i < chain.size(); i++) {
            SetupRequest.JumpHost host = chain.get(i);
            if (publicKey(host).isPresent()) {
                pin(
                        host,
                        alias(i),
                        new HostKeys(List.of(HostKey.parse(publicKey(host).get()))));
            }
        }
    }

    private void pin(SetupRequest.JumpHost host, Optional<String> alias, HostKeys hostKeys) throws Failure {
        if (alias.isPresent()) {
            keys.pin(alias.get(), SetupRequest.Ssh.DEFAULT_PORT, hostKeys);
        } else {
            keys.pin(host.host(), host.port(), hostKeys);
        }
    }

    private Optional<String> alias(int index) {
        return HostKeyAlias.of(chain.get(index).host(), chain.get(index).port(), chain.subList(0, index));
    }

    /** The name under which the host keys of a machine behind them are kept; empty if there are none on the way. */
    public Optional<String> alias(String host, int port) {
        return HostKeyAlias.of(host, port, chain);
    }

    /** The lines of a {@code known_hosts} file with the same keys. */
    public List<String> knownHosts() {
        return IntStream.range(0, chain.size())
                .boxed()
                .flatMap(index ->
                        publicKey(chain.get(index))
                                .map(key -> alias(index).orElseGet(() -> name(chain.get(index))) + " " + key)
                                .stream())
                .toList();
    }

    private static String name(SetupRequest.JumpHost host) {
        return host.port() == SetupRequest.Ssh.DEFAULT_PORT ? host.host() : "[" + host.host() + "]:" + host.port();
    }

    /** What to compare by eye: {@code ops@bastion.contoso.com SHA256:…} of each with a known fingerprint only. */
    public List<String> fingerprints() {
        return chain.stream()
                .filter(host -> publicKey(host).isEmpty())
                .flatMap(host -> host.hostKey().map(key -> host.shown() + " " + key).stream())
                .toList();
    }

    private static Optional<String> publicKey(SetupRequest.JumpHost host) {
        return host.hostKey().filter(key -> !key.startsWith("SHA256:"));
    }

    /**
     * What {@code ssh} needs for the same route. Not {@code -J}: that takes no key for the jump host but from a
     * settings file (ssh(1)).
     *
     * @param knownHosts where {@link #pin} has written; empty: the user's own file counts
     */
    public List<String> sshOptions(Optional<String> knownHosts) {
        Optional<String> command = first.proxyCommand();
        for (int i = 0; i < chain.size(); i++) {
            SetupRequest.JumpHost host = chain.get(i);
            List<String> argv = new ArrayList<>(List.of("ssh"));
            // ssh fills in what begins with a percent sign.
            host.key().filter(keys::lasts).ifPresent(key -> argv.addAll(List.of("-i", key.replace("%", "%%"))));
            knownHosts
                    .filter(file -> publicKey(host).isPresent())
                    .ifPresent(file -> argv.addAll(
                            List.of("-o", "UserKnownHostsFile=" + quoted(file).replace("%", "%%"))));
            alias(i).filter(name -> knownHosts.isPresent() && publicKey(host).isPresent())
                    .ifPresent(name -> argv.addAll(List.of("-o", "HostKeyAlias=" + name)));
            argv.addAll(port(host.port()));
            // It is a word of the command before, in which ssh has filled in those signs once already.
            command.ifPresent(before -> argv.addAll(List.of("-o", "ProxyCommand=" + before.replace("%", "%%"))));
            argv.addAll(List.of("-W", "%h:%p", host.user() + "@" + host.host()));
            command = Optional.of(Command.of(argv.toArray(String[]::new)).shellLine());
        }
        return command.map(line -> List.of("-o", "ProxyCommand=" + line)).orElse(List.of());
    }

    /** For people: {@code ops@bastion.contoso.com}. */
    public String shown() {
        return chain.stream().map(SetupRequest.JumpHost::shown).collect(Collectors.joining(", "));
    }

    /** A file name in an {@code ssh} option that takes several, so that blanks need quotes (ssh_config(5)). */
    static String quoted(String file) {
        return file.indexOf(' ') < 0 ? file : '"' + file + '"';
    }

    /** The {@code ssh} options of a port; none of 22. */
    public static List<String> port(int port) {
        return port == SetupRequest.Ssh.DEFAULT_PORT ? List.of() : List.of("-p", String.valueOf(port));
    }
}
