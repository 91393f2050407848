package io.hone.api.metric;

import io.hone.api.data.ImageShape;

/**
 * What one step made of one sample, as the framework judged it.
 *
 * @param kind of the step
 * @param sample index in the whole data set
 * @param label true class
 * @param target class wanted, or -1
 * @param shape of the images
 * @param clean image; like the others a row of features in [0, 1], not to be written to
 * @param root what the attack at the root of the chain emitted; the clean image where there is none
 * @param received what the step received
 * @param emitted what the step emitted: for a defense the recovered image, or the received one
 * @param distances of the emitted image from the clean one; null where the step is a defense
 * @param receivedDistances of the received image from the clean one; null like {@code distances}
 * @param rootDistances of the root image from the clean one; null like {@code distances}
 * @param cleanPrediction class of the clean image, through the step's own classifier
 * @param receivedPrediction class of the received image, through the classifier of the step it came
 *     from
 * @param prediction class of the step's image, through the step's own classifier; -1 if NaN
 * @param attempted whether the sample took part (was not skipped)
 * @param receivedSuccess whether the received image met the goal
 * @param success whether the emitted image meets the goal, as float
 * @param success8bit the same after rounding to 8 bits
 */
public record Outcome(
    StepKind kind,
    long sample,
    int label,
    int target,
    ImageShape shape,
    float[] clean,
    float[] root,
    float[] received,
    float[] emitted,
    Distances distances,
    Distances receivedDistances,
    Distances rootDistances,
    int cleanPrediction,
    int receivedPrediction,
    int prediction,
    boolean attempted,
    boolean receivedSuccess,
    boolean success,
    boolean success8bit) {}
