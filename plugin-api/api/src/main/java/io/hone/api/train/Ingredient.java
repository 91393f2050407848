package io.hone.api.train;

/** What a {@link Recipe} makes pairs of beside images: the scenario has to give it. */
public enum Ingredient {
  /** The true class of every image. */
  LABELS,
  /** The classifier that the scenario names at {@code data.model}. */
  MODEL,
  /** Gradients of that classifier; the trainer gets it as {@link TrainingTask#attacked()}. */
  GRADIENTS,
  /** A goal that wants a class of every image by its label alone, such as {@code {9: 4}}. */
  GOAL,
  /** What at least one step makes of the images. */
  STEPS
}
