/**
 * The shell: it parses and interprets scripts, and defines what a program is and how it is called.
 *
 * <p>Not here: any program. Uses machine.state.
 */
package io.keylesspull.practice.machine.shell;
