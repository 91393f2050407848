/** Runs scenarios: a scenario becomes a function of a batch, mapped over the batches and folded. */
@NullMarked
package io.hone.engine;

import org.jspecify.annotations.NullMarked;
