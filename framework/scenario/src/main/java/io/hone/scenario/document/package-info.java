/** The sections and keys of a scenario file, as a user writes them, and their syntax. */
package io.hone.scenario.document;
