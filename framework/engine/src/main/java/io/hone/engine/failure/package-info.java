/** Failures as a user reads them: what happened, whose fault it is, and the next step. */
package io.hone.engine.failure;
