package io.hone.training;

import io.hone.api.train.Examples;

/**
 * Examples to learn from, and examples of other images that stop the training.
 *
 * @param stored whether they were found where an earlier training had stored them
 */
public record TrainingExamples(Examples training, Examples validation, boolean stored) {}
