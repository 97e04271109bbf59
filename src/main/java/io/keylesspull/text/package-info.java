/**
 * Messages for people in two languages, the masking of secrets, and terminal output as lines with styles. Each room
 * that has messages has its own bundle of them in its resources folder, and the commands that carry its remedies out
 * beside it; this room renders them.
 *
 * <p>Not here: the messages themselves. Uses no other room.
 */
package io.keylesspull.text;
