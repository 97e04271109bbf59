/**
 * The program's entry point, and the rooms below it. Dependencies point down only: {@code app} may use every room,
 * {@code ui} uses {@code setup} and {@code engine}, {@code setup} uses {@code azure}, {@code remote} and
 * {@code engine}, and {@code text}, {@code disk} and {@code time} use no other room. {@code practice} is an Azure of
 * its own, which the others reach only over HTTP and SSH.
 */
package io.keylesspull;
