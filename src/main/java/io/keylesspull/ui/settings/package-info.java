/**
 * What the user chooses once: language, look, text size, notifications, and how the program starts. {@code Settings}
 * has the choices, {@code SettingsPage} shows them, {@code SettingsHost} is what the program must provide for that.
 *
 * <p>May use {@code component} and {@code remembered}.
 */
package io.keylesspull.ui.settings;
