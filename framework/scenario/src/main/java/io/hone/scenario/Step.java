package io.hone.scenario;

import java.util.Map;
import java.util.OptionalLong;

/**
 * One result entry of a scenario: a step for one {@code of} and one point of the matrix.
 *
 * @param name unique: {@code fgsm}, {@code recover@fgsm}, {@code learned[threshold=0.96]}
 * @param id the step's id; random streams are keyed by it, so variants are paired
 * @param of the name of the entry it receives; {@link #CLEAN} for the data set's images
 * @param variant the axes it depends on, by the last part of their path; empty without a matrix
 * @param action what it does
 * @param goal the scenario's, or the step's own
 * @param queries budget per sample
 * @param grid8bit whether the model sees, and the step emits, images rounded to 8 bits toward the
 *     clean image
 * @param allSamples whether misclassified samples are attacked too
 */
public record Step(
    String name,
    String id,
    String of,
    Map<String, Object> variant,
    StepAction action,
    Goal goal,
    OptionalLong queries,
    boolean grid8bit,
    boolean allSamples) {
  /** The name of the reserved step that stands for the data set's images. */
  public static final String CLEAN = "clean";
}
