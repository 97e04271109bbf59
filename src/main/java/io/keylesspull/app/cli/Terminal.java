package io.keylesspull.app.cli;

import java.io.BufferedReader;
import java.io.PrintWriter;

/** The streams of the terminal that the program was started in. */
public record Terminal(BufferedReader in, PrintWriter out, PrintWriter err) {}
