/**
 * The pace at which things happen in the practice cloud, and its clock.
 *
 * <p>Uses the room time, and no other package of the practice cloud.
 */
package io.keylesspull.practice.clock;
