package io.hone.bench;

/**
 * What a side tells of a training.
 *
 * @param seconds from the first batch gathered to the last one learned
 * @param cpuSeconds that all threads of the process computed meanwhile
 * @param weights how many numbers were trained
 * @param firstLoss mean loss of an example in the first epoch
 * @param lastLoss mean loss of an example in the last epoch
 */
record TrainingFigures(
    double seconds, double cpuSeconds, long weights, double firstLoss, double lastLoss) {}
