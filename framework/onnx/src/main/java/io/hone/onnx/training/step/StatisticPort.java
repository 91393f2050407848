package io.hone.onnx.training.step;

/**
 * Where a graph gives what a batch normalisation saw of a batch.
 *
 * @param mean the running mean that the file holds, {@code [C]}
 * @param variance the running variance that the file holds, {@code [C]}
 * @param batchMean output: the mean of the batch
 * @param batchVariance output: the variance of the batch, its sum of squares divided by the count
 *     less one
 * @param momentum the share that a running statistic keeps in a step, from 0 to 1, as ONNX counts
 */
public record StatisticPort(
    String mean, String variance, String batchMean, String batchVariance, float momentum) {}
