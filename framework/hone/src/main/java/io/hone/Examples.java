package io.hone;

import io.hone.api.data.Tensor;
import io.hone.api.metric.DistanceMeter;
import io.hone.api.metric.Distances;
import io.hone.api.metric.Outcome;
import io.hone.api.metric.StepKind;
import io.hone.api.metric.StepKind.Trait;
import io.hone.api.metric.Verdict;
import io.hone.api.run.Setting;
import io.hone.api.run.TrustFlag;
import io.hone.api.stability.Stability;
import io.hone.engine.step.SampleResult;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What an attack, an improver or a defense made of images that a program holds, row by row in the
 * order of the images. Immutable; its tensors are not to be written to.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class Examples {
  /**
   * How examples came to be.
   *
   * @param kind of the step
   * @param madeBy the component's id
   * @param trust why figures cannot be fully trusted
   */
  record Origin(
      StepKind kind,
      String madeBy,
      Setting setting,
      StepSettings settings,
      List<TrustFlag> trust) {}

  private static final Distances NONE = new Distances(0, 0, 0, 0, 0, 1);

  private final Origin origin;
  private final Optional<Examples> received;
  private final Tensor clean;
  private final int[] labels;
  private final Tensor images;
  private final List<SampleResult> samples;
  private final List<Distances> distances;

  Examples(
      Origin origin,
      Optional<Examples> received,
      Tensor clean,
      int[] labels,
      Tensor images,
      List<SampleResult> samples) {
    this.origin = origin;
    this.received = received;
    this.clean = clean;
    this.labels = labels.clone();
    this.images = images;
    this.samples = List.copyOf(samples);
    DistanceMeter meter = new DistanceMeter(clean.imageShape());
    this.distances =
        IntStream.range(0, size())
            .mapToObj(row -> meter.between(clean.row(row), images.row(row)))
            .toList();
  }

  /** Returns the number of images. */
  public int size() {
    return samples.size();
  }

  /** Returns the clean images, {@code [N, C, H, W]}. */
  public Tensor clean() {
    return clean;
  }

  /** Returns the images that were emitted; a sample that took no part keeps what it came with. */
  public Tensor images() {
    return images;
  }

  /** Returns the true classes. */
  public int[] labels() {
    return labels.clone();
  }

  /** Returns what became of each image. */
  public List<Example> all() {
    return IntStream.range(0, size()).mapToObj(this::get).toList();
  }

  /** Returns what became of one image. */
  public Example get(int row) {
    SampleResult sample = samples.get(row);
    Verdict verdict = sample.verdict();
    return new Example(
        row,
        labels[row],
        sample.target(),
        verdict.cleanPrediction(),
        verdict.prediction(),
        verdict.attempted(),
        verdict.success(),
        verdict.success8bit(),
        Optional.of(verdict.reason()).filter(reason -> !reason.isEmpty()),
        distances.get(row),
        sample.forwardQueries(),
        sample.gradientQueries());
  }

  /** Returns the share of images whose clean version the model gets right; in [0, 1]. */
  public double cleanAccuracy() {
    return mean(row -> true, row -> cleanRight(row) ? 1 : 0);
  }

  private boolean cleanRight(int row) {
    return samples.get(row).verdict().cleanPrediction() == labels[row];
  }

  /**
   * Returns the share of images that the model gets right, both clean and as emitted here; in [0,
   * 1]. For a defense it is the accuracy of the defended model on what it received.
   */
  public double robustAccuracy() {
    boolean recovers = kind().has(Trait.RECOVERS);
    return mean(
        row -> true,
        row -> {
          boolean right = samples.get(row).prediction() == labels[row];
          boolean counts = recovers || cleanRight(row) && !samples.get(row).success();
          return right && counts ? 1 : 0;
        });
  }

  /** Returns the share of samples that took part and meet the goal; in [0, 1], NaN for none. */
  public double successRate() {
    return mean(this::attempted, row -> samples.get(row).success() ? 1 : 0);
  }

  /** Returns the mean queries, forward and gradient, of samples that took part; NaN for none. */
  public double meanQueries() {
    return mean(
        this::attempted,
        row -> samples.get(row).forwardQueries() + samples.get(row).gradientQueries());
  }

  private boolean attempted(int row) {
    return samples.get(row).attempted();
  }

  /**
   * Returns the mean distance of successful examples from their clean images; NaN for none.
   *
   * @param distance such as {@code Distances::l2}
   */
  public double meanDistance(ToDoubleFunction<Distances> distance) {
    return mean(
        row -> samples.get(row).success(), row -> distance.applyAsDouble(distances.get(row)));
  }

  private double mean(IntPredicate rows, IntToDoubleFunction value) {
    return IntStream.range(0, size()).filter(rows).mapToDouble(value).average().orElse(Double.NaN);
  }

  /** Returns what an improver or a defense received; empty for an attack. */
  public Optional<Examples> received() {
    return received;
  }

  /**
   * Returns why these figures cannot be fully trusted, such as draws in the model or an assumed
   * range; empty if nothing speaks against them.
   */
  public List<TrustFlag> trust() {
    return origin.trust();
  }

  StepKind kind() {
    return origin.kind();
  }

  String madeBy() {
    return origin.madeBy();
  }

  Setting setting() {
    return origin.setting();
  }

  /** Returns the attack at the root of the chain. */
  Examples root() {
    return received.map(Examples::root).orElse(this);
  }

  StepSettings settings() {
    return origin.settings();
  }

  /** Returns the same as metrics see it. */
  List<Outcome> outcomes() {
    return IntStream.range(0, size()).mapToObj(this::outcome).toList();
  }

  private Outcome outcome(int row) {
    float[] original = clean.row(row);
    Verdict verdict = samples.get(row).verdict();
    Optional<Outcome.Perturbation> perturbation =
        kind().has(Trait.PERTURBS)
            ? Optional.of(
                new Outcome.Perturbation(
                    root().distances.get(row),
                    received.map(before -> before.distances.get(row)).orElse(NONE),
                    distances.get(row)))
            : Optional.empty();
    return new Outcome(
        kind(),
        new Outcome.Sample(row, labels[row], samples.get(row).target(), clean.imageShape()),
        new Outcome.Images(
            original,
            root().images.row(row),
            received.map(before -> before.images.row(row)).orElse(original),
            images.row(row),
            perturbation),
        received
            .map(before -> before.samples.get(row).verdict())
            .orElseGet(
                () -> Verdict.skipped(verdict.cleanPrediction(), verdict.cleanPrediction(), "")),
        verdict);
  }
}
