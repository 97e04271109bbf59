package io.keylesspull.setup.plan;

import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.Script;
import io.keylesspull.setup.step.Script.Piece.Environment;
import java.util.ArrayList;
import java.util.List;

/** How a person signs in to Azure before typing what the steps do. */
final class SignInByHand {

    private SignInByHand() {}

    static void add(SetupRequest request, Script script) {
        SetupRequest.SignIn signIn = request.signIn();
        script.comment("Sign in");
        if (signIn.cloud() != AzureCloud.PUBLIC) {
            script.run("az", "cloud", "set", "--name", signIn.cloud().cliName());
        }
        switch (signIn.method()) {
            case BROWSER -> login(script, signIn, "az", "login");
            case DEVICE_CODE -> login(script, signIn, "az", "login", "--use-device-code");
            case MANAGED_IDENTITY -> script.run("az", "login", "--identity");
            case ENVIRONMENT ->
                script.run(List.of(
                        Script.text("az"),
                        Script.text("login"),
                        Script.text("--service-principal"),
                        Script.text("--username"),
                        new Environment("AZURE_CLIENT_ID"),
                        Script.text("--password"),
                        new Environment("AZURE_CLIENT_SECRET"),
                        Script.text("--tenant"),
                        new Environment("AZURE_TENANT_ID")));
            case AZURE_CLI -> script.comment("The Azure CLI is signed in already; type az login if it is not.");
        }
        request.subscription()
                .ifPresent(subscription -> script.run("az", "account", "set", "--subscription", subscription));
    }

    private static void login(Script script, SetupRequest.SignIn signIn, String... command) {
        List<String> argv = new ArrayList<>(List.of(command));
        signIn.tenant().ifPresent(tenant -> argv.addAll(List.of("--tenant", tenant)));
        script.run(argv.toArray(String[]::new));
    }
}
