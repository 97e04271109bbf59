/**
 * What Azure's documented limits mean for many machines at once: tables and arithmetic, which ask nothing and wait for
 * nothing.
 */
package io.keylesspull.setup.fleet;
