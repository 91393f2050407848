package io.hone.engine.results;

/**
 * What a row of {@code samples.csv} says became of a sample at a step.
 *
 * @param step name of the entry
 * @param index of the sample in the whole data set
 * @param label true class
 * @param predicted class of the step's image; -1 where the classifier answered with NaN
 * @param attempted whether the sample took part
 * @param success whether the image meets the goal
 */
public record SampleOutcome(
    String step, long index, int label, int predicted, boolean attempted, boolean success) {}
