package io.hone.onnx.training;

/**
 * The statistics of one batch normalisation in training form.
 *
 * @param image the value that is normalised, {@code [N, C, ...]}
 * @param mean the name of the running mean that the normalisation is given, {@code [C]}
 * @param variance the name of the running variance, {@code [C]}
 * @param batchMean output: the mean of the batch, {@code [C]}
 * @param batchVariance output: the mean square distance from it, {@code [C]}, divided by the count
 *     itself and not by one less
 * @param momentum the share that a running statistic keeps in a step, from 0 to 1, as ONNX counts
 */
public record BatchStatistics(
    String image,
    String mean,
    String variance,
    String batchMean,
    String batchVariance,
    float momentum) {}
