/** Where Hone is installed, and what every command takes from there. */
package io.hone.cli.install;
