/** Pulls that the parts of a target make by themselves, such as the nodes of a cluster: looking on, and their proof. */
@NullMarked
package io.keylesspull.setup.step.pull;

import org.jspecify.annotations.NullMarked;
