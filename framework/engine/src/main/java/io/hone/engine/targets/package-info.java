/**
 * What attacks come to over every class that they may aim at.
 *
 * <p>{@link io.hone.engine.targets.SweptResults} tells which results of a scenario differ by their
 * target alone. {@link io.hone.engine.targets.SweepFold} folds them into a best, an average and a
 * worst case, and keeps an example of each pair of classes in {@code PairExamples}.
 */
@NullMarked
package io.hone.engine.targets;

import org.jspecify.annotations.NullMarked;
