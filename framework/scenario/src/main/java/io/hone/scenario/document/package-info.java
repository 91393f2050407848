/** The sections and keys of a scenario file, as a user writes them, and their syntax. */
@NullMarked
package io.hone.scenario.document;

import org.jspecify.annotations.NullMarked;
