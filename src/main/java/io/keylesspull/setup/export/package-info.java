/**
 * A setup as a file that other programs carry out: ARM JSON, Bicep, Terraform, cloud-init, scripts. All are written
 * from what the plan's steps say of themselves.
 *
 * <p>Not here: what a setup is made of (setup.template), the commands (setup.step). Uses those.
 */
package io.keylesspull.setup.export;
