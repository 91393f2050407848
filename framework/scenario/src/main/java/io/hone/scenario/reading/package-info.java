/**
 * Reads scenario files: orders the steps, checks the chain and the expectations, expands the
 * matrix.
 */
package io.hone.scenario.reading;
