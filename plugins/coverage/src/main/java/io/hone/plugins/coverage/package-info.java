/**
 * Coverage of networks: which neurons a set of images has brought into which state.
 *
 * <p>{@link io.hone.plugins.coverage.NeuronCoverage} is the metric. For each image, {@code
 * LayerAnswers} holds what neurons answer, each {@code Criterion} tells which states that covers,
 * and {@code CoveredStates} keeps what all images covered. {@code NeuronRanges} is the profile that
 * some criteria compare with. {@code docs/coverage.md} tells the figures.
 */
@NullMarked
package io.hone.plugins.coverage;

import org.jspecify.annotations.NullMarked;
