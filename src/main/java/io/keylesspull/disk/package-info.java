/**
 * Files and folders that only their owner can read or change, written completely or not at all; and files of unknown
 * origin, read without waiting for what is no file.
 *
 * <p>Not here: which files there are. Uses no other room.
 */
package io.keylesspull.disk;
