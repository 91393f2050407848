package io.hone.dl4j.training;

/**
 * How a network is trained.
 *
 * @param epochs at most, passes over the training examples
 * @param batch examples per step
 * @param rate Adam's step size at the start
 * @param schedule how the step size changes
 * @param decay decoupled weight decay of kernels and matrices
 * @param patience epochs without a smaller validation loss after which the training ends
 * @param augmentation how examples are changed at random, anew each epoch
 */
record TrainingPlan(
    int epochs,
    int batch,
    double rate,
    Schedule schedule,
    double decay,
    int patience,
    Augmentation augmentation) {}
