package io.hone.api.activation;

import io.hone.api.stability.Stability;

/**
 * An ordinary image, as a profile sees it.
 *
 * @param sample index of the image in its data set
 * @param label its class; -1 where nobody knows it
 * @param prediction the class that the model gives it; -1 if NaN
 * @param answers of the layers that the metric chose
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record ProfiledImage(long sample, int label, int prediction, NeuronAnswers answers) {}
