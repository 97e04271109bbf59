/**
 * The REST protocol of ARM: calls, replies, errors, pages, resource ids and kinds, and JSON.
 *
 * <p>Not here: any state. Uses wire and directory.
 */
package io.keylesspull.practice.arm.protocol;
