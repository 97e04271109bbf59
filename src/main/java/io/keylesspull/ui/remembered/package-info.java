/** What the window remembers from one start to the next. May use no other room of {@code ui}. */
package io.keylesspull.ui.remembered;
