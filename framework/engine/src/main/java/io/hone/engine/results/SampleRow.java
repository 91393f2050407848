package io.hone.engine.results;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.hone.api.metric.Distances;
import io.hone.api.metric.Outcome;
import io.hone.api.metric.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One sample at one step: a row of {@code samples.csv}.
 *
 * <p>Absent figures (distances of a defense, a target of an untargeted goal) are null, and so are
 * the names of classes that have none.
 */
@JsonPropertyOrder({
  "step",
  "index",
  "label",
  "target",
  "predicted_before",
  "predicted",
  "attempted",
  "success",
  "success_8bit",
  "reason",
  "l0",
  "l0_pixels",
  "l1",
  "l2",
  "linf",
  "ssim",
  "forward",
  "gradient",
  "label_name",
  "target_name",
  "predicted_before_name",
  "predicted_name",
  "found_by"
})
public record SampleRow(
    String step,
    long index,
    int label,
    @Nullable Integer target,
    @JsonProperty("predicted_before") int predictedBefore,
    int predicted,
    boolean attempted,
    boolean success,
    @JsonProperty("success_8bit") boolean success8bit,
    String reason,
    @Nullable Double l0,
    @JsonProperty("l0_pixels") @Nullable Double l0Pixels,
    @Nullable Double l1,
    @Nullable Double l2,
    @Nullable Double linf,
    @Nullable Double ssim,
    long forward,
    long gradient,
    @JsonProperty("found_by") String foundBy,
    @JsonProperty("label_name") @Nullable String labelName,
    @JsonProperty("target_name") @Nullable String targetName,
    @JsonProperty("predicted_before_name") @Nullable String predictedBeforeName,
    @JsonProperty("predicted_name") @Nullable String predictedName) {

  /**
   * Returns a row without distances.
   *
   * @param foundBy the stage of the attack that found the example; empty where there is none
   */
  public static SampleRow of(
      String step, Outcome outcome, long forward, long gradient, String foundBy) {
    Outcome.Sample sample = outcome.sample();
    Verdict verdict = outcome.verdict();
    return new SampleRow(
        step,
        sample.index(),
        sample.label(),
        sample.target() < 0 ? null : sample.target(),
        outcome.received().prediction(),
        verdict.prediction(),
        verdict.attempted(),
        verdict.success(),
        verdict.success8bit(),
        verdict.reason(),
        null,
        null,
        null,
        null,
        null,
        null,
        forward,
        gradient,
        foundBy,
        null,
        null,
        null,
        null);
  }

  /** Returns this row with distances from the clean image. */
  public SampleRow with(Distances distances) {
    return new SampleRow(
        step,
        index,
        label,
        target,
        predictedBefore,
        predicted,
        attempted,
        success,
        success8bit,
        reason,
        distances.l0(),
        distances.l0Pixels(),
        distances.l1(),
        distances.l2(),
        distances.linf(),
        Double.isNaN(distances.ssim()) ? null : distances.ssim(),
        forward,
        gradient,
        foundBy,
        labelName,
        targetName,
        predictedBeforeName,
        predictedName);
  }

  /**
   * Returns this row with the names of its classes beside their numbers.
   *
   * @param classNames in the order of the classes, or empty
   */
  public SampleRow with(List<String> classNames) {
    return new SampleRow(
        step,
        index,
        label,
        target,
        predictedBefore,
        predicted,
        attempted,
        success,
        success8bit,
        reason,
        l0,
        l0Pixels,
        l1,
        l2,
        linf,
        ssim,
        forward,
        gradient,
        foundBy,
        name(classNames, label),
        target == null ? null : name(classNames, target),
        name(classNames, predictedBefore),
        name(classNames, predicted));
  }

  private static @Nullable String name(List<String> classNames, int number) {
    return number >= 0 && number < classNames.size() ? classNames.get(number) : null;
  }
}
