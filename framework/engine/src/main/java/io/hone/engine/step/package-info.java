/**
 * The steps of a run at work on one unit of samples. Each kind of step is a package below, which
 * begins with its {@link io.hone.engine.step.StepType}; here is what all kinds share.
 */
@NullMarked
package io.hone.engine.step;

import org.jspecify.annotations.NullMarked;
