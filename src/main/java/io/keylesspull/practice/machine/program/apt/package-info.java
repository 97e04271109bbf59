/**
 * apt-get, dpkg and gpg, and Microsoft's package repository.
 *
 * <p>Not here: which packages there are (machine.state). Uses machine.shell and machine.state.
 */
package io.keylesspull.practice.machine.program.apt;
