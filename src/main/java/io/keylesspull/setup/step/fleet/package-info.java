/**
 * New scale sets, which Azure makes from a template: their steps, and how they are proven and taken back.
 *
 * <p>Uses setup.export for the template and what instances do when they start.
 */
package io.keylesspull.setup.step.fleet;
