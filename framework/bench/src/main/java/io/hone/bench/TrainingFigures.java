package io.hone.bench;

import java.util.OptionalLong;

/**
 * What a side tells of a training.
 *
 * @param seconds from the first batch gathered to the last one learned
 * @param cpuSeconds that all threads of the process computed meanwhile
 * @param weights how many numbers were trained; empty if the side does not tell
 * @param firstLoss mean loss of an example in the first epoch
 * @param lastLoss mean loss of an example in the last epoch
 */
record TrainingFigures(
    double seconds, double cpuSeconds, OptionalLong weights, double firstLoss, double lastLoss) {}
