/**
 * {@code Microsoft.Resources/deployments}: a template's resources, their order, what is checked before, and their
 * progress.
 *
 * <p>Not here: which calls there are (arm). Uses arm.core, arm.protocol and arm.template.
 */
package io.keylesspull.practice.arm.deployment;
