package io.keylesspull.app.cli;

import java.io.BufferedReader;
import java.io.PrintWriter;

/** Where somebody may be sitting: what they type, what they read, and where they are told what is wrong. */
public record Terminal(BufferedReader in, PrintWriter out, PrintWriter err) {
}
