/**
 * Surprise adequacy: how far a network's answers to an image are from its answers to ordinary
 * images.
 *
 * <p>{@link io.hone.plugins.coverage.surprise.Surprise} is the metric. {@code ActivationTraces}
 * holds the answers to the images of the profile, {@code ClassDensities} and {@code TraceDistances}
 * compare an answer with them. {@code docs/coverage.md} tells the figures.
 */
@NullMarked
package io.hone.plugins.coverage.surprise;

import org.jspecify.annotations.NullMarked;
