package io.keylesspull.practice.directory;

/** The only app registration in the practice directory, for sign-in without a person. */
public final class PracticeApp {

    /** The application (client) id. */
    public static final String CLIENT_ID = "5f3c1a52-7c1e-4b0e-9a51-0d6f3b2c7e10";
    /** The object id of its service principal, which roles are assigned to. */
    public static final String OBJECT_ID = "9b8f6f0e-2d3a-4c55-8a2e-61c4d7a0b3f2";
    /** Gives no access outside the practice cloud. */
    public static final String SECRET = "practice-client-secret";

    private PracticeApp() {}
}
