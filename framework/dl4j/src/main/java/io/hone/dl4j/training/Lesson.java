package io.hone.dl4j.training;

import io.hone.dl4j.samediff.Minibatch;
import io.hone.dl4j.samediff.Objective;
import io.hone.dl4j.samediff.TrainingGraph;
import io.hone.learning.network.Network;
import io.hone.learning.network.Weights;

/** What a network learns from a batch, and how well it knows it. */
interface Lesson {
  /** Returns what the training graph makes small. */
  Objective objective();

  /** Returns the number of classes that targets are one-hot over; 0 if targets are images. */
  int classes();

  /** Returns what {@link Grade#right()} counts, as a name such as {@code accuracy}. */
  String score();

  /**
   * Makes one step.
   *
   * @param decay as in {@link TrainingGraph#step}
   * @return the batch's loss before the step, a mean over its examples
   */
  double step(TrainingGraph graph, Minibatch batch, double rate, double decay);

  /** Returns an examination of a network with its weights, in inference mode. */
  Examination examination(Network network, Weights weights);

  /** Returns a text that changes with everything the lesson depends on, its examples apart. */
  String fingerprint();

  /** Measures a network on batches. */
  @FunctionalInterface
  interface Examination {
    /** Returns how well the network does on a batch. */
    Grade grade(Minibatch batch);
  }

  /**
   * How well a network does on a batch.
   *
   * @param loss a mean over the examples
   * @param right examples whose class comes out as it should; meaningless if targets are images
   */
  record Grade(double loss, int right) {}
}
