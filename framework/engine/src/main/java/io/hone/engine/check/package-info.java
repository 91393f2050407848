/**
 * Self-checks: whether the figures of a run can be trusted. Each check is one class; a run asks all
 * of them about the same few samples once its own samples are done.
 */
@NullMarked
package io.hone.engine.check;

import org.jspecify.annotations.NullMarked;
