/** Failures as a user reads them: what happened, whose fault it is, and the next step. */
@NullMarked
package io.hone.engine.failure;

import org.jspecify.annotations.NullMarked;
