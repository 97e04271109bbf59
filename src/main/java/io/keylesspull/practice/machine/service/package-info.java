/**
 * What runs on a machine by itself: cloud-init at its first start, and the services of systemd.
 *
 * <p>Uses machine.shell and machine.state.
 */
package io.keylesspull.practice.machine.service;
