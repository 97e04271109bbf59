/** Fields that new virtual machines and the instances of a scale set share. */
package io.keylesspull.ui.setup.machine;
