/** The process: exit codes, signals, the launcher, standard output. */
package io.hone.cli.process;
