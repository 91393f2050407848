/** Commands that write results in the forms of others. */
package io.hone.cli.export;
