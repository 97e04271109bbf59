/**
 * How bytes get in and out: requests and responses, the HTTP server on the loopback interface, and for other programs a
 * proxy with TLS certificates.
 *
 * <p>Not here: what a service answers. Uses the room time, and no other package of the practice cloud.
 */
package io.keylesspull.practice.wire;
