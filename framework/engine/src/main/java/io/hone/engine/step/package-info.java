/** The steps of a run: attacks, improvers and defenses at work on one batch. */
@NullMarked
package io.hone.engine.step;

import org.jspecify.annotations.NullMarked;
