package io.keylesspull.remote.agent;

import com.jcraft.jsch.AgentConnector;
import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.PageantFFMConnector;
import com.jcraft.jsch.SSHAgentConnector;
import com.jcraft.jsch.WindowsSSHAgentConnector;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The agents that hold the user's unlocked SSH keys, and sign with them: the private keys never leave them. They speak
 * the protocol of draft-ietf-sshm-ssh-agent.
 */
public final class SshAgent {

    /** Set by OpenSSH's agent and those that take its place. */
    private static final String SOCKET = "SSH_AUTH_SOCK";

    private final List<AgentConnector> agents;

    private SshAgent(List<AgentConnector> agents) {
        this.agents = List.copyOf(agents);
    }

    /**
     * Those that {@code ssh} would ask, and on Windows PuTTY's Pageant too, which needs Java 23. None has to run.
     *
     * @param environment the program's
     */
    public static SshAgent of(Map<String, String> environment, boolean windows) {
        List<AgentConnector> agents = new ArrayList<>();
        String socket = environment.getOrDefault(SOCKET, "");
        if (!socket.isEmpty() && !windows) {
            try {
                agents.add(new SSHAgentConnector(Path.of(socket)));
            } catch (AgentProxyException | InvalidPathException unusable) {
                // As if there were none: ssh does so too.
            }
        }
        if (windows) {
            agents.add(socket.isEmpty() ? new WindowsSSHAgentConnector() : new WindowsSSHAgentConnector(socket));
            try {
                agents.add(new PageantFFMConnector());
            } catch (AgentProxyException olderJava) {
                // OpenSSH's agent is left.
            }
        }
        return new SshAgent(agents);
    }

    /** All that they have, in their order. */
    public List<Identity> all() {
        return agents.stream()
                .flatMap(agent -> new AgentIdentityRepository(agent).getIdentities().stream())
                .toList();
    }

    /**
     * The private half of a key.
     *
     * @param publicKey the key's blob (RFC 4253, 6.6)
     * @return empty if no agent runs that has it
     */
    public Optional<Identity> find(byte[] publicKey) {
        return all().stream()
                .filter(identity -> Arrays.equals(identity.getPublicKeyBlob(), publicKey))
                .findFirst();
    }
}
