package io.hone.core.training;

import io.hone.api.train.Examples;

/** Examples to learn from, and examples of other images that stop the training. */
record TrainingExamples(Examples training, Examples validation) {}
