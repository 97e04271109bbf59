package io.keylesspull.practice.arm;

/** Answers the calls for one part of the control plane. */
@FunctionalInterface
interface Handler {

    Answer handle(Call call);
}
