package io.hone.engine.step;

import io.hone.api.data.Tensor;
import io.hone.api.metric.StepKind;
import io.hone.api.metric.StepKind.Trait;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What one step made of the samples of one unit. Immutable but for the images' own numbers. */
public final class StepResult {
  private final String name;
  private final StepKind kind;
  private final List<StepResult> received;
  private final Tensor images;
  private final List<SampleResult> samples;
  private final double seconds;

  /**
   * Creates a result.
   *
   * @param received the results that the step received; none for the clean step
   * @param images what the step emits: for a defense the recovered images, or the received ones
   * @param samples one per image
   * @param seconds in the step's own component
   */
  public StepResult(
      String name,
      StepKind kind,
      List<StepResult> received,
      Tensor images,
      List<SampleResult> samples,
      double seconds) {
    this.name = name;
    this.kind = kind;
    this.received = List.copyOf(received);
    this.images = images;
    this.samples = List.copyOf(samples);
    this.seconds = seconds;
  }

  /** Returns the name of the entry. */
  public String name() {
    return name;
  }

  /** Returns the kind of the step. */
  public StepKind kind() {
    return kind;
  }

  /** Returns the results that the step received; none for the clean step. */
  public List<StepResult> received() {
    return received;
  }

  /** Returns whether this is the data set's own images. */
  public boolean isClean() {
    return received.isEmpty();
  }

  /** Returns what the step emits. */
  public Tensor images() {
    return images;
  }

  /** Returns what became of each sample. */
  public List<SampleResult> samples() {
    return samples;
  }

  /** Returns what became of a sample. */
  public SampleResult sample(int row) {
    return samples.get(row);
  }

  /** Returns the time in the step's own component. */
  public double seconds() {
    return seconds;
  }

  /** Returns the result that a sample's image was received from; empty for the clean step. */
  public Optional<StepResult> source(int row) {
    return isClean() ? Optional.empty() : Optional.of(received.get(sample(row).source()));
  }

  /**
   * Returns the attack at the root of the chain that a sample's image came along, or the clean step
   * where there is none.
   */
  public StepResult root(int row) {
    StepResult root = this;
    while (!root.isClean() && !root.startsFromClean()) {
      root = root.source(row).orElseThrow();
    }
    return root;
  }

  private boolean startsFromClean() {
    return kind.has(Trait.PERTURBS) && received.stream().allMatch(StepResult::isClean);
  }

  /** Returns the entries of an array at some places. */
  public static int[] select(int[] values, int[] rows) {
    return Arrays.stream(rows).map(row -> values[row]).toArray();
  }
}
