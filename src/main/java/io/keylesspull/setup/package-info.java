/**
 * The product's subject: making virtual machines able to pull from a registry without passwords.
 *
 * <p>Its rooms, each using only those before it: request (what is wanted), template (what it is made of in Azure), step
 * (what a step is), step.connection and step.apt (what steps on machines share), step.cloud and step.machine (the
 * steps), export (a setup for other programs), plan (a request as steps), log (a run's log), session (what the window
 * and the command line use). The steps are used by no other room. Uses azure.model and azure.resource, remote, engine,
 * disk, text and time.
 */
package io.keylesspull.setup;
