/**
 * What metrics see inside the model under test.
 *
 * <p>{@code LayerNames} finds the layers that a metric names, {@link
 * io.hone.engine.activation.ObservedLayers} reads what they answer, for the images of a unit by
 * {@link io.hone.engine.activation.UnitActivations}. {@link io.hone.engine.activation.ProfileFiles}
 * keeps what metrics know of ordinary images.
 */
@NullMarked
package io.hone.engine.activation;

import org.jspecify.annotations.NullMarked;
