package io.hone.dl4j.training;

/**
 * What an epoch reached.
 *
 * @param trainingLoss mean over its steps, each before its update
 * @param loss on the validation examples; the training loss where there are none
 * @param accuracy share of the validation examples that the lesson counts as right; NaN unless
 *     targets are classes
 */
record EpochFigures(double trainingLoss, double loss, double accuracy) {}
