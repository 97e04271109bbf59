/**
 * Reads the tables that come with the program, such as locations, sizes and packages.
 *
 * <p>Not here: what a table means. Uses no other package.
 */
package io.keylesspull.practice.data;
