/**
 * The real Azure CLI of today, and OpenSSH, with the practice cloud: {@code mvn verify -Pazure-cli}, on Linux, as root.
 *
 * <p>A {@link io.keylesspull.cli.CurrentAzureCli} is a computer that is set up for a practice server. It runs in a
 * Debian system of its own, prepared once and kept where {@link io.keylesspull.real.Cache} keeps such things; no test
 * changes it, and nothing of the host is changed. Each program runs in namespaces that end with it, or with the test.
 */
package io.keylesspull.cli;
