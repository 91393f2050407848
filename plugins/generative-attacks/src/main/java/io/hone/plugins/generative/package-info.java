/**
 * Attacks by networks that were trained to make adversarial examples.
 *
 * <p>Each attack is a name for one kind of generator. {@code Generator} does the work of all of
 * them, {@code TrainedTargets} reads from a card what a generator was trained for.
 */
@NullMarked
package io.hone.plugins.generative;

import org.jspecify.annotations.NullMarked;
