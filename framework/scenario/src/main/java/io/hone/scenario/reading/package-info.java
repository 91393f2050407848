/**
 * Reads scenario files: orders the steps, checks the chain and the expectations, expands the
 * matrix.
 */
@NullMarked
package io.hone.scenario.reading;

import org.jspecify.annotations.NullMarked;
