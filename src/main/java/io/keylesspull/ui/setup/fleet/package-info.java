/** A new scale set: its input and its fields on the page of the targets. */
package io.keylesspull.ui.setup.fleet;
