/** Runs scenarios: a scenario becomes a function of a batch, mapped over the batches and folded. */
package io.hone.engine;
