package io.keylesspull.setup.step.connection;

import io.keylesspull.azure.model.AppliedRules;
import io.keylesspull.azure.model.MachineInfo;
import io.keylesspull.azure.resource.Resources;
import io.keylesspull.remote.Command;
import io.keylesspull.setup.request.AddressRange;
import java.util.Optional;

/** The commands that let an address in at a machine's SSH port. */
final class OpeningRule {

    private static final int FIRST_PRIORITY = 100;

    private static final String SUBSCRIPTIONS = "/subscriptions/";

    private OpeningRule() {}

    /** In a group that refuses it; empty if Azure does not say which group that is. */
    static String in(AppliedRules group, int port, Optional<AddressRange> address) {
        String id = group.groupId();
        return id.startsWith(SUBSCRIPTIONS)
                ? rule(subscription(id), Resources.groupName(id), group.group(), group.freePriority(), port, address)
                : "";
    }

    /** For a machine that has no group, which gets one. */
    static String withGroup(MachineInfo machine, int port, Optional<AddressRange> address) {
        if (!machine.id().startsWith(SUBSCRIPTIONS)) {
            return "";
        }
        String subscription = subscription(machine.id());
        String group = machine.name() + "NSG";
        String create = Command.of(
                        "az",
                        "network",
                        "nsg",
                        "create",
                        "--resource-group",
                        machine.resourceGroup(),
                        "--name",
                        group,
                        "--location",
                        machine.location(),
                        "--subscription",
                        subscription)
                .shellLine();
        String nic = Command.of(
                        "az",
                        "vm",
                        "show",
                        "--ids",
                        machine.id(),
                        "--query",
                        "networkProfile.networkInterfaces[0].id",
                        "--output",
                        "tsv")
                .shellLine();
        String attach = "az network nic update --ids \"$(" + nic + ")\" "
                + Command.of(
                                "--network-security-group",
                                "/subscriptions/" + subscription + "/resourceGroups/" + machine.resourceGroup()
                                        + "/providers/Microsoft.Network/networkSecurityGroups/" + group)
                        .shellLine();
        return String.join(
                "\n",
                create,
                rule(subscription, machine.resourceGroup(), group, FIRST_PRIORITY, port, address),
                attach);
    }

    private static String subscription(String id) {
        return id.split("/", 4)[2];
    }

    private static String rule(
            String subscription,
            String resourceGroup,
            String group,
            int priority,
            int port,
            Optional<AddressRange> address) {
        return Command.of(
                        "az",
                        "network",
                        "nsg",
                        "rule",
                        "create",
                        "--resource-group",
                        resourceGroup,
                        "--nsg-name",
                        group,
                        "--name",
                        "AllowMySsh",
                        "--priority",
                        String.valueOf(priority),
                        "--access",
                        "Allow",
                        "--protocol",
                        "Tcp",
                        "--source-address-prefixes",
                        address.map(AddressRange::toString).orElse("ADDRESS"),
                        "--destination-port-ranges",
                        String.valueOf(port),
                        "--subscription",
                        subscription)
                .shellLine();
    }
}
