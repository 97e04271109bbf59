/**
 * The ways to sign in, and how a sign-in is remembered by the system's keyring.
 *
 * <p>Not here: what the account may do. Uses the other rooms of azure, and text; outside of azure only {@code app} uses
 * it.
 */
package io.keylesspull.azure.signin;
