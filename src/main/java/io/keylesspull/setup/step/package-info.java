/**
 * What every step of a setup is: {@link SetupStep} with its preview, its checks and its lines of the script, and the
 * values in them. Also the words for errors of Azure and for resources.
 *
 * <p>Not here: the steps themselves. Uses setup.request, engine, azure, remote and text.
 */
package io.keylesspull.setup.step;
