package io.hone.bench;

import java.io.PrintStream;

/**
 * Where a benchmark prints to.
 *
 * @param out for the table
 * @param log for what is going on
 */
record Streams(PrintStream out, PrintStream log) {}
