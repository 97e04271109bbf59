package io.keylesspull.practice.arm.core;

import io.keylesspull.practice.arm.protocol.Answer;
import io.keylesspull.practice.arm.protocol.Call;

/** Answers the calls for one part of the control plane. */
@FunctionalInterface
public interface Handler {

    Answer handle(Call call);
}
