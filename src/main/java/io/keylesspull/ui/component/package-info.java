/**
 * Controls and helpers that several rooms of {@code ui} use, and {@code Page}, which every page implements.
 *
 * <p>Nothing here knows a page, a run or Azure. May use no other room of {@code ui}.
 */
package io.keylesspull.ui.component;
