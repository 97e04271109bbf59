/**
 * The pages on which a setup is entered and reviewed, with a model each. {@code RequestModel} combines the models into
 * the request and checks it against the rules. Other rooms know {@code SetupPages} alone.
 *
 * <p>The rules themselves live in {@code io.keylesspull.setup}; running the setup lives in {@code ui.run}. May use
 * {@code signin} and {@code component}.
 */
package io.keylesspull.ui.setup;
