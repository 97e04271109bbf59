package io.keylesspull.setup.step;

import io.keylesspull.text.Text;

/** One thing a run would do to Azure or to a machine, or would find there and leave alone. */
public record PlannedChange(Kind kind, Text what) {

    public enum Kind { CREATE, CHANGE, FIND }
}
