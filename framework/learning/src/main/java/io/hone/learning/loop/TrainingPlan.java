package io.hone.learning.loop;

import io.hone.onnx.training.update.UpdateRules;

/**
 * How a network is trained.
 *
 * @param epochs at most, passes over the training examples
 * @param batch examples per step
 * @param rate the learning rate that the schedule's factors multiply
 * @param schedule how the learning rate changes
 * @param rules how weights follow their gradients
 * @param patience epochs without a smaller validation loss after which the training ends
 * @param augmentation how examples are changed at random, anew each epoch
 */
public record TrainingPlan(
    int epochs,
    int batch,
    double rate,
    Schedule schedule,
    UpdateRules rules,
    int patience,
    Augmentation augmentation) {}
