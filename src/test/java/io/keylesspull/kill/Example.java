package io.keylesspull.kill;

import io.keylesspull.app.ProgramInPractice;
import io.keylesspull.practice.ManyMachinesSetup;
import io.keylesspull.practice.PracticeCloud;
import io.keylesspull.setup.request.SetupRequest;
import java.nio.file.Path;
import java.util.Locale;

/** What the runs that are killed set up: the tutorial's two examples, and one on a machine and a registry there are. */
enum Example {
    USER_ASSIGNED("""
            {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
             "registry": {"name": "myContainerRegistry", "importSample": true}, "image": "aci-helloworld:v1",
             "machines": [{"name": "myDockerVM"}], "identity": {"kind": "user-assigned", "name": "myACRId"}}
            """, 1, 1),
    SYSTEM_ASSIGNED("""
            {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
             "registry": {"name": "myContainerRegistry", "importSample": true}, "image": "aci-helloworld:v1",
             "machines": [{"name": "myDockerVM"}], "identity": {"kind": "system-assigned"}}
            """, 1, 0),
    ON_WHAT_IS_THERE("""
            {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
             "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries",
                          "importSample": true},
             "image": "copied/aci-helloworld:v1",
             "machines": [{"name": "practiceBare", "create": false, "resourceGroup": "practiceMachines"}],
             "identity": {"kind": "user-assigned", "name": "myACRId"}}
            """, 0, 1),
    /** Of one name, in two resource groups: one is made, the other is there. */
    TWINS("""
            {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
             "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries",
                          "importSample": true},
             "image": "copied/aci-helloworld:v1",
             "machines": [{"name": "practiceBare"},
                          {"name": "practiceBare", "create": false, "resourceGroup": "practiceMachines"}],
             "identity": {"kind": "user-assigned", "name": "myACRId"}}
            """, 1, 1),
    /** Without a public address, by Run Command. */
    NAT_GATEWAY("""
            {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
             "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
             "image": "aci-helloworld:v1", "machines": [{"name": "myDockerVM", "publicAddress": false}],
             "identity": {"kind": "system-assigned"}}
            """, 1, 0),
    /** Without a public address in a subnet that exists, by Run Command. */
    IN_SUBNET("""
            {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
             "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
             "image": "aci-helloworld:v1",
             "machines": [{"name": "myDockerVM", "subnet": "NETWORK/practiceJumpVNET/subnets/practiceJumpSubnet",
                           "runCommand": true}],
             "identity": {"kind": "system-assigned"}}
            """, 1, 0),
    /** On a machine that is stopped. */
    STARTED("""
            {"version": 1, "location": "japaneast", "resourceGroup": {"name": "practiceMachines", "create": false},
             "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
             "image": "aci-helloworld:v1", "machines": [{"name": "practiceStopped", "create": false}],
             "identity": {"kind": "system-assigned"}, "startStopped": true}
            """, 0, 0),
    /** By a deployment that Azure carries out. */
    SCALE_SET("""
            {"version": 1, "location": "japaneast", "resourceGroup": {"name": "myResourceGroup"},
             "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
             "image": "aci-helloworld:v1", "scaleSet": {"name": "fleet", "instances": 1},
             "identity": {"kind": "user-assigned", "name": "myACRId"}}
            """, 1, 1),
    CLUSTER("""
            {"version": 1, "location": "japaneast", "resourceGroup": {"name": "practiceClusters", "create": false},
             "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
             "image": "aci-helloworld:v1", "clusters": [{"name": "practiceCluster"}]}
            """, 0, 0),
    /** On so many machines that Azure hands a script to each. */
    MANY("""
            {"version": 1, "subscription": "Many machines", "location": "japaneast",
             "resourceGroup": {"name": "myResourceGroup"},
             "registry": {"name": "myContainerRegistry", "importSample": true}, "image": "aci-helloworld:v1",
             "identity": {"kind": "user-assigned", "name": "myACRId"}, "machines": [MACHINES]}
            """.replace("MACHINES", ManyMachinesSetup.machines(SetupRequest.MOST_ONE_BY_ONE + 1)), 0, 1) {
        @Override
        void prepare(ProgramInPractice program) {
            program.faults().manyMachines(SetupRequest.MOST_ONE_BY_ONE + 1);
        }

        /** A run takes three thousand records, and as long as all others together. */
        @Override
        int stride(int records, int usual) {
            return Math.max(usual, records / 2);
        }
    },
    /** On a machine where the user has no key yet, and gets one by Run Command. */
    ADDED_KEY("""
            {"version": 1, "location": "japaneast", "resourceGroup": {"name": "practiceMachines", "create": false},
             "registry": {"name": "practiceclassic", "create": false, "resourceGroup": "practiceRegistries"},
             "image": "aci-helloworld:v1",
             "machines": [{"name": "practiceBare", "create": false, "sshKey": "OTHER_KEY", "ssh": {"addKey": true}}],
             "identity": {"kind": "system-assigned"}}
            """, 0, 0) {
        @Override
        void prepare(ProgramInPractice program) {
            PracticeCloud cloud = program.cloud();
            String bare = cloud.resourceIds()
                    .filter(id -> id.endsWith("/virtualMachines/practiceBare"))
                    .findFirst()
                    .orElseThrow();
            cloud.machine(bare).state().files().remove("/home/azureuser/.ssh");
        }
    };

    private static final String NETWORKS = "/subscriptions/6a1d2c3b-7e4f-4b58-8f90-1c2d3e4f5a6b/resourceGroups/"
            + "practiceMachines/providers/Microsoft.Network/virtualNetworks";

    private final String setup;
    private final int machines;
    private final int identities;

    Example(String setup, int machines, int identities) {
        this.setup = setup;
        this.machines = machines;
        this.identities = identities;
    }

    /** The text of its setup file. @param otherKey path of a private key that opens no machine yet */
    String setup(Path otherKey) {
        return setup.replace("OTHER_KEY", otherKey.toString().replace("\\", "\\\\"))
                .replace("NETWORK", NETWORKS);
    }

    /** Changes what there is before a run. */
    void prepare(ProgramInPractice program) {}

    /** How many records are from one kill to the next. @param records of a whole run @param usual of most examples */
    int stride(int records, int usual) {
        return usual;
    }

    /** How many machines it makes. */
    int machines() {
        return machines;
    }

    /** How many user-assigned identities it makes. */
    int identities() {
        return identities;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
