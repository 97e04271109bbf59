/**
 * curl, and the HTTP client of all programs.
 *
 * <p>Uses machine.shell, machine.state, wire, and of machine.program.apt the key that curl downloads.
 */
package io.keylesspull.practice.machine.program.net;
