package io.keylesspull.azure.signin;

import com.microsoft.aad.msal4j.IAccount;

/**
 * Who has signed in. Not secret: it says which of the kept tokens are the account's.
 *
 * @param homeAccountId MSAL's id: the object id and the home directory
 * @param environment the directory's host, such as {@code login.microsoftonline.com}
 * @param username for people
 */
record SignedInAccount(String homeAccountId, String environment, String username) {

    static SignedInAccount of(IAccount account) {
        return new SignedInAccount(account.homeAccountId(), account.environment(), account.username());
    }

    boolean is(IAccount account) {
        return homeAccountId.equals(account.homeAccountId()) && environment.equals(account.environment());
    }
}
