package io.keylesspull.setup.step.machine;

import io.keylesspull.engine.event.Failure;
import io.keylesspull.engine.event.Outcome;
import io.keylesspull.engine.plan.Fact;
import io.keylesspull.engine.plan.StepContext;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.request.SetupRequest.Identity.Kind;
import io.keylesspull.setup.request.SetupRequest.Machine;
import io.keylesspull.setup.step.CredentialHelper;
import io.keylesspull.setup.step.Known;
import io.keylesspull.setup.step.Preview;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.cloud.CloudFacts;
import io.keylesspull.setup.step.connection.MachineConnection;
import io.keylesspull.text.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks the Docker configurations of all users who will pull, before anything writes them: a login replaces a file
 * that Docker cannot read, and existing settings must not be changed.
 */
public final class DockerConfigStep extends RemoteStep {

    private final SetupRequest request;

    public DockerConfigStep(SetupRequest request, Machine machine) {
        super(
                request.label(machine),
                "docker-config",
                Text.of("setup.step.dockerConfig"),
                needs(request.identity().kind()),
                RemoteFacts.DOCKER_CONFIG);
        this.request = request;
    }

    private static Set<Fact<?>> needs(Kind kind) {
        Set<Fact<?>> needs =
                new HashSet<>(Set.of(RemoteFacts.CONNECTION, RemoteFacts.DOCKER_VERSION, CloudFacts.REGISTRY));
        if (kind == Kind.USER_ASSIGNED) {
            needs.add(CloudFacts.IDENTITY);
        }
        return Set.copyOf(needs);
    }

    @Override
    public Preview preview(Known known) {
        return Preview.nothing();
    }

    /** A login replaces a configuration that Docker cannot read, of which it warns at every command. */
    @Override
    public void byHand(Script script, Known known) {
        script.comment("(fails where Docker cannot read its configuration: a login would replace the whole file)");
        for (String user : users()) {
            script.remote("! " + user + "docker ps 2>&1 | grep \"config file\"");
        }
    }

    private List<String> users() {
        if (request.access().credentialHelper()) {
            return List.of("", "sudo ");
        }
        return List.of(request.access().dockerGroup() ? "" : "sudo ");
    }

    @Override
    Result work(StepContext context) throws Failure, InterruptedException {
        MachineConnection connection = context.get(RemoteFacts.CONNECTION);
        String loginServer = context.get(CloudFacts.REGISTRY).loginServer();
        CredentialHelper wanted =
                CredentialHelperStep.helper(context, request.identity().kind());
        DockerConfigFile dockerUsers = DockerConfigFile.ofDockerUser(connection);
        List<DockerConfigFile> files =
                request.access().credentialHelper() ? DockerConfigFile.of(connection) : List.of(dockerUsers);
        DockerConfigFile.lookForMissing(context, connection, files);
        for (DockerConfigFile file : files) {
            boolean storesLogin = request.access().azureCli() && file.equals(dockerUsers);
            file.check(context, connection, loginServer, wanted, storesLogin);
        }
        context.establish(RemoteFacts.DOCKER_CONFIG, loginServer);
        return new Result(Outcome.CHECKED, Text.of("setup.dockerConfig", loginServer));
    }
}
