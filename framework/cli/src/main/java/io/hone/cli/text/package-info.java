/** Text on a terminal: tables, progress, wrapping. */
package io.hone.cli.text;
