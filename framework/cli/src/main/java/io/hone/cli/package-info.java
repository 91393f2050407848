/** The command line: its entry point and the commands, but those on models. */
package io.hone.cli;
