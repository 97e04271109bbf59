package io.keylesspull.ui.access;

import io.keylesspull.text.AccessKeys;
import javafx.scene.control.Labeled;

/** The words of a control. */
public final class Words {

    private Words() {}

    /** Without the mark of an access key and without a letter that was added for it; null for none. */
    public static String of(Labeled labeled) {
        String text = labeled.getText();
        return text == null || !labeled.isMnemonicParsing() ? text : AccessKeys.plain(text);
    }
}
