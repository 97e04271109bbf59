package io.keylesspull.setup.plan;

import io.keylesspull.azure.model.AzureCloud;
import io.keylesspull.setup.request.SetupRequest;
import io.keylesspull.setup.step.Script;

/** How a person signs in to Azure before typing what the steps do. */
final class SignInByHand {

    private SignInByHand() {}

    static void add(SetupRequest request, Script script) {
        SetupRequest.SignIn signIn = request.signIn();
        script.comment("Sign in");
        if (signIn.cloud() != AzureCloud.PUBLIC) {
            script.run("az", "cloud", "set", "--name", signIn.cloud().cliName());
        }
        String tenant =
                signIn.tenant().map(given -> " --tenant " + Script.word(given)).orElse("");
        switch (signIn.method()) {
            case BROWSER -> script.raw("az login" + tenant);
            case DEVICE_CODE -> script.raw("az login --use-device-code" + tenant);
            case MANAGED_IDENTITY -> script.raw("az login --identity");
            case ENVIRONMENT ->
                script.raw("az login --service-principal --username \"$AZURE_CLIENT_ID\""
                        + " --password \"$AZURE_CLIENT_SECRET\" --tenant \"$AZURE_TENANT_ID\"");
            case AZURE_CLI -> script.comment("The Azure CLI is signed in already; type az login if it is not.");
        }
        request.subscription()
                .ifPresent(subscription -> script.run("az", "account", "set", "--subscription", subscription));
    }
}
