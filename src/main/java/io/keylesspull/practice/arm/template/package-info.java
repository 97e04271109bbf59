/**
 * The language of ARM templates: expressions in strings that begin with "[", and the values of parameters.
 *
 * <p>Not here: resources and deployments of them (arm.deployment). Uses arm.protocol.
 */
package io.keylesspull.practice.arm.template;
