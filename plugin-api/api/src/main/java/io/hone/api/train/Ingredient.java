package io.hone.api.train;

import io.hone.api.stability.Stability;

/** What a {@link Recipe} makes pairs of beside images: the scenario has to give it. */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
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
