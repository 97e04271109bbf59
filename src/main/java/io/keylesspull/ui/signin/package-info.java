/**
 * The first page: practice mode or Azure, the sign-in, the directory and the subscription.
 *
 * <p>{@code SignInModel} holds the session that the other pages work with. What is done with a session does not live
 * here. May use {@code component}.
 */
package io.keylesspull.ui.signin;
