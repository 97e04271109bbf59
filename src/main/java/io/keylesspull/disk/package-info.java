/**
 * Files and folders that only their owner can read or change, written completely or not at all.
 *
 * <p>Not here: which files there are. Uses no other room.
 */
package io.keylesspull.disk;
