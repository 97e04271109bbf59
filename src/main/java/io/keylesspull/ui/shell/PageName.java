package io.keylesspull.ui.shell;

/** Which page the window shows. The name is a part of the keys of the page's title, lead and help. */
sealed interface PageName permits WizardStep, SidePage, UndoRunPage {

    String name();
}
