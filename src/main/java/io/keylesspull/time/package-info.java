/**
 * The clock, waiting, and values that are created on first use. The only room that calls {@link Thread#sleep}.
 *
 * <p>Uses no other room.
 */
package io.keylesspull.time;
