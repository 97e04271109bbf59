package io.keylesspull.ui.signin;

/** What is practised. Each is found in a subscription of the practice cloud. */
public enum PracticeSituation {
    IN_ORDER("Practice subscription"),
    PRIVATE_NETWORK("Practice subscription"),
    NEW_SUBSCRIPTION("Empty practice subscription"),
    SEVERAL_DIRECTORIES("Practice subscription"),
    MISSING_RIGHTS("Missing rights"),
    POLICY_AND_LOCK("Policy and lock"),
    QUOTA_AND_SIZES("Quota and sizes"),
    MANY_MACHINES("Many machines");

    private final String subscription;

    PracticeSituation(String subscription) {
        this.subscription = subscription;
    }

    /** The name of the subscription. */
    public String subscription() {
        return subscription;
    }
}
