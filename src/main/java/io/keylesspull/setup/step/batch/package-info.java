/**
 * Many existing machines, each set up by one script, which Azure Resource Manager hands to all of them: the script, how
 * it is sent, and what it answers.
 *
 * <p>Not here: what is done on a machine, which the steps of the room machine tell.
 */
package io.keylesspull.setup.step.batch;
