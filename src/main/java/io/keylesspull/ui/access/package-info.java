/** How the keyboard and a screen reader reach what is in the window. */
@NullMarked
package io.keylesspull.ui.access;

import org.jspecify.annotations.NullMarked;
