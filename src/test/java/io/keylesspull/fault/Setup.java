package io.keylesspull.fault;

import io.keylesspull.practice.ManyMachinesSetup;
import io.keylesspull.practice.clock.Pace;
import java.nio.file.Path;

/** What is set up while something goes wrong, how long things take meanwhile, and where the program keeps its data. */
enum Setup {

    /** Example 1: everything is made. What Azure does takes no time, so that all that passes is the fault's. */
    NEW(Pace.INSTANT, false, """
            {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
             "registry": {"name": "myContainerRegistry", "importSample": true}, "image": "aci-helloworld:v1",
             "machines": [{"name": "myDockerVM"}], "identity": {"kind": "user-assigned", "name": "myACRId"}}
            """),
    /** The same, where operations have to be waited for. */
    NEW_SLOWLY(Pace.FAST, false, NEW.text),
    /** The same, where the program's data is on a disk that can be full. */
    NEW_FROM_A_SMALL_DISK(Pace.INSTANT, true, NEW.text),
    /** A registry and an identity are made, for a machine that is there and has Docker. */
    SHARED(Pace.INSTANT, false, """
            {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
             "registry": {"name": "myContainerRegistry", "importSample": true}, "image": "aci-helloworld:v1",
             "machines": [{"name": "practiceDocker", "create": false, "resourceGroup": "practiceMachines"}],
             "identity": {"kind": "user-assigned", "name": "myACRId"}}
            """),
    /** Example 2: nothing is made; a machine that is there gets an identity of its own and software. */
    THERE(Pace.INSTANT, false, """
            {"version": 1, "location": "japaneast", "resourceGroup": {"name": "practiceMachines", "create": false},
             "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
             "image": "aci-helloworld:v1", "machines": [{"name": "practiceBare", "create": false}],
             "identity": {"kind": "system-assigned"}}
            """),
    /** The same, reached by Run Command. */
    BY_RUN_COMMAND(
            Pace.INSTANT,
            false,
            THERE.text.replace("\"create\": false}]", "\"create\": false, \"runCommand\": true}]")),
    /** The same, where SSH does not accept the key, and the run adds it. */
    ADDED_KEY(
            Pace.INSTANT,
            false,
            THERE.text.replace(
                    "\"create\": false}]",
                    "\"create\": false, \"sshKey\": \"OTHER_KEY\", \"ssh\": {\"addKey\": true}}]")),
    /** A machine without a public address is made, and a network with a NAT gateway for it. */
    BEHIND_GATEWAY(Pace.INSTANT, false, """
            {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
             "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
             "image": "aci-helloworld:v1", "machines": [{"name": "myDockerVM", "publicAddress": false}],
             "identity": {"kind": "system-assigned"}}
            """),
    /** A scale set of two instances is made, where Azure's operations have to be waited for. */
    SCALE_SET(Pace.FAST, false, """
            {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
             "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
             "image": "aci-helloworld:v1", "scaleSet": {"name": "fleet", "instances": 2, "size": "Standard_B2s"},
             "identity": {"kind": "user-assigned", "name": "myACRId"}}
            """),
    /** So many machines that are there that Azure hands a script to each. */
    MANY(Pace.INSTANT, false, """
            {"version": 1, "subscription": "Many machines", "location": "japaneast",
             "resourceGroup": {"name": "myResourceGroup"},
             "registry": {"name": "myContainerRegistry", "importSample": true}, "image": "aci-helloworld:v1",
             "identity": {"kind": "user-assigned", "name": "myACRId"}, "azureCli": false, "machines": [MACHINES]}
            """.replace("MACHINES", ManyMachinesSetup.machines(ManyRows.MACHINES))),
    /** A cluster that is there. */
    CLUSTER(Pace.INSTANT, false, """
            {"version": 1, "location": "japaneast", "resourceGroup": {"name": "practiceClusters", "create": false},
             "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
             "image": "aci-helloworld:v1", "clusters": [{"name": "practiceCluster"}]}
            """),
    /** One with Azure Policy, which admits Microsoft's images only. */
    CLUSTER_WITH_POLICY(Pace.INSTANT, false, CLUSTER.text.replace("\"practiceCluster\"", "\"practiceClusterPolicy\"")),
    /** A machine that is there and that only a jump host reaches. */
    THROUGH_JUMP_HOST(
            Pace.INSTANT,
            false,
            THERE.text.replace(
                    "\"practiceBare\", \"create\": false}]",
                    "\"practicePrivate\", \"create\": false, \"ssh\": {\"jumpHosts\": [{\"host\":"
                            + " \"practicejump.japaneast.cloudapp.azure.com\", \"user\": \"azureuser\"}]}}]"));

    private final Pace pace;
    private final boolean smallDisk;
    private final String text;

    Setup(Pace pace, boolean smallDisk, String text) {
        this.pace = pace;
        this.smallDisk = smallDisk;
        this.text = text;
    }

    Pace pace() {
        return pace;
    }

    boolean smallDisk() {
        return smallDisk;
    }

    /** The setup file. @param otherKey path of a private key that opens no machine yet */
    String text(Path otherKey) {
        return text.replace("OTHER_KEY", otherKey.toString().replace("\\", "\\\\"));
    }
}
